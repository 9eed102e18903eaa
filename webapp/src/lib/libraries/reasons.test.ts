import { expect, test } from 'vitest';
import { byReason, folderOf } from './reasons';

test('files are put together by their reason, the most common first, each in its place', () => {
  const files = ['cut a', 'slow b', 'odd c', 'slow d', 'odd e', 'slow f'];
  const reasons = byReason(files, (file) => file.split(' ')[0]!);
  expect(reasons.map(({ words, rows }) => [words, rows])).toEqual([
    ['slow', ['slow b', 'slow d', 'slow f']],
    ['odd', ['odd c', 'odd e']],
    ['cut', ['cut a']],
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
