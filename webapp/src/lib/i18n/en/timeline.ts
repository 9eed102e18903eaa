import { count } from '../format';

export const timeline = {
  pick: {
    hint: 'Pick (X; hold Shift to pick all from the last one on)',
    one: (words: string) => `Pick: ${words}`,
    day: (title: string) => `Pick all of ${title}`,
    bar: 'What is picked',
    count: (n: number) => `${count(n)} picked`,
    clear: 'Let go of all',
    add: 'Add to album',
  },
  label: 'Photos by day',
  scrubber: 'Scroll by date',
  tile: {
    photo: (date: string) => `Photo, ${date}`,
    film: (date: string) => `Film, ${date}`,
    unreadable: 'Can’t be shown',
    unknown: 'Unknown format',
    pending: 'Being prepared',
    offline: 'Offline: its folder isn’t connected',
    live: 'With a film of the moment',
    stack: 'Several files of one moment',
    loading: 'Loading',
  },
  empty: {
    title: 'A place for your photos',
    detail: 'Add some from this device, or let Tessera watch a folder on the server.',
    action: 'Upload photos',
    folders: 'See the folders',
    importing: 'Your photos are on their way',
    importingDetail: 'They appear here as they are found. You can leave this page; the work goes on.',
  },
  none: { title: 'Nothing found', detail: 'Try fewer or other words.' },
  failed: 'These photos couldn’t be loaded',
};
