import { expect, test } from 'vitest';
import { single } from './download';

const ALONE = { stacked: false, sidecars: false };

test('one original that nothing goes with is fetched as it is', () => {
  expect(single({ ids: ['asset_1'] }, ALONE)).toBe('/media/asset_1/original');
  expect(single({ ids: ['asset_1'] }, { ...ALONE, stacked: true })).toBeNull();
  expect(single({ ids: ['asset_1'] }, { ...ALONE, sidecars: true })).toBeNull();
  expect(single({ ids: ['asset_1', 'asset_2'] }, ALONE)).toBeNull();
  expect(single({ text: 'dog' }, ALONE)).toBeNull();
  expect(single({ albumId: 'album_1' }, ALONE)).toBeNull();
});
