import { expect, test } from 'vitest';
import { hrefOf, sentenceOf } from './words';

const told = {
  kind: 'ALBUM_ADDED',
  count: 3,
  detail: null,
  actor: { name: 'Ana' },
  album: { id: 'album_5', name: 'Lisbon' },
  library: null,
} as const;

test('it says who did what how often, and leads there', () => {
  expect(sentenceOf(told)).toBe('Ana added 3 photos to “Lisbon”');
  expect(sentenceOf({ ...told, count: 1 })).toBe('Ana added a photo to “Lisbon”');
  expect(hrefOf(told)).toBe('/albums/album_5');
});

test('what is not shared any more has no name', () => {
  expect(sentenceOf({ ...told, album: null, actor: null })).toBe('Somebody added 3 photos to an album');
  expect(hrefOf({ ...told, album: null })).toBe('/albums');
});
