import { expect, test } from 'vitest';
import { beneath, titleOf } from './title';
import { today } from './today';

test('a day is told by how long ago it was, a trip by where it went', () => {
  const day = { kind: 'DAY', from: '2024-05-17', to: '2024-05-17', place: 'Lisbon', yearsAgo: 2 } as const;
  expect(titleOf(day)).toBe('2 years ago');
  expect(titleOf({ ...day, yearsAgo: 1 })).toBe('1 year ago');
  expect(beneath(day)).toContain('Lisbon, ');
  const trip = { ...day, kind: 'TRIP', to: '2024-05-20' } as const;
  expect(titleOf(trip)).toBe('Lisbon');
  expect(beneath(trip)).not.toContain('Lisbon');
  expect(beneath(trip)).toContain('2024');
  expect(titleOf({ ...trip, place: null })).toBe('A trip');
});

test('today is that of the reader', () => {
  expect(today(new Date(2026, 0, 5, 0, 30))).toBe('2026-01-05');
});
