import { expect, test } from 'vitest';
import { problemWords } from './problem';

test.each([
  ['not readable yet: JPEG XL', 'JPEG XL'],
  ['not readable yet: a rare kind of TIFF', 'A rare kind of TIFF'],
  ['the file is damaged: it ends too early', 'The file is damaged: it ends too early'],
])('“%s” beneath “can’t be shown” is “%s”', (problem, words) => {
  expect(problemWords(problem)).toBe(words);
});
