import { expect, test } from 'vitest';
import { t as libraries } from './libraries';
import { t as map } from './map';
import { t } from './index';

test('a number of assets is one of photos and films, wherever it stands', () => {
  const told = [0, 1, 45_678].map(t.common.assets);
  expect(told).toEqual(['0 photos and films', '1 photo or film', '45,678 photos and films']);
  expect([0, 1, 45_678].map(t.search.found)).toEqual(told);
  expect([0, 1, 45_678].map(libraries.common.assets)).toEqual(told);
  expect(map.map.shown(12)).toBe('12 photos and films on this part of the map');
  expect([map.map.cell(12), map.map.heap(12)]).toEqual([
    '12 photos and films here: zoom in',
    '12 photos and films at this place: show them',
  ]);
});
