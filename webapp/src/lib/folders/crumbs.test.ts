import { expect, test } from 'vitest';
import { crumbs, partHref } from './crumbs';

test('the way to a part of a folder is cut at its slashes, whatever bytes it has', () => {
  expect(crumbs('')).toEqual([]);
  // 2019/lisbon
  expect(crumbs('MjAxOS9saXNib24')).toEqual([
    { name: '2019', key: 'MjAxOQ' },
    { name: 'lisbon', key: 'MjAxOS9saXNib24' },
  ]);
  // é in Latin-1, which is no UTF-8, and bytes that base64 for addresses writes otherwise.
  expect(crumbs('6f__L2E')).toEqual([
    { name: '\ufffd\ufffd\ufffd', key: '6f__' },
    { name: 'a', key: '6f__L2E' },
  ]);
  expect(crumbs('!')).toEqual([]);
});

test('a folder itself needs no key', () => {
  expect(partHref('folder_1', '')).toBe('/folders/folder_1');
  expect(partHref('folder_1', 'YQ')).toBe('/folders/folder_1?in=YQ');
});
