import { expect, test } from 'vitest';
import { placeName, samplesOf } from './details.svelte';
import type { Details } from './timeline.gql';

const at = (city: string | null, country: string | null = 'Italy') =>
  ({ place: { city, region: null, country } }) as Details;
const nowhere = { place: null } as Details;
const unknown = [null, undefined];

test.each([
  [[at('Voghera')], 'Voghera, Italy'],
  [[at('Voghera'), nowhere], 'Voghera, Italy'],
  [[at('Voghera'), nowhere, nowhere], null],
  [[at('Voghera'), at('Pavia'), nowhere, nowhere], 'Voghera, Pavia'],
  [[at('Voghera'), at('Pavia'), nowhere, nowhere, nowhere], null],
  // What hasn't come yet says nothing either way.
  [[at('Voghera'), ...unknown], 'Voghera, Italy'],
  [[at(null)], 'Italy'],
  [[nowhere, ...unknown], null],
  [unknown, null],
])('a day is named after a place that at least half of it knows (%#)', (details, name) => {
  expect(placeName(details)).toBe(name);
});

test('a day is judged by a few of its assets, from its beginning to its end', () => {
  const ids = (n: number) => Array.from({ length: n }, (_, i) => String(i));
  expect([0, 1, 2, 5, 1201].map((n) => samplesOf(ids(n)))).toEqual([
    [],
    ['0'],
    ['0', '1'],
    ['0', '1', '2', '3', '4'],
    ['0', '300', '600', '900', '1200'],
  ]);
});
