import { expect, it } from 'vitest';
import { rimOf, spreadOut, within } from './spread';

it.each(Array.from({ length: 42 }, (_, n) => n + 1))('%i circles lie apart from each other', (count) => {
  const places = spreadOut(count, 60);
  expect(places).toHaveLength(count);
  for (const [i, a] of places.entries())
    for (const b of places.slice(i + 1))
      expect(Math.hypot(a.left - b.left, a.top - b.top)).toBeGreaterThanOrEqual(60 - 1e-6);
});

it('spreads a few on a circle, from the top on', () => {
  expect(spreadOut(1, 60)).toEqual([{ left: expect.closeTo(0), top: expect.closeTo(0) }]);
  const [top, right, bottom, left] = spreadOut(4, 60);
  expect(top).toEqual({ left: expect.closeTo(0), top: expect.closeTo(-45) });
  expect(right).toEqual({ left: expect.closeTo(45), top: expect.closeTo(0) });
  expect(bottom?.top).toBeCloseTo(45);
  expect(left?.left).toBeCloseTo(-45);
});

it('many need three rings and no more', () => {
  expect(rimOf(spreadOut(12, 60), 60)).toBeLessThan(150);
  expect(rimOf(spreadOut(22, 60), 60)).toBeLessThan(170);
  expect(rimOf(spreadOut(42, 60), 60)).toBeLessThan(230);
});

it('stays on screen where it fits', () => {
  const screen = { width: 800, height: 300 };
  expect(within({ left: 20, top: 150 }, 100, screen)).toEqual({ left: 100, top: 150 });
  expect(within({ left: 790, top: 290 }, 100, screen)).toEqual({ left: 700, top: 200 });
  expect(within({ left: 400, top: 20 }, 200, screen)).toEqual({ left: 400, top: 150 });
});
