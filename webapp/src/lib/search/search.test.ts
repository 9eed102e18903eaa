import { describe, expect, it } from 'vitest';
import { fitting } from './keys';
import { forgetRecent, noteRecent, readRecent } from './recent';
import { optionsFor, recentFor, withKey } from './options';
import { without } from './terms';
import { replace, within, wordAt } from './word';

function shelf(start?: string) {
  const kept = new Map<string, string>(start === undefined ? [] : [['tessera:searches', start]]);
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}

describe('recent searches', () => {
  it('keeps the last eight, each once, newest first', () => {
    const s = shelf();
    for (let i = 0; i < 10; i++) noteRecent(s, `trip ${i}`);
    noteRecent(s, '  TRIP 5 ');
    expect(readRecent(s)).toEqual(['TRIP 5', 'trip 9', 'trip 8', 'trip 7', 'trip 6', 'trip 4', 'trip 3', 'trip 2']);
    expect(forgetRecent(s, 'trip 9')).not.toContain('trip 9');
  });

  it('shrugs at a spoiled storage', () => {
    expect(readRecent(shelf('{broken'))).toEqual([]);
    expect(readRecent(shelf('[1,"dog",null]'))).toEqual(['dog']);
  });
});

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
    expect(fitting('beach c', 7).map(({ key }) => key)).toEqual(['country', 'camera']);
    expect(fitting('-pla', 4).map(({ key }) => key)).toEqual(['place']);
    expect(fitting('iso:>', 5).map(({ key }) => key)).toEqual(['iso']);
    expect(fitting('zzz', 3)).toEqual([]);
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
    for (const none of ['dog', 'dog OR cat', '(dog', 'say "hi there']) expect(without(none)).toEqual([]);
  });
});

describe('picking a key', () => {
  it('takes the place of the word and keeps its sign and value', () => {
    expect(withKey('beach ca', 8, 'camera')).toEqual({ text: 'beach camera:', caret: 13 });
    expect(withKey('-len', 4, 'lens').text).toBe('-lens:');
    expect(withKey('lens:35 dog', 2, 'camera').text).toBe('camera:35 dog');
  });

  it('offers what was searched before first', () => {
    const ids = optionsFor('li', 2, ['lisbon', 'Lima 2024', 'dogs']).map(({ id }) => id);
    expect(ids).toEqual(['recent-0', 'recent-1']);
    expect(optionsFor('', 0, []).every(({ kind }) => kind === 'key')).toBe(true);
    expect(recentFor('', ['lisbon', 'dogs']).map(({ id }) => id)).toEqual(['recent-0', 'recent-1']);
  });
});
