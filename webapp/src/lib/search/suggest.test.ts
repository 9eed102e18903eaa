import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { kept, stepped } from './listbox';
import { sectionsFor, taken, type Option } from './options';
import type { Suggestion } from './suggest.gql';
import { Suggestions } from './suggestions.svelte';
import { rebased } from './word';

function suggestion(kind: Suggestion['kind'], replacement: string, start: number, end: number): Suggestion {
  const key = kind === 'KEY' ? replacement.replace(':', '') : 'city';
  return { kind, key, label: replacement, help: 'help', example: 'city:porto', count: 3, replacement, start, end };
}

const marked = (text: string) => ({ text: text.replace('^', ''), caret: text.indexOf('^') });
const offered = (text: string, list: readonly Suggestion[], recent: readonly string[] = []) => {
  const { text: plain, caret } = marked(text);
  return sectionsFor(plain, caret, recent, list);
};
const first = (text: string, one: Suggestion) =>
  offered(text, [one])[0]?.options[0] as Extract<Option, { put: unknown }>;

describe('a suggestion', () => {
  test.each([
    // what stands there, what replaces which part, what stands there then, with the caret
    ['dog lis^ cat', 'city:="Lisbon"', 4, 7, 'dog city:="Lisbon"^ cat'],
    ['new yo^', 'city:="New York"', 0, 6, 'city:="New York"^'],
    ['-country:p^t,es', 'pt', 9, 11, '-country:pt^,es'],
    ['🏖 city:por^', '="Porto"', 8, 11, '🏖 city:="Porto"^'],
    ['2-of:(beach, sun^)', 'tag:="Sunset"', 13, 16, '2-of:(beach, tag:="Sunset"^)'],
  ])('in %j puts %j in place of %i to %i', (before, replacement, start, end, after) => {
    const { text, caret } = marked(before);
    const option = first(before, suggestion('VALUE', replacement, start, end));
    expect(taken(text, caret, option)).toEqual(marked(after));
  });

  it('stands for the key that was offered until the answer came', () => {
    const [here] = offered('cam^', []).flatMap(({ options }) => options);
    const [there] = offered('cam^', [suggestion('KEY', 'camera:', 0, 3)]).flatMap(({ options }) => options);
    expect(there?.id).toBe(here?.id);
  });
});

describe('what is offered', () => {
  const about = (text: string, list: Suggestion[], recent?: string[]) =>
    offered(text, list, recent).map((one) => one.about);

  it('is what the server has, in its order, beneath what may have been meant and what was searched for', () => {
    const list = [
      suggestion('CORRECTION', 'camera', 0, 5),
      suggestion('KEY', 'city:', 6, 8),
      suggestion('ENTITY', 'city:="Cima"', 6, 8),
    ];
    expect(about('camra ci^', list, ['camra city'])).toEqual(['meant', 'recent', 'keys', 'entity']);
    expect(about('ci^', [suggestion('VALUE', 'pt', 0, 2)])).toEqual(['value']);
  });

  it('is what is known here where the server has nothing or can’t be reached', () => {
    expect(about('cam^', [])).toEqual(['keys']);
    expect(about('^', [], ['dogs'])).toEqual(['recent', 'keys']);
    // Of all the keys that fit where a word begins, those that people use most.
    const keys = offered('dog ^', [suggestion('KEY', 'bbox:', 4, 4)]).flatMap(({ options }) => options);
    expect([keys[0]?.id, keys.at(-1)?.id]).toEqual(['key-taken', 'more']);
  });
});

test.each([
  // asked for, span, what stands there now, where that is now
  ['dog lis', [4, 7], 'dog lisb', [4, 8]],
  ['dog lis cat', [4, 7], 'dog l cat', [4, 5]],
  ['camera:', [7, 7], 'camera:fu', [7, 9]],
  ['lis', [0, 3], 'lis ', null],
  ['new yo', [0, 6], 'new york', [0, 8]],
  ['dog lis', [4, 7], 'cat lis', null],
  ['dog lis', [4, 7], 'dog', null],
])('what was found for %j at %j holds in %j at %j', (before, [start = 0, end = 0], now, expected) => {
  expect(rebased({ start, end }, before, now)).toEqual(expected && { start: expected[0], end: expected[1] });
});

