import { expect, it } from 'vitest';
import { tracksAmong } from './trackfile';

const files = (...names: string[]) => names.map((name) => ({ name }));

it.each([
  [files('walk.gpx'), 1],
  [files('Walk.KML', 'old.gpx'), 2],
  [files('tour.kmz'), 1],
  [files('walk.gpx', 'IMG_1.jpg'), 0],
  [files('gpx'), 0],
  [files(), 0],
])('%j are %i tracks', (given, count) => expect(tracksAmong(given)).toHaveLength(count));
