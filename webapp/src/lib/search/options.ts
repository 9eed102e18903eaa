/** What the panel under the field offers, in one list, so that the arrow keys walk through all of it. */

import { atNewWord, fitting, GROUPED, type KeyGroup, type KeyInfo, type SearchKey } from './keys';
import { replace, wordAt } from './word';

/** `more` leads from the common keys to all of them. */
export type Option =
  | { kind: 'recent'; id: string; text: string }
  | { kind: 'key'; id: string; key: SearchKey; example: string }
  | { kind: 'more'; id: 'more' };

export interface Section {
  about: 'recent' | 'keys' | KeyGroup;
  options: Option[];
}

/** Recent searches that begin like the text. */
export function recentFor(text: string, recent: readonly string[]): Section[] {
  const typed = text.trim().toLowerCase();
  const again = recent
    .filter((one) => one.toLowerCase() !== typed && one.toLowerCase().startsWith(typed))
    .slice(0, typed ? 3 : 5);
  return filled({
    about: 'recent',
    options: again.map((one, i) => ({ kind: 'recent', id: `recent-${i}`, text: one })),
  });
}

/** The same, then the keys that fit the word at the caret. */
export function sectionsFor(text: string, caret: number, recent: readonly string[]): Section[] {
  const keys = fitting(text, caret).map(option);
  const more: Option[] = atNewWord(text, caret) ? [{ kind: 'more', id: 'more' }] : [];
  return [...recentFor(text, recent), ...filled({ about: 'keys', options: [...keys, ...more] })];
}

/** Every key there is. */
export const ALL_KEYS: readonly Section[] = GROUPED.map(({ group, keys }) => ({
  about: group,
  options: keys.map(option),
}));

/** Puts a key in the place of the word that is being typed; a value that is there stays. */
export function withKey(text: string, caret: number, key: SearchKey): { text: string; caret: number } {
  const span = wordAt(text, caret);
  const word = text.slice(span.start, span.end);
  const sign = word.startsWith('-') ? '-' : '';
  const colon = word.indexOf(':');
  const value = colon < 0 ? '' : word.slice(colon + 1);
  return replace(text, span, `${sign}${key}:${value}`);
}

function option({ key, example }: KeyInfo): Option {
  return { kind: 'key', id: `key-${key}`, key, example };
}

function filled(section: Section): Section[] {
  return section.options.length > 0 ? [section] : [];
}
