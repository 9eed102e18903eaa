/** What the panel under the field offers, in one list, so that the arrow keys walk through all of it. */

import { fitting, type SearchKey } from './keys';
import { replace, wordAt } from './word';

export type Option =
  { kind: 'recent'; id: string; text: string } | { kind: 'key'; id: string; key: SearchKey; example: string };

/** Recent searches that begin like the text. */
export function recentFor(text: string, recent: readonly string[]): Option[] {
  const typed = text.trim().toLowerCase();
  const again = recent
    .filter((one) => one.toLowerCase() !== typed && one.toLowerCase().startsWith(typed))
    .slice(0, typed ? 3 : 5);
  return again.map((one, i) => ({ kind: 'recent', id: `recent-${i}`, text: one }));
}

/** The same, then the keys that fit the word at the caret. */
export function optionsFor(text: string, caret: number, recent: readonly string[]): Option[] {
  return [
    ...recentFor(text, recent),
    ...fitting(text, caret).map(({ key, example }) => ({ kind: 'key' as const, id: `key-${key}`, key, example })),
  ];
}

/** Puts a key in the place of the word that is being typed; a value that is there stays. */
export function withKey(text: string, caret: number, key: SearchKey): { text: string; caret: number } {
  const span = wordAt(text, caret);
  const word = text.slice(span.start, span.end);
  const sign = word.startsWith('-') ? '-' : '';
  const colon = word.indexOf(':');
  const value = colon < 0 ? '' : word.slice(colon + 1);
  return replace(text, span, `${sign}${key}:${value}`);
}
