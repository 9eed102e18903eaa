import { expect, test } from 'vitest';
import { columnsOf } from './testing/made-up';
import { DayTiles, fromPlanes, Splitter } from './tiles';
import type { StretchPage } from './timeline.gql';

const days = [
  { number: 30, ratios: [128, 147] },
  { number: 20, ratios: [109] },
  { number: 10, ratios: [1, 2, 3, 4, 5] },
  { number: 5, ratios: [200] },
];
const columns = columnsOf(days);
const all = days.flatMap((day) => day.ratios);

function page(from: number, to: number, next: string | null = null, ratios = all): StretchPage {
  const range = Array.from({ length: to - from }, (_, i) => from + i);
  return {
    ids: range.map((i) => `asset_${i}`),
    ratios: Buffer.from(ratios.slice(from, to)).toString('base64'),
    tags: range,
    flags: range.map(() => 0),
    thumbhashes: '',
    next,
  };
}

test('pages are cut into days, and a day grows over pages', () => {
  const splitter = new Splitter(columns, 1, 2);
  const first = page(2, 5, 'more');
  const second = page(5, 8);
  expect(splitter.fits(first)).toBe(true);
  const begun = splitter.split(first);
  expect([...begun].map(([day, tiles]) => [day, tiles.ids])).toEqual([
    [20, ['asset_2']],
    [10, ['asset_3', 'asset_4']],
  ]);
  expect(splitter.fits(second)).toBe(true);
  expect(splitter.split(second).get(10)?.ids).toEqual([3, 4, 5, 6, 7].map((i) => `asset_${i}`));
});

test('pages that are not what the columns say are refused', () => {
  expect(new Splitter(columns, 0, 1).fits(page(0, 3))).toBe(true);
  expect(new Splitter(columns, 0, 1).fits(page(0, 2))).toBe(false);
  expect(new Splitter(columns, 0, 1).fits(page(0, 4))).toBe(false);
  expect(new Splitter(columns, 0, 1).fits(page(0, 3, null, [128, 128, 109]))).toBe(false);
});

test('a picture keeps its place on screen when others come before it', () => {
  const tiles = (...ids: string[]) => {
    const none = ids.map(() => 0);
    return new DayTiles(ids, none, none, ids.map(String));
  };
  const first = tiles('a', 'b', 'c');
  const second = tiles('x', 'a', 'b', 'y', 'c').succeed(first);
  const third = tiles('b', 'x', 'z').succeed(second);
  const keys = (day: DayTiles) => Object.fromEntries(day.ids.map((id, i) => [id, day.keyOf(i)]));
  expect(keys(first)).toEqual({ a: 0, b: 1, c: 2 });
  expect(keys(second)).toMatchObject({ a: 0, b: 1, c: 2 });
  expect(keys(third).b).toBe(1);
  expect(keys(third).x).toBe(keys(second).x);
  for (const day of [second, third]) expect(new Set(Object.values(keys(day))).size).toBe(day.count);
});

test('thumbhashes lie in planes: the first byte of each, then the second of each', () => {
  const planes = Buffer.from([0x11, 0, 0x31, 0x12, 0, 0x32, 0x13, 0, 0]).toString('base64');
  expect(fromPlanes(planes, 3)).toEqual(['111213', '', '313200']);
  expect(fromPlanes('', 2)).toEqual(['', '']);
});
