import { expect, test } from 'vitest';
import { byReason, folderOf } from './reasons';

/** Files named by a letter each, with what is the matter after it. */
const reasonOf = (file: string) => file.slice(2);
const told = (files: string[]) =>
  byReason(files, reasonOf).map(({ words, files }) => [
    words,
    ...files.map(({ row, detail }) => row[0] + (detail === null ? '' : ` ${detail}`)),
  ]);

test('files are put together by their reason, the most common first, each in its place', () => {
  expect(told(['a cut', 'b slow', 'c odd', 'd slow', 'e odd', 'f slow'])).toEqual([
    ['slow', 'b', 'd', 'f'],
    ['odd', 'c', 'e'],
    ['cut', 'a'],
  ]);
});

test('the kind stands before the colon; what differs stands by the file', () => {
  expect(told(['a damaged: it ends too early', 'b film', 'c damaged: 3 bytes: too few', 'd damaged'])).toEqual([
    ['damaged', 'a it ends too early', 'c 3 bytes: too few', 'd'],
    ['film', 'b'],
  ]);
});

test('what is the same for all of a kind is said once', () => {
  expect(told(['a damaged: cut', 'b damaged: cut', 'c large: 9 MB'])).toEqual([
    ['damaged: cut', 'a', 'b'],
    ['large: 9 MB', 'c'],
  ]);
});

test('reasons that are equally common stay in the order of their first files', () => {
  expect(byReason(['b', 'a', 'c'], (file) => file).map(({ words }) => words)).toEqual(['b', 'a', 'c']);
  expect(byReason([], String)).toEqual([]);
});

test.each([
  ['/photos/2019/Rome/a.jpg', '/photos/2019/Rome'],
  ['/a.jpg', '/'],
  ['a.jpg', null],
  ['', null],
  [null, null],
])('the folder of %j is %j', (path, folder) => {
  expect(folderOf(path)).toBe(folder);
});
