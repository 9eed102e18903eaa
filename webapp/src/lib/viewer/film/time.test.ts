import { describe, expect, it } from 'vitest';
import { duration } from '../../i18n/format';
import { lengthOf, loadedFrom, placeName, stepOf, within } from './time';

describe('places in a film', () => {
  it.each([
    [0, 65, '0:00'],
    [0.9, 65, '0:00'],
    [12.99, 65, '0:12'],
    [64.2, 64.8, '1:04'],
    [64.8, 64.8, '1:05'],
    [0.4, 0.6, '0:00'],
    [0.6, 0.6, '0:01'],
    [3599, 3753, '59:59'],
    [3600, 3753, '1:00:00'],
    [3753, 3753, '1:02:33'],
    [7, 0, '0:07'],
    [-1, 65, '0:00'],
  ])('%s of %s seconds is %s', (at, length, written) => {
    expect(placeName(at, length)).toBe(written);
  });

  it('calls no film one of no length', () => {
    expect([1, 499, 500, 1499, 1500, 59_600].map(duration)).toEqual(['0:01', '0:01', '0:01', '0:01', '0:02', '1:00']);
    expect(duration(0)).toBe('0:00');
  });

  it('believes the browser about the length, then the server', () => {
    expect(lengthOf(12.5, 13_000)).toBe(12.5);
    for (const unknown of [NaN, Infinity, 0]) expect(lengthOf(unknown, 13_000)).toBe(13);
    expect(lengthOf(NaN, null)).toBe(0);
  });

  it('winds less in short films, and never quite to the end', () => {
    expect([600, 100, 20, 1].map(stepOf)).toEqual([5, 5, 1, 0.1]);
    expect(within(99, 60)).toBeCloseTo(59.9);
    expect(within(99, 0.5)).toBeCloseTo(0.475);
    expect(within(-3, 60)).toBe(0);
  });

  it('knows how far it is loaded without a gap', () => {
    const parts = [
      [0, 4],
      [10, 30],
    ] as const;
    const ranges = { length: 2, start: (i: number) => parts[i]![0], end: (i: number) => parts[i]![1] };
    expect([2, 5, 9.95, 12].map((at) => loadedFrom(at, ranges))).toEqual([4, 5, 30, 30]);
  });
});
