import { expect, test } from 'vitest';
import { firstAnew, sameOrder, unseen, type PageNow, type Page } from './renew';
import type { Hit } from './search.gql';

/** Of hits that are named by a letter each; pages hold three. */
const hits = (names: string, tag = 1) => [...names].map((id) => ({ id, tag }) as Hit);
const shown = (names: string, more: boolean): Page => ({ hits: hits(names), after: names.at(-1) ?? null, more });
function firstOf(all: string, tag = 2): PageNow {
  return { hits: hits(all.slice(0, 3), tag), after: all[2] ?? null, more: all.length > 3, total: all.length };
}
const names = ({ hits }: Page) => hits.map(({ id }) => id).join('');

test.each([
  // shown, whether there was more, all that is there now, what is shown then, whether there is more, how many were new
  ['abc', false, 'abc', 'abc', false, 0],
  ['abc', false, 'xabc', 'xab', true, 1],
  ['ab', false, 'abx', 'abx', false, 1],
  ['abcdef', true, 'abcdefgh', 'abcdef', true, 0],
  ['abcdef', true, 'axbcdefgh', 'axb', true, 1],
  ['abcdef', true, 'acdefgh', 'acd', true, 0],
  ['abc', true, 'acdef', 'acd', true, 0],
  ['abcdef', false, 'abcdexf', 'abc', true, 1],
  ['abcdef', false, 'ab', 'ab', false, 0],
  ['', false, 'xyz', 'xyz', false, 3],
  ['abc', true, 'xyzuvw', 'xyz', true, 3],
])('of %j (more: %j) and now %j it shows %j', (before, more, now, after, rest, count) => {
  const list = shown(before, more);
  const made = firstAnew(list, firstOf(now));
  expect([names(made), made.more, unseen(list, firstOf(now))]).toEqual([after, rest, count]);
});

test('what hits say of themselves comes anew with the first page, also in a list that goes on', () => {
  const list = shown('abcdef', true);
  expect(sameOrder(list.hits, firstOf('abcdefgh'))).toBe(true);
  expect(firstAnew(list, firstOf('abcdefgh')).hits.map(({ tag }) => tag)).toEqual([2, 2, 2, 1, 1, 1]);
  expect(firstAnew(list, firstOf('abcdefgh')).after).toBe('f');
  expect(sameOrder(list.hits, firstOf('abxcdefgh'))).toBe(false);
});
