import { expect, test } from 'vitest';
import { bytes } from './format';

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [12, '12 bytes'],
  [999, '999 bytes'],
  [1000, '1 kB'],
  [3_400_000, '3.4 MB'],
  [123_400_000_000, '123 GB'],
])('%i is %s', (n, words) => expect(bytes(n)).toBe(words));
