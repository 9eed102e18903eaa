import { expect, test } from 'vitest';
import { edgesOf } from './scroll-edges';

test.each([
  ['holds less than fits', 0, 320, 320, false, false],
  ['is at its beginning', 0, 320, 900, false, true],
  ['is in the middle', 200, 320, 900, true, true],
  ['is at its end', 580, 320, 900, true, false],
  ['is a fraction before its end', 579.4, 320, 900, true, false],
])('a box that %s', (_, scrollTop, clientHeight, scrollHeight, above, below) => {
  expect(edgesOf({ scrollTop, clientHeight, scrollHeight })).toEqual({ above, below });
});
