export const partners = {
  title: 'Partner sharing',
  detail:
    'A partner sees everything in the libraries that you own, now and later, without your archive, trash and locked folder. They may download it and change nothing. It goes one way only.',
  looking: 'They see your photos',
  lookingNone: 'Nobody sees your photos as your partner.',
  add: 'Let somebody see your photos',
  addTitle: (name: string) => `Let ${name} see all your photos?`,
  addDone: 'Share everything',
  remove: 'Stop sharing',
  shown: 'You see their photos',
  shownNone: 'Nobody shares all their photos with you.',
  inTimeline: 'On my timeline and map',
  leave: 'Stop looking',
};
