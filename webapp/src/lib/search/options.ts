/** What the panel under the field offers, in one list, so that the arrow keys walk through all of it. */

import { t } from '$lib/i18n';
import { atNewWord, fitting, GROUPED, type KeyGroup, type KeyInfo, type SearchKey } from './keys';
import type { Suggestion } from './suggest.gql';
import { replace, wordAt, type Span } from './word';

/** What the server puts in place of a part of the text. */
export interface Put extends Span {
  replacement: string;
}

/** `more` leads from the common keys to all of them; `forget` clears the recent searches. */
export type Option =
  | { kind: 'recent'; id: string; text: string }
  | { kind: 'key'; id: string; key: string; words: string; example: string; put: Put | null }
  | { kind: Found; id: string; key: string | null; label: string; count: number | null; put: Put }
  | { kind: 'more'; id: 'more' }
  | { kind: 'forget'; id: 'forget' };

export type Found = 'value' | 'entity' | 'meant';

export interface Section {
  about: 'recent' | 'keys' | Found | KeyGroup;
  options: Option[];
}

/** Recent searches that begin like the text. */
export function recentFor(text: string, recent: readonly string[]): Section[] {
  const typed = text.trim().toLowerCase();
  const again = recent
    .filter((one) => one.toLowerCase() !== typed && one.toLowerCase().startsWith(typed))
    .slice(0, typed ? 3 : 5);
  const options: Option[] = again.map((one, i) => ({ kind: 'recent', id: `recent-${i}`, text: one }));
  if (options.length > 0 && !typed) options.push({ kind: 'forget', id: 'forget' });
  return filled({ about: 'recent', options });
}

/** What may have been meant, the same recent ones, then what fits at the caret: as the server has it, or the keys known here. */
export function sectionsFor(
  text: string,
  caret: number,
  recent: readonly string[],
  suggestions: readonly Suggestion[] = [],
): Section[] {
  const isNew = atNewWord(text, caret);
  const suggested = suggestions.map(suggestedOption);
  const meant = suggested.filter(({ kind }) => kind === 'meant');
  // Where a word begins, the server has all keys to offer; those that people use most are better.
  const fit = isNew ? [] : suggested.filter(({ kind }) => kind !== 'meant');
  const keys = fitting(text, caret).map(option);
  const more: Option[] = isNew ? [{ kind: 'more', id: 'more' }] : [];
  const known = filled({ about: 'keys', options: [...keys, ...more] });
  const answered = fit.length > 0 || (meant.length > 0 && !isNew);
  return [
    ...filled({ about: 'meant', options: meant }),
    ...recentFor(text, recent),
    ...(answered ? grouped(fit) : known),
  ];
}

/** Every key there is. */
export const ALL_KEYS: readonly Section[] = GROUPED.map(({ group, keys }) => ({
  about: group,
  options: keys.map(option),
}));

/** Puts what was chosen in its place: a key takes that of the word that is being typed, and a value that is there stays. */
export function taken(text: string, caret: number, chosen: { put: Put | null; key: string | null }) {
  if (chosen.put) return replace(text, chosen.put, chosen.put.replacement);
  return withKey(text, caret, chosen.key ?? '');
}

function withKey(text: string, caret: number, key: string): { text: string; caret: number } {
  const span = wordAt(text, caret);
  const word = text.slice(span.start, span.end);
  const sign = word.startsWith('-') ? '-' : '';
  const colon = word.indexOf(':');
  const value = colon < 0 ? '' : word.slice(colon + 1);
  return replace(text, span, `${sign}${key}:${value}`);
}

function option({ key, example }: KeyInfo): Option {
  return { kind: 'key', id: `key-${key}`, key, words: t.search.keys.words[key], example, put: null };
}

function suggestedOption(one: Suggestion): Option {
  const { kind, key, label, help, example, count, replacement, start, end } = one;
  const put = { replacement, start, end };
  if (kind === 'KEY' && key) {
    // The same option as the one that was offered until the answer came.
    const words = t.search.keys.words[key as SearchKey] ?? help ?? '';
    return { kind: 'key', id: `key-${key}`, key, words, example: example ?? '', put };
  }
  const found = kind === 'VALUE' ? 'value' : kind === 'ENTITY' ? 'entity' : 'meant';
  return { kind: found, id: `${found}-${start}-${replacement}`, key, label, count, put };
}

/** Neighbours of a kind under one title, in the order in which the server has them. */
function grouped(options: readonly Option[]): Section[] {
  const about = (option: Option) => (option.kind === 'key' ? 'keys' : (option.kind as Found));
  return [...new Set(options.map(about))].map((one) => ({
    about: one,
    options: options.filter((option) => about(option) === one),
  }));
}

function filled(section: Section): Section[] {
  return section.options.length > 0 ? [section] : [];
}
