import { count as number } from '../format';

interface Said {
  who: string;
  /** Of what, where one still sees it. */
  what: string | null;
  count: number;
  detail: string | null;
}

const album = (what: string | null) => (what === null ? 'an album' : `“${what}”`);

export const notifications = {
  title: 'Notifications',
  none: {
    title: 'Nothing yet',
    detail: 'When somebody shares photos with you, or says something about yours, it stands here.',
  },
  readAll: 'Mark all as read',
  more: 'Show more',
  unread: 'Not read yet',
  choose: 'Choose what you are told',
  somebody: 'Somebody',
  said: {
    ALBUM_SHARED: ({ who, what }: Said) =>
      `${who} shared ${what === null ? 'an album' : `the album “${what}”`} with you`,
    ALBUM_ADDED: ({ who, what, count }: Said) =>
      `${who} added ${count === 1 ? 'a photo' : `${number(count)} photos`} to ${album(what)}`,
    ALBUM_COMMENTED: ({ who, what, count }: Said) =>
      count === 1 ? `${who} commented in ${album(what)}` : `${who} wrote ${number(count)} comments in ${album(what)}`,
    ALBUM_LIKED: ({ who, what }: Said) => `${who} likes something in ${album(what)}`,
    LINK_COLLECTED: ({ what, count }: Said) =>
      `${count === 1 ? 'A photo' : `${number(count)} photos`} came ${what === null ? 'in' : `into “${what}”`} by your link`,
    LIBRARY_SHARED: ({ who, what }: Said) =>
      `${who} let you into ${what === null ? 'a library' : `the library “${what}”`}`,
    PARTNER_ADDED: ({ who }: Said) => `${who} lets you see all their photos`,
    INVITATION_ACCEPTED: ({ who }: Said) => `${who} accepted your invitation`,
    SIGNED_IN: ({ detail }: Said) =>
      detail ? `Your account was signed in to: ${detail}` : 'Your account was signed in to',
    QUOTA_NEARLY_FULL: () => 'Your storage is nearly full',
    JOBS_FAILED: ({ count }: Said) =>
      count === 1 ? 'A file could not be taken in' : `${number(count)} files could not be taken in`,
  },
  settings: {
    title: 'Notifications',
    detail: 'What you are told of, and by what. E-mail waits a little, so that many photos are one letter.',
    app: 'In the app',
    mail: 'E-mail',
    push: 'Push',
    noMail: 'This server sends no e-mail.',
    here: {
      label: 'Push to this browser, also while Tessera is closed',
      denied: 'This browser does not allow it. You can change that in its settings for this page.',
      none: 'This browser can’t be told while Tessera is closed. It needs an address with https.',
    },
    by: (kind: string, channel: string) => `${kind}: ${channel}`,
    kinds: {
      ALBUM_SHARED: 'An album is shared with you',
      ALBUM_ADDED: 'Photos are added to your albums',
      ALBUM_COMMENTED: 'Comments in your albums',
      ALBUM_LIKED: 'Likes in your albums',
      LINK_COLLECTED: 'Photos come in by your public links',
      LIBRARY_SHARED: 'You are let into a library',
      PARTNER_ADDED: 'Somebody shares all their photos with you',
      INVITATION_ACCEPTED: 'Somebody accepts your invitation',
      SIGNED_IN: 'A new client signs in to your account',
      QUOTA_NEARLY_FULL: 'Your storage is nearly full',
      JOBS_FAILED: 'Files could not be taken in',
    },
  },
};
