import { expect, test } from 'vitest';
import { FAVOURITE, Selection } from './selection.svelte';

test('photos are chosen and let go, and known to be favourites only where all are', () => {
  const selection = new Selection();
  expect(selection.favourite).toBe(false);
  selection.toggle({ id: 'a', flags: FAVOURITE }, 3);
  expect([selection.ids, selection.favourite, selection.anchor]).toEqual([['a'], true, 3]);
  selection.add([
    { id: 'b', flags: 1 },
    { id: 'a', flags: FAVOURITE },
  ]);
  expect([selection.size, selection.favourite]).toEqual([2, false]);
  selection.toggle({ id: 'b', flags: 1 });
  expect([selection.has('b'), selection.has('a'), selection.has(null)]).toEqual([false, true, false]);
  selection.clear();
  expect([selection.size, selection.anchor]).toEqual([0, null]);
});
