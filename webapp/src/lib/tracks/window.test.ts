import { expect, it } from 'vitest';
import { rowsInSight } from './window';

it.each([
  [0, 400, 1000, { first: 0, end: 18 }],
  [4000, 400, 1000, { first: 92, end: 118 }],
  [39_600, 400, 1000, { first: 982, end: 1000 }],
  [0, 400, 3, { first: 0, end: 3 }],
  [0, 0, 0, { first: 0, end: 0 }],
  // The list has become shorter since it was scrolled.
  [40_000, 400, 5, { first: 5, end: 5 }],
  [-30, 400, 100, { first: 0, end: 18 }],
])('scrolled by %i with %i in sight of %i rows', (top, height, count, rows) =>
  expect(rowsInSight(top, height, 40, count)).toEqual(rows),
);
