import { describe, expect, test } from 'vitest';
import { ScrollMap } from './scroll-map';

test('what fits is not mapped', () => {
  const map = new ScrollMap(5000, 10_000);
  expect([map.height, map.place(3000), map.whole(3000), map.nearEnd(0), map.nearEnd(5000)]).toEqual([
    5000,
    3000,
    3000,
    false,
    false,
  ]);
});

describe('beyond the limit', () => {
  const total = 44_000_000;
  const limit = 4_000_000;

  test('every place can be reached, and stands where it says', () => {
    const map = new ScrollMap(total, limit);
    for (let whole = 0; whole <= total; whole += 999_983) {
      const scrollTop = map.place(whole);
      expect(map.whole(scrollTop)).toBe(whole);
      expect(scrollTop).toBeGreaterThanOrEqual(0);
      expect(scrollTop).toBeLessThanOrEqual(limit);
      expect(map.nearEnd(scrollTop)).toBe(false);
    }
  });

  test('scrolling on and on passes over everything once, from one end to the other', () => {
    const map = new ScrollMap(total, limit);
    const view = 900;
    let scrollTop = map.place(0);
    let whole = 0;
    let moves = 0;
    let farthest = 0;
    while (scrollTop + view < map.height) {
      scrollTop = Math.min(scrollTop + 731, map.height - view);
      if (map.nearEnd(scrollTop)) {
        scrollTop = map.place(map.whole(scrollTop));
        moves++;
      }
      farthest = Math.max(farthest, map.whole(scrollTop) - whole);
      whole = map.whole(scrollTop);
    }
    expect(farthest).toBeLessThanOrEqual(731);
    expect(whole + view).toBe(total);
    expect(moves).toBeLessThan(30);
  });
});
