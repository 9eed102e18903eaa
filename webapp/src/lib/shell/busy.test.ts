import { expect, test } from 'vitest';
import { busyWords } from './busy';

const quiet = { assets: 812, bytes: 5070, scanning: false, checked: 0, imported: 0, left: 0, offline: 0 };

test.each([
  ['nothing is known', null, null],
  ['all is quiet', quiet, null],
  ['a scan begins', { ...quiet, scanning: true }, 'Looking for photos…'],
  ['a folder is as it was', { ...quiet, scanning: true, checked: 45_000 }, 'Looking… 45,000 checked'],
  ['something is new', { ...quiet, scanning: true, checked: 45_000, imported: 3 }, 'Importing… 3 new, 45,000 checked'],
  [
    'pictures are made while a folder is looked through',
    { ...quiet, scanning: true, checked: 7, left: 2 },
    'Looking… 7 checked',
  ],
  ['pictures are made', { ...quiet, left: 40 }, 'Preparing pictures… 40 left'],
])('what is said when %s', (_, work, words) => {
  expect(busyWords(work)).toBe(words);
});