describe('the arrow keys', () => {
  const options = ['a', 'b', 'c'].map((id) => ({ id }));
  const walk = (steps: (1 | -1)[]) =>
    steps.reduce<{ id: string } | null>((chosen, step) => stepped(options, chosen, step), null)?.id ?? null;

  it('lead through the list and the field, round and round', () => {
    expect([1, 2, 3, 4, 5].map((n) => walk(Array<1>(n).fill(1)))).toEqual(['a', 'b', 'c', null, 'a']);
    expect([1, 2, 4].map((n) => walk(Array<-1>(n).fill(-1)))).toEqual(['c', 'b', null]);
    expect(stepped([], null, 1)).toBeNull();
  });

  it('go on from the field where what was chosen is gone, and from it where it has another place', () => {
    expect(stepped(options, { id: 'gone' }, 1)?.id).toBe('a');
    expect(kept(options.toReversed(), 'a')).toEqual({ id: 'a' });
    expect(kept(options, 'gone')).toBeNull();
  });
});

describe('asking', () => {
  const asked: { text: string; signal: AbortSignal; answer: (list: Suggestion[]) => void; fail: () => void }[] = [];

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('fetch', (_: string, { body, signal }: { body: string; signal: AbortSignal }) => {
      const { text } = JSON.parse(body).variables;
      return new Promise<Response>((resolve, reject) => {
        const answer = (searchSuggestions: Suggestion[]) => resolve(Response.json({ data: { searchSuggestions } }));
        asked.push({ text, signal, answer, fail: () => resolve(Response.json({ errors: [{ message: 'no' }] })) });
        signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
      });
    });
  });

  afterEach(() => {
    asked.length = 0;
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  const labels = (suggestions: Suggestions, text: string) => suggestions.for(text).map(({ label }) => label);
  const type = async (suggestions: Suggestions, text: string, pause: number) => {
    suggestions.ask(text, text.length);
    await vi.advanceTimersByTimeAsync(pause);
  };

  it('waits for the last letter, and gives up what is no longer wanted', async () => {
    const suggestions = new Suggestions();
    await type(suggestions, 'l', 20);
    await type(suggestions, 'li', 20);
    await type(suggestions, 'lis', 500);
    expect(asked.map(({ text }) => text)).toEqual(['lis']);
    await type(suggestions, 'lisb', 500);
    expect(asked.map(({ text, signal }) => [text, signal.aborted])).toEqual([
      ['lis', true],
      ['lisb', false],
    ]);
    asked[1]?.answer([suggestion('ENTITY', 'city:="Lisbon"', 0, 4)]);
    await vi.advanceTimersByTimeAsync(0);
    expect(labels(suggestions, 'lisb')).toEqual(['city:="Lisbon"']);
    // The answer to less letters holds until the next has come, but not for another word.
    expect(labels(suggestions, 'lisbo')).toEqual(['city:="Lisbon"']);
    expect(labels(suggestions, 'lisb c')).toEqual([]);
  });

  it('asks nothing for nothing, nor twice the same, and asks again after a failure', async () => {
    const suggestions = new Suggestions();
    await type(suggestions, '  ', 500);
    await type(suggestions, 'lis', 500);
    await type(suggestions, 'lis', 500);
    expect(asked.length).toBe(1);
    asked[0]?.fail();
    await vi.advanceTimersByTimeAsync(0);
    expect(labels(suggestions, 'lis')).toEqual([]);
    await type(suggestions, 'lis', 500);
    expect(asked.length).toBe(2);
  });
});
