import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { t } from '$lib/i18n';
import { COMMON, fitting, GROUPED, KEYS } from './keys';
import { ALL_KEYS, recentFor, sectionsFor, taken, type Section } from './options';
import { finished, without } from './terms';
import { replace, within, wordAt } from './word';

const ids = (sections: readonly Section[]) => sections.flatMap(({ options }) => options.map(({ id }) => id));

describe('the word at the caret', () => {
  const word = (text: string, caret = text.length) => {
    const { start, end } = wordAt(text, caret);
    return text.slice(start, end);
  };

  it('is bounded by blanks and brackets, and a quoted phrase is one', () => {
    expect(word('beach cam')).toBe('cam');
    expect(word('(dog OR ca', 10)).toBe('ca');
    expect(word('place:"new yo')).toBe('place:"new yo');
    expect(word('place:"new york" dog', 9)).toBe('place:"new york"');
    expect(word('beach ')).toBe('');
    expect(word('camera:fuji dog', 3)).toBe('camera:fuji');
  });

  it('offers the keys that begin so', () => {
    const keys = (text: string) => fitting(text, text.length).map(({ key }) => key);
    expect(keys('beach ca')).toEqual(['camera', 'caption', 'week']);
    expect(keys('-pla')).toEqual(['place']);
    expect(keys('iso:>')).toEqual(['iso']);
    expect(keys('zzz')).toEqual([]);
    expect(fitting('beach ', 6)).toBe(COMMON);
  });

  it('knows the keys by their other names, too', () => {
    const keys = (text: string) => fitting(text, text.length).map(({ key }) => key);
    expect(keys('direc')).toEqual(['direction', 'folder']);
    expect(keys('shutter:<1/100')).toEqual(['exposure']);
    expect(keys('le')).toEqual(['lens', 'duration']);
    expect(keys('z')).toEqual(['zone']);
  });

  it('repairs in place, whatever the span says', () => {
    expect(replace('camra:fuji dog', { start: 0, end: 5 }, 'camera')).toEqual({ text: 'camera:fuji dog', caret: 6 });
    expect(within('abc', { start: 2, end: 99 })).toEqual({ start: 2, end: 3 });
    expect(within('abc', { start: 7, end: 5 })).toEqual({ start: 3, end: 3 });
  });
});

describe('a search without one of its terms', () => {
  it('is offered for plain terms only', () => {
    expect(without('place:"new york" dog')).toEqual([
      { term: 'place:"new york"', rest: 'dog' },
      { term: 'dog', rest: 'place:"new york"' },
    ]);
    expect(without('(dog OR cat) lisbon')[1]).toEqual({ term: 'lisbon', rest: '(dog OR cat)' });
    expect(without('dog and not cat')).toEqual([
      { term: 'dog', rest: 'not cat' },
      { term: 'not cat', rest: 'dog' },
    ]);
    for (const none of ['dog', 'dog OR cat', 'a b or c', 'a b|c', '(dog', 'say "hi there'])
      expect(without(none)).toEqual([]);
  });
});

describe('a search that is being typed', () => {
  it('is finished where nothing is missing', () => {
    for (const text of ['dog', 'city:="New York"', 'taken:2019..', '(a or b)', '"camera:"', 'name:="x="']) {
      expect(finished(text), text).toBe(true);
    }
    for (const text of [
      '',
      ' ',
      'camera:',
      'country:pt,',
      '(camera:)',
      'dog or',
      'dog |',
      'not',
      'dog -',
      '(dog',
      'city:="New',
    ]) {
      expect(finished(text), text).toBe(false);
    }
  });
});

describe('picking a key', () => {
  it('takes the place of the word and keeps its sign and value', () => {
    const withKey = (text: string, caret: number, key: string) => taken(text, caret, { key, put: null });
    expect(withKey('beach ca', 8, 'camera')).toEqual({ text: 'beach camera:', caret: 13 });
    expect(withKey('-len', 4, 'lens').text).toBe('-lens:');
    expect(withKey('lens:35 dog', 2, 'camera').text).toBe('camera:35 dog');
  });

  it('offers what was searched before first', () => {
    expect(ids(sectionsFor('li', 2, ['lisbon', 'Lima 2024', 'dogs']))).toEqual([
      'recent-0',
      'recent-1',
      'key-live',
      'key-library',
    ]);
    expect(sectionsFor('', 0, ['dogs']).map(({ about }) => about)).toEqual(['recent', 'keys']);
    expect(ids(recentFor('', ['lisbon', 'dogs']))).toEqual(['recent-0', 'recent-1', 'forget']);
    expect(recentFor('', [])).toEqual([]);
  });

  it('leads on from the common keys to all of them, each there once', () => {
    expect(ids(sectionsFor('beach ', 6, [])).slice(-2)).toEqual(['key-has', 'more']);
    expect(ids(sectionsFor('cam', 3, []))).toEqual(['key-camera']);
    expect(ids(ALL_KEYS).sort()).toEqual(KEYS.map(({ key }) => `key-${key}`).sort());
    expect(GROUPED.every(({ keys }) => keys.length > 1)).toBe(true);
  });
});

describe('the keys', () => {
  /** As the server's own table of them has it: | `key:` | `other`, `names` | … */
  const [, table = ''] = readFileSync('../docs/SEARCH.md', 'utf8').split(/^## Keys$/m);
  const rows = [...table.matchAll(/^\| `([\w-]+):` \|([^|]*)\|/gm)];
  const documented = new Map(rows.map(([, key, also = '']) => [key, also.match(/[\w-]+/g) ?? []]));

  it('are those of the documentation, under all their names', () => {
    expect(documented.size).toBeGreaterThan(20);
    expect(new Map(KEYS.map(({ key, also = [] }) => [key, [...also]]))).toEqual(documented);
  });

  it('have examples that ask for them, and words', () => {
    for (const { key, example } of KEYS) expect(example.startsWith(`${key}:`), example).toBe(true);
    expect(Object.keys(t.search.keys.words).sort()).toEqual(KEYS.map(({ key }) => String(key)).sort());
  });
});
