import { expect, test } from 'vitest';
import { quotaBytes, quotaText } from './quota';

test.each<[string, number | null | undefined]>([
  ['', null],
  ['  ', null],
  ['0', 0],
  ['50', 50e9],
  [' 2.5 ', 2.5e9],
  ['2,5', 2.5e9],
  ['0.001', 1e6],
  ['-1', undefined],
  ['1e9', undefined],
  ['many', undefined],
])('“%s” is %s', (text, bytes) => expect(quotaBytes(text)).toBe(bytes));

test('what is shown is read back', () => {
  for (const bytes of [null, 0, 1e6, 2.5e9, 50e9]) expect(quotaBytes(quotaText(bytes))).toBe(bytes);
});
