import { expect, test } from 'vitest';
import { read, written } from './path';

test('what is written is read as it was meant', () => {
  const path = ['Places', 'Portugal', 'Lisbon'];
  expect(written(path)).toBe('Places / Portugal / Lisbon');
  expect(read(written(path))).toEqual(path);
  expect(read(' a//b c/ ')).toEqual(['a', 'b c']);
  expect(read(' / ')).toEqual([]);
});
