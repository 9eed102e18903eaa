import { describe, expect, it, test } from 'vitest';
import { chipsOf } from './chips';
import { completed, narrowed, seen, shown, sorted } from './facet-order';
import type { Facet, FacetKey } from './facets.gql';
import { joinedBy, narrowingsOf, narrowingTo, released } from './narrowings';
import { errorsByField } from './saved-errors';

function facet(key: FacetKey, ...values: [value: string, label: string, text: string][]): Facet {
  const lines = values.map(([value, label, text]) => ({ value, label, text, count: 1, search: text }));
  return { key, values: lines, valueCount: lines.length };
}

describe('what a search is narrowed to', () => {
  test.each([
    // search, each term with its key and values, and what is left without it
    ['dog country:pt', [['country', 'pt', 'dog']]],
    [
      'country:pt,ES beach town:="São João"',
      [
        ['country', 'pt|ES', 'beach town:="São João"'],
        ['city', 'São João', 'country:pt,ES beach'],
      ],
    ],
    [
      '-type:video and not tag:"a \\"b\\" , c"',
      [
        ['type', 'video', 'not tag:"a \\"b\\" , c"'],
        ['tag', 'a "b" , c', '-type:video'],
      ],
    ],
    ['iso:>=1600', [['iso', '>=1600', '']]],
    ['near:38.72,-9.14,5km', [['near', '38.72|-9.14|5km', '']]],
    ['(country:pt or country:es) dog', []],
    ['country:pt or dog', []],
    ['country:pt|dog', []],
    ['2-of:(beach, tag:dog)', []],
    ['nosuchkey:x "country:pt"', []],
    ['country:', []],
    ['city:"new yo', []],
  ])('in %j is %j', (text, expected) => {
    const found = narrowingsOf(text);
    expect(found.map(({ key, values, rest }) => [key, values.map(({ plain }) => plain).join('|'), rest])).toEqual(
      expected,
    );
  });

  it('is known again as the server writes it', () => {
    const found = narrowingsOf('COUNTRY:PT,es -type:video year:2023 tag:="Sea, sand"');
    expect(narrowingTo(found, 'country:pt')?.term).toBe('COUNTRY:PT,es');
    expect(narrowingTo(found, 'taken:2023')?.term).toBe('year:2023');
    expect(narrowingTo(found, 'tag:="Sea, sand"')?.term).toBe('tag:="Sea, sand"');
    expect(narrowingTo(found, 'type:video')).toBeUndefined();
    expect(narrowingTo(found, 'country:fr')).toBeUndefined();
  });

  it('can be released value by value', () => {
    const text = 'dog country:pt,es,fr cat';
    const [country] = narrowingsOf(text);
    expect(released(text, country!, 'country:es')).toBe('dog country:pt,fr cat');
    const [only] = narrowingsOf('dog country:pt');
    expect(released('dog country:pt', only!, 'country:pt')).toBe('dog');
  });
});

test.each([
  // search, what is chosen beside it, the search then; null where it takes the place of what is there
  ['dog country:pt', 'country:es', 'dog country:pt,es'],
  ['country:PT,es cat', 'country:fr', 'country:PT,es,fr cat'],
  ['town:="Porto"', 'city:="São João, a"', 'town:="Porto",="São João, a"'],
  ['year:2023', 'taken:2021', 'year:2023,2021'],
  ['rating:4', 'rating:-1', 'rating:4,-1'],
  ['month:june', 'month:december', 'month:june,december'],
  ['tag:="a" and tag:="b"', 'tag:="c"', 'tag:="a" tag:="b" tag:="c"'],
  ['dog', 'country:es', null],
  ['-country:pt', 'country:es', null],
  ['country:pt or dog', 'country:es', null],
  ['city:porto', 'city:="Porto"', null],
  ['taken:2023-06', 'taken:2023', null],
  ['rating:>=4', 'rating:2', null],
  ['country:any', 'country:es', null],
  ['month:any', 'month:june', null],
])('%j and %j are %j', (text, finding, expected) => {
  expect(joinedBy(text, narrowingsOf(text), finding)).toBe(expected);
});

