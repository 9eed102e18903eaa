import { expect, it } from 'vitest';
import { NONE } from '$lib/ui/list-place';
import { enough, moved, taken } from './combobox';

it.each([
  [NONE, 'ArrowDown', 3, 0],
  [0, 'ArrowDown', 3, 1],
  [2, 'ArrowDown', 3, NONE],
  [NONE, 'ArrowUp', 3, 2],
  [0, 'ArrowUp', 3, NONE],
  [NONE, 'ArrowDown', 0, NONE],
  [NONE, 'ArrowUp', 0, NONE],
  [1, 'Home', 3, null],
  [1, 'a', 3, null],
])('from %i, %s among %i leads to %s', (active, key, count, to) => expect(moved(active, key, count)).toBe(to));

it('takes the marked one, or the first, or none', () => {
  expect(taken(['a', 'b'], 1)).toBe('b');
  expect(taken(['a', 'b'], NONE)).toBe('a');
  expect(taken([], NONE)).toBeNull();
});

it.each([
  ['', false],
  ['  ', false],
  ['p', false],
  ['é', false],
  ['po', true],
  ['京', true],
  ['Й', true],
])('whether %j is enough is %s', (text, is) => expect(enough(text)).toBe(is));
