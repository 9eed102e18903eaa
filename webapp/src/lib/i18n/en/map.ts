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
  notThere: 'Nothing from there has a place on the map',
  byPlace: 'Places',
  track: { add: 'Add a track' },
  places: {
    label: 'Find a city, town or village',
    placeholder: 'Go to a place',
    clear: 'Clear the place',
    found: (n: number) => `${count(n)} ${n === 1 ? 'place' : 'places'} found`,
    none: (text: string) => `No city, town or village is known whose name begins with “${text}”.`,
    again: 'Press Enter to try again.',
  },
  spread: {
    title: (n: number) => `${assets(n)} at this place`,
    one: (n: number, of: number) => `Open ${count(n)} of ${count(of)}`,
    search: 'Show in search',
  },
  metres: (n: number) => (n >= 1000 ? `${count(n / 1000)} km` : `${count(n)} m`),
  pick: {
    label: 'Map: choose a place',
    keys: 'Arrow keys move the map, plus and minus zoom, Enter puts the pin in the middle.',
    at: (latitude: number, longitude: number) => `Pin at ${latitude.toFixed(2)}, ${longitude.toFixed(2)}`,
  },
  ground: {
    webgl: 'This browser can’t draw the detailed map (WebGL is off or missing), so you see the plain one.',
    file: 'The server’s map file can’t be read, so you see the plain map. Whoever runs the server finds the reason in its log.',
    layers:
      'The server’s map file is of a kind that isn’t drawn here, so you see the plain map. Whoever runs the server needs one with the layers of the Protomaps basemap.',
    style: (host: string) =>
      `The map of ${host} can’t be loaded, so you see the plain one. If that stays so, tell whoever runs this server.`,
    holes: 'Parts of the map didn’t come. They are asked for again when you come back to them.',
    hide: 'Hide this note',
  },
  empty: {
    title: 'Your photos, where they were taken',
    detail: 'Photos that know their place appear here. Phones write it down when their camera may use the location.',
    action: 'Upload photos',
  },
};
