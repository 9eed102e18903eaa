import { expect, test } from 'vitest';
import { chunks } from './deeds';
import { deedFor } from './keys';

const plain = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };

test.each([
  [{ key: 'f' }, {}, 'favourite'],
  [{ key: 'f' }, { favourite: true }, 'unfavourite'],
  [{ key: 'f', ctrlKey: true }, {}, null],
  [{ key: 'A', shiftKey: true }, {}, 'archive'],
  [{ key: 'A', shiftKey: true }, { archived: true }, 'unarchive'],
  [{ key: 'a' }, {}, null],
  [{ key: 'Delete' }, {}, 'trash'],
  [{ key: 'Delete', shiftKey: true }, {}, null],
  [{ key: 'x' }, {}, null],
])('%j of %j is %s', (key, standing, deed) => {
  expect(deedFor({ ...plain, ...key }, { favourite: false, archived: false, ...standing })).toBe(deed);
});

test('many photos go in requests of at most 500', () => {
  const ids = Array.from({ length: 1001 }, (_, n) => `asset_${n}`);
  expect(chunks(ids).map((part) => part.length)).toEqual([500, 500, 1]);
  expect(chunks(ids).flat()).toEqual(ids);
  expect(chunks([])).toEqual([]);
});
