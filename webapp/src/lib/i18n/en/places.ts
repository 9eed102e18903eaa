import { assets } from './common';

export const places = {
  title: 'Places',
  detail: 'Where your photos were taken, by country.',
  count: assets,
  countries: 'Countries',
  regions: 'Regions',
  cities: 'Cities and villages',
  all: 'All places',
  back: 'All countries',
  open: (name: string, count: string) => `${name}: ${count}`,
  search: 'Show all',
  map: 'On the map',
  onMap: (name: string) => `${name} on the map`,
  more: 'Show more',
  shown: (n: number, of: number) => `${n} of ${of} shown`,
  empty: {
    title: 'Your photos by place',
    detail: 'Photos that know where they were taken are gathered here, by country and city. A track can say it, too.',
    upload: 'Upload photos',
    track: 'Add a track on the map',
  },
  unknown: {
    title: 'No photos from there',
    detail: 'There is no such country, or none of your photos was taken in it.',
  },
  strip: 'Where you have been',
};
