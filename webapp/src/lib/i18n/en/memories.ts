import { count } from '../format';

/** Words of memories. */
export const memories = {
  title: 'Memories',
  now: 'Today',
  kept: 'Saved',
  yearsAgo: (n: number) => (n === 0 ? 'This year' : `${count(n)} ${n === 1 ? 'year' : 'years'} ago`),
  trip: 'A trip',
  save: 'Save this memory',
  unsave: 'Saved',
  saved: 'The memory is saved',
  unsaved: 'The memory is saved no longer',
  hide: 'Don’t show again',
  hidden: 'This memory isn’t shown again',
  undo: 'Undo',
  none: {
    title: 'Nothing is remembered today',
    detail: 'What you took on this day in earlier years, and your trips, come round again here.',
  },
  gone: { title: 'There is nothing of then', detail: 'The photos of these days may have been moved or deleted.' },
};
