import { count } from '../format';

const photos = (n: number) => `${count(n)} ${n === 1 ? 'photo' : 'photos'}`;

export const map = {
  title: 'Map',
  label: 'Map of your photos',
  keys: 'Arrow keys move the map, plus and minus zoom.',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  all: 'Show all photos',
  cell: (n: number) => `${photos(n)} here: zoom in`,
  heap: (n: number) => `${photos(n)} at this place: show them`,
  point: 'Open this photo',
  shown: (n: number) => `${photos(n)} on this part of the map`,
  none: 'No photos on this part of the map',
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
