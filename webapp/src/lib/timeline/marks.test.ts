import { expect, test } from 'vitest';
import { dayNumber } from '$lib/i18n';
import { layout, type Metrics } from './layout';
import { columnsOf } from './testing/made-up';
import { markAt, markForKey, months, scale } from './marks';

const metrics: Metrics = { width: 1000, rowHeight: 200, gap: 4, header: 50, below: 10, beside: 20, narrowest: 150 };
const dates = ['2025-05-17', '2025-05-02', '2025-04-30', '2024-12-31', '2024-12-01', '1969-12-31', '1920-02-29'];
const columns = columnsOf(dates.map((date) => ({ number: dayNumber(date), ratios: Array(12).fill(147) })));
const made = layout(columns, metrics);
const marks = months(made, columns);

test('each month is marked once, where its newest day lies', () => {
  expect(marks.map(({ year, month }) => `${year}-${month + 1}`)).toEqual([
    '2025-5',
    '2025-4',
    '2024-12',
    '1969-12',
    '1920-2',
  ]);
  expect(marks.map(({ top }) => top)).toEqual([0, 2, 3, 5, 6].map((day) => made.dayTop[day]));
});

test('a height belongs to the month above it', () => {
  expect(markAt(marks, 0)).toBe(0);
  expect(markAt(marks, marks[1]!.top - 1)).toBe(0);
  expect(markAt(marks, marks[1]!.top)).toBe(1);
  expect(markAt(marks, 1e9)).toBe(4);
});

test('numbers of years and dots of months never touch', () => {
  const { years, dots } = scale(marks, (top) => (top / made.height) * 120);
  const all = [...years, ...dots].map(({ y }) => y).sort((a, b) => a - b);
  expect(years.map(({ mark }) => mark.year)).toContain(2025);
  for (let i = 1; i < all.length; i++) expect(all[i]! - all[i - 1]!).toBeGreaterThanOrEqual(8);
});

test.each([
  ['ArrowDown', 1, 2],
  ['ArrowUp', 1, 0],
  ['ArrowUp', 0, 0],
  ['PageDown', 0, 2],
  ['PageDown', 4, 4],
  ['PageUp', 2, 0],
  ['Home', 3, 0],
  ['End', 0, 4],
])('%s from mark %i leads to mark %i', (key, from, to) => {
  expect(markForKey(key, marks, marks[from]!.top)).toBe(marks[to]);
});
