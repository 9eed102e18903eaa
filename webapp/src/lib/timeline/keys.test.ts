import { expect, test } from 'vitest';
import { assetForKey } from './keys';
import { layout, type Metrics } from './layout';
import { columnsOf } from './testing/made-up';

const metrics: Metrics = { width: 1000, rowHeight: 200, gap: 4, header: 50, below: 10, beside: 20, narrowest: 150 };
// A day of ten squares in two rows, then two days side by side, then one more below.
const squares = (count: number) => Array.from({ length: count }, () => 128);
const columns = columnsOf([
  { number: 9, ratios: squares(10) },
  { number: 8, ratios: squares(2) },
  { number: 7, ratios: squares(2) },
  { number: 6, ratios: squares(4) },
]);
const made = layout(columns, metrics);
const to = (key: string, from: number) => assetForKey(key, from, made, columns, 600);

test('the layout is what the cases below assume', () => {
  expect([...made.rowStart.slice(0, made.rows)]).toEqual([0, 5, 10, 12, 14]);
  expect(made.rowTop[2]).toBe(made.rowTop[3]);
});

test.each([
  ['ArrowRight', 4, 5],
  ['ArrowRight', 17, 17],
  ['ArrowLeft', 0, 0],
  ['ArrowDown', 1, 6],
  ['ArrowDown', 5, 10],
  ['ArrowDown', 9, 13],
  ['ArrowUp', 13, 9],
  ['ArrowDown', 12, 16],
  ['ArrowUp', 2, 2],
  ['Home', 12, 0],
  ['End', 2, 17],
  ['PageUp', 6, 1],
  ['PageDown', 0, 10],
])('%s from %i leads to %i', (key, from, expected) => {
  expect(to(key, from)).toBe(expected);
});

test('other keys mean nothing', () => expect(to('a', 3)).toBeNull());
