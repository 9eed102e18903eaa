import { count } from '../format';

export const timeline = {
  label: 'Photos by day',
  scrubber: 'Scroll by date',
  day: (date: string, place: string | null, n: number) =>
    `${date}${place ? `, ${place}` : ''}, ${count(n)} ${n === 1 ? 'item' : 'items'}`,
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
