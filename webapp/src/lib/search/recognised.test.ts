import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { freeWordsOf, recognised } from './recognised';
import { Recognising } from './recognising.svelte';
import type { Suggestion } from './suggest.gql';

type Key = 'city' | 'region' | 'country' | 'taken' | 'tag' | 'camera' | 'lens';

/** What the server has for a stretch of the text: what is called so, as key and value. */
function entity(text: string, written: string, key: Key, label: string, finding = `${key}:="${label}"`): Suggestion {
  const start = text.indexOf(written);
  const span = { start, end: start + written.length };
  return { kind: 'ENTITY', key, label, help: null, example: null, count: 3, replacement: finding, ...span };
}

test.each([
  // search, what it demands, and what of that ends in a free word
  ['lisbon 2025', 'lisbon 2025', ['lisbon', 'lisbon 2025']],
  ['lisbon and type:video tram', 'lisbon type:video tram', ['lisbon', 'lisbon type:video tram']],
  ['"new york" -dog not cat', '"new york" -dog not cat', ['"new york"']],
  ['lisb* (a or b) 2-of:(x, y)', 'lisb* (a or b) 2-of:(x, y)', []],
  ['lisbon or porto', '', []],
  ['country:pt', 'country:pt', []],
])('free words of %j', (search, demanded, expected) => {
  const { text, ends } = freeWordsOf(search);
  expect([text, ends.map((end) => text.slice(0, end))]).toEqual([demanded, expected]);
});

describe('what words may mean', () => {
  const found = (text: string, ...list: Suggestion[]) =>
    recognised(text, list).map(({ word, key, search }) => [word, key, search]);

  it('is what is called exactly so, whatever its case and accents', () => {
    const text = 'sao paulo 2023';
    const year = entity(text, '2023', 'taken', '2023', 'taken:2023');
    const saint = entity(text, 'sao paulo', 'city', 'São Paulo');
    expect(found(text, entity(text, 'sao', 'city', 'São João'), saint, year)).toEqual([
      ['São Paulo', 'city', 'city:="São Paulo" 2023'],
      ['2023', 'taken', 'sao paulo taken:2023'],
    ]);
    expect(found('por', entity('por', 'por', 'city', 'Porto'))).toEqual([]);
    const value = { ...entity('porto', 'porto', 'city', 'Porto'), kind: 'VALUE' as const };
    expect(found('porto', value)).toEqual([]);
  });

  it('is the longest name, not one within it; one for each key, and no more than a few', () => {
    const text = '"new york" york';
    const list = [entity(text, '"new york"', 'city', 'New York'), entity(text, 'york', 'city', 'York')];
    expect(found(text, ...list)).toEqual([['New York', 'city', 'city:="New York" york']]);
    const berlin = (['city', 'region', 'city'] as const).map((key) => entity('berlin', 'berlin', key, 'Berlin'));
    expect(found('berlin', ...berlin).map(([, key]) => key)).toEqual(['city', 'region']);
    const letters = [...'abcdef'];
    const many = letters.map((letter) => entity('a b c d e f', letter, 'tag', letter));
    expect(found('a b c d e f', ...many)).toHaveLength(4);
  });

  it('is no more than the search says already', () => {
    const text = 'lisbon city:="Lisbon"';
    expect(found(text, entity(text, 'lisbon', 'city', 'Lisbon'))).toEqual([]);
  });

  it('may be the maker or the name of a camera', () => {
    const camera = (typed: string, label: string) => found(typed, entity(typed, typed, 'camera', label));
    expect(camera('huawei', 'HUAWEI VOG-L29')).toEqual([['HUAWEI', 'camera', 'camera:huawei']]);
    expect(camera('fuji', 'FUJIFILM X-T3')).toEqual([['FUJIFILM', 'camera', 'camera:fujifilm']]);
    expect(camera('powershot', 'Canon PowerShot S40')).toEqual([['PowerShot', 'camera', 'camera:powershot']]);
    expect(camera('x-t3', 'FUJIFILM X-T3')).toEqual([['X-T3', 'camera', 'camera:"x-t3"']]);
    for (const typed of ['can', 's40', 'powersh']) expect(camera(typed, 'Canon PowerShot S40')).toEqual([]);
    expect(found('canon', entity('canon', 'canon', 'lens', 'Canon EF 50mm'))).toEqual([]);
  });
});

describe('asking', () => {
  /** How many each search finds. */
  const counts = new Map<string, number>();
  const asked: string[] = [];

  beforeEach(() => {
    vi.stubGlobal('fetch', async (_: string, { body }: { body: string }) => {
      const { query, variables } = JSON.parse(body);
      asked.push(variables.text);
      const { text, cursor } = variables;
      if (!query.includes('searchSuggestions'))
        return Response.json({ data: { search: { totalCount: counts.get(text) ?? 0 } } });
      const word = text.slice(0, cursor).split(' ').at(-1);
      return Response.json({ data: { searchSuggestions: [entity(text, word, 'city', word)] } });
    });
  });

  afterEach(() => {
    counts.clear();
    asked.length = 0;
    vi.unstubAllGlobals();
  });

  const words = (one: Recognising, text: string) => one.of(text).map(({ word }) => word);

  it('offers only what finds something, for the search that was asked for, until it is dismissed', async () => {
    counts.set('city:="lisbon" dog', 2);
    const here = new Recognising();
    await here.ask('lisbon dog');
    expect(words(here, 'lisbon dog')).toEqual(['lisbon']);
    expect(words(here, 'lisbon')).toEqual([]);
    here.dismiss(here.of('lisbon dog')[0]!);
    expect(words(here, 'lisbon dog')).toEqual([]);
    const elsewhere = new Recognising();
    await elsewhere.ask('lisbon dog');
    expect(words(elsewhere, 'lisbon dog')).toEqual([]);
  });

  it('asks nothing where no word is free', async () => {
    await new Recognising().ask('country:pt -dog');
    expect(asked).toEqual([]);
  });
});
