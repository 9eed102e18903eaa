import { expect, test } from 'vitest';
import { blocksOf, daysOfRows, reuse } from './blocks';
import { layout, type Metrics } from './layout';
import { columnsOf, madeUpDays, seeded } from './testing/made-up';

const metrics: Metrics = { width: 1160, rowHeight: 220, gap: 4, header: 48, below: 16, beside: 24, narrowest: 148 };
const columns = columnsOf(madeUpDays(3000, seeded(2)));
const made = layout(columns, metrics);

test('the drawn rows, each once and in order, with the one to keep', () => {
  for (const [first, last, keep] of [
    [0, 5, null],
    [20, 60, 3],
    [20, 60, 40],
    [20, 60, made.rows - 1],
    [made.rows - 3, made.rows, 0],
  ] as const) {
    const rows = blocksOf(made, columns, first, last, keep).flatMap((block) => block.rows);
    const wanted = Array.from({ length: last - first }, (_, i) => first + i);
    if (keep !== null && !wanted.includes(keep)) wanted.push(keep);
    expect(rows).toEqual(wanted.sort((a, b) => a - b));
  }
  expect(blocksOf(made, columns, 5, 5, null)).toEqual([]);
});

test('blocks that are as they were are the same objects', () => {
  const reused = reuse();
  const old = reused(blocksOf(made, columns, 10, 60, null));
  const next = reused(blocksOf(made, columns, 11, 61, null));
  expect(next.filter((block) => old.includes(block)).length).toBeGreaterThanOrEqual(old.length - 2);
  expect(next[0]).not.toBe(old[0]);
});

test('a day higher than browsers can draw is drawn in part', () => {
  const one = columnsOf([{ number: 7, ratios: Array(200_000).fill(147) }]);
  const tall = layout(one, metrics);
  const middle = Math.floor(tall.rows / 2);
  const [block] = blocksOf(tall, one, middle, middle + 20, null);
  expect(block!.bottom - block!.top).toBeLessThan(500_000);
  expect(block!.top).toBeLessThan(tall.rowTop[middle]! - 10_000);
  expect(block!.bottom).toBeGreaterThan(tall.rowTop[middle + 20]! + 10_000);
  const scrolled = blocksOf(tall, one, middle + 1, middle + 21, null)[0]!;
  expect([scrolled.top, scrolled.bottom]).toEqual([block!.top, block!.bottom]);
});

test('days of rows', () => {
  const [first, last] = daysOfRows(made, 10, 30);
  expect(made.dayRow[first]! <= 10 && made.dayRow[first + 1]! > 10).toBe(true);
  expect(made.dayRow[last]! <= 29 && made.dayRow[last + 1]! > 29).toBe(true);
});