describe('chips', () => {
  const words = (text: string, facets: Facet[] = []) =>
    chipsOf(text, facets).map(({ title, not, labels }) => [not ? 'not' : '', title ?? '', ...labels].join(' ').trim());

  it('say what facets call the values, and how it is written where there is no name', () => {
    const facets = [
      facet('COUNTRY', ['PT', 'Portugal', 'country:pt']),
      facet('LIBRARY', ['library_2', 'Family', 'library:="library_2"']),
    ];
    expect(words('country:pt,es -country:PT library:="library_2"', facets)).toEqual([
      'Country Portugal Spain',
      'not Country Portugal',
      'Library Family',
    ]);
    expect(words('month:december type:video rating:4 rating:>=4 taken:2023 taken:2023-06 -iso:100')).toEqual([
      'Month December',
      'Kind Films',
      'Stars 4 stars',
      'Stars >=4',
      'Year 2023',
      'Taken 2023-06',
      '-iso:100',
    ]);
  });
});

describe('facets', () => {
  it('are shown where a click narrows the search, or where it is narrowed already', () => {
    const year = facet('YEAR', ['2023', '2023', 'taken:2023']);
    const city = facet('CITY', ['Porto', 'Porto', 'city:="Porto"']);
    const keys = (narrowed: boolean) => shown([year, city, facet('TAG')], () => narrowed).map(({ key }) => key);
    expect(keys(false)).toEqual(['CITY']);
    expect(keys(true)).toEqual(['YEAR', 'CITY']);
  });

  const lines = (key: FacetKey, all: readonly string[]) =>
    facet(key, ...all.map((one) => [one, one, one] as [string, string, string]));

  it('know all values of keys of which something is demanded, also those that nothing has', () => {
    const narrowings = narrowingsOf('country:pt,es -city:="Porto" rating:>=4 tag:beach dog');
    expect(narrowed(narrowings)).toEqual(['COUNTRY', 'RATING', 'TAG']);
    const values = (made: Facet) => completed(made, narrowings).values.map(({ text, count }) => `${text} ${count}`);
    expect(values(facet('COUNTRY', ['PT', 'Portugal', 'country:pt']))).toEqual(['country:pt 1', 'country:es 0']);
    for (const key of ['CITY', 'RATING', 'TAG'] as const) expect(values(facet(key))).toEqual([]);
  });

  it('have their values in the order of what they are', () => {
    const values = (key: FacetKey, ...all: string[]) => sorted(key, lines(key, all).values).map(({ value }) => value);
    expect(values('YEAR', '2019', '2023', '1998')).toEqual(['2023', '2019', '1998']);
    expect(values('MONTH', 'december', 'april', 'may')).toEqual(['april', 'may', 'december']);
    expect(values('RATING', '3', '5', '-1')).toEqual(['5', '3', '-1']);
    expect(values('CITY', 'Porto', 'Berlin')).toEqual(['Porto', 'Berlin']);
  });

  it('show a few values, and those that the search is narrowed to', () => {
    const letters = [...'abcdefghijkl'];
    const values = (key: FacetKey, whole: boolean) =>
      seen(lines(key, letters), whole, ({ value }) => value === 'k')
        .map(({ value }) => value)
        .join('');
    expect(values('CITY', false)).toBe('abcdefk');
    expect(values('CITY', true)).toBe('abcdefghijkl');
    expect(values('MONTH', false)).toBe('abcdefghijkl');
  });
});

test('what the server says against a saved search stands at its field', () => {
  const errors = [
    { field: 'name', message: 'too long' },
    { field: 'name', message: 'second' },
    { field: 'text', message: 'can’t be read' },
    { field: null, message: 'too many' },
  ];
  expect(errorsByField(errors, (message) => message)).toEqual({
    name: 'too long',
    text: 'can’t be read',
    general: 'too many',
  });
  expect(errorsByField([], String)).toEqual({});
});
