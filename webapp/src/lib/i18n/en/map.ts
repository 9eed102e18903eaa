import { count } from '../format';
import { assets } from './common';

export const map = {
  title: 'Map',
  label: 'Map of your photos',
  keys: 'Arrow keys move the map, plus and minus zoom.',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  all: 'Show all photos',
  cell: (n: number) => `${assets(n)} here: zoom in`,
  heap: (n: number) => `${assets(n)} at this place: show them`,
  point: 'Open this photo',
  shown: (n: number) => `${assets(n)} on this part of the map`,
  none: 'No photos or films on this part of the map',
  metres: (n: number) => (n >= 1000 ? `${count(n / 1000)} km` : `${count(n)} m`),
  pick: {
    label: 'Map: choose a place',
    keys: 'Arrow keys move the map, plus and minus zoom, Enter puts the pin in the middle.',
    at: (latitude: number, longitude: number) => `Pin at ${latitude.toFixed(2)}, ${longitude.toFixed(2)}`,
  },
  empty: {
    title: 'Your photos, where they were taken',
    detail: 'Photos that know their place appear here. Phones write it down when their camera may use the location.',
    action: 'Upload photos',
  },
};
