import { expect, test } from 'vitest';
import { byDaysLeft, daysLeft } from './days-left';

const NOW = Date.parse('2026-12-01T12:00:00Z');

test('days are whole ones, and none is less than today', () => {
  expect(daysLeft(null, NOW)).toBeNull();
  expect(daysLeft('2026-12-31T11:59:00Z', NOW)).toBe(29);
  expect(daysLeft('2026-12-31T12:00:00Z', NOW)).toBe(30);
  expect(daysLeft('2026-11-30T12:00:00Z', NOW)).toBe(0);
});

test('what goes on the same day stands together', () => {
  const all = ['2026-12-31T12:00:00Z', '2026-12-31T12:30:00Z', '2026-12-02T12:00:00Z', null].map((trashedUntil) => ({
    trashedUntil,
  }));
  expect(byDaysLeft(all, NOW).map(({ left, items }) => [left, items.length])).toEqual([
    [30, 2],
    [1, 1],
    [null, 1],
  ]);
});
