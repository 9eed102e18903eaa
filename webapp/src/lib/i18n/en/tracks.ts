import { count } from '../format';
import { assets } from './common';

/** 45 s, 5 min, 2 h */
function brief(seconds: number): string {
  if (seconds < 60) return `${seconds}\u00a0s`;
  if (seconds < 3600) return `${count(Math.round(seconds / 60))}\u00a0min`;
  return `${count(Math.round(seconds / 3600))}\u00a0h`;
}

/** Words of tracks that say where photos were taken. */
export const tracks = {
  title: 'Places from a track',
  busy: 'Comparing the track with your photos',
  points: (n: number) => `${count(n)} ${n === 1 ? 'point' : 'points'}`,
  found: (n: number) => (n === 0 ? 'No photos were taken along this track' : `${assets(n)} would get a place`),
  unchanged: 'Nothing was changed.',
  tooLarge: 'A track has at most 20 MiB: add it in parts',
  list: 'Photos that would get a place',
  chosen: (n: number, of: number) => `${count(n)} of ${assets(of)} ${n === 1 ? 'gets' : 'get'} a place`,
  save: (n: number) => `Save ${count(n)} ${n === 1 ? 'place' : 'places'}`,
  saving: (n: string, of: string) => `Saving… ${n} of ${of}`,
  savingLabel: 'Saving places',
  saved: (n: number) => `${assets(n)} placed along the track`,
  rest: (n: number, more: number) =>
    `The first ${count(n)} are listed. Save these, then add the track again for ${count(more)} more.`,
  keptSince: (n: number) => `${assets(n)} ${n === 1 ? 'was' : 'were'} changed again since.`,
  none: {
    title: 'No photos were taken along this track',
    detail:
      'Look at the options: the camera’s clock may have been wrong, the next point may be further away in time, or the photos have a place already.',
  },
  row: {
    taken: (day: string, time: string) => `${day}, ${time}`,
    place: (latitude: number, longitude: number) => `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`,
    away: (seconds: number) => (seconds === 0 ? 'at a point of the track' : `${brief(seconds)} from a point`),
  },
  options: {
    title: 'Options',
    clock: {
      label: 'The camera’s clock',
      right: 'Was right',
      slow: 'Was slow by',
      fast: 'Was fast by',
      by: 'Hours and minutes',
      hint: '1:00, 0:03:20 or 2d 0:30',
      unread: 'Such as 1:00 or 2d 0:30',
    },
    gap: 'The next point of the track may be away',
    within: (seconds: number) => `Up to ${brief(seconds)}`,
    only: 'Only those without a place',
    search: 'Only what a search finds',
  },
};
