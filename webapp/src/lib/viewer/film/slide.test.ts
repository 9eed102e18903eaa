import { describe, expect, it } from 'vitest';
import { placeOf, valueForKey } from './slide';

describe('a slider', () => {
  const scale = { max: 60, step: 3, page: 6 };

  it.each([
    ['ArrowRight', 33],
    ['ArrowUp', 33],
    ['ArrowLeft', 27],
    ['ArrowDown', 27],
    ['PageUp', 36],
    ['PageDown', 24],
    ['Home', 0],
    ['End', 60],
    ['k', null],
    [' ', null],
  ])('%s leads from 30 to %s', (key, to) => {
    expect(valueForKey(key, 30, scale)).toBe(to);
  });

  it('ends at its ends', () => {
    expect(valueForKey('ArrowLeft', 1, scale)).toBe(0);
    expect(valueForKey('PageUp', 59, scale)).toBe(60);
    const line = { left: 100, width: 200 };
    expect([50, 100, 250, 300, 900].map((x) => placeOf(x, line, 60))).toEqual([0, 0, 45, 60, 60]);
    expect(placeOf(50, { left: 0, width: 0 }, 60)).toBe(0);
  });
});
