/** The keys of the search language, with examples to try. The words that explain them are in the messages. */

import { wordAt } from './word';

export const KEYS = [
  { key: 'taken', example: 'taken:2023-06' },
  { key: 'place', example: 'place:lisbon' },
  { key: 'country', example: 'country:pt,es' },
  { key: 'near', example: 'near:38.72,-9.14,5km' },
  { key: 'camera', example: 'camera:fuji' },
  { key: 'lens', example: 'lens:35mm' },
  { key: 'iso', example: 'iso:>=1600' },
  { key: 'focal', example: 'focal:24..35' },
  { key: 'type', example: 'type:video' },
  { key: 'format', example: 'format:heic' },
  { key: 'name', example: 'name:img_12' },
  { key: 'has', example: 'has:gps' },
] as const;

export type SearchKey = (typeof KEYS)[number]['key'];

/** The keys that fit what is being typed at the caret; all of them where a new word begins. */
export function fitting(text: string, caret: number): readonly (typeof KEYS)[number][] {
  const { start } = wordAt(text, caret);
  const typed = text.slice(start, caret).replace(/^-/, '').toLowerCase();
  if (typed.includes(':')) return KEYS.filter(({ key }) => key === typed.slice(0, typed.indexOf(':')));
  return KEYS.filter(({ key }) => key.startsWith(typed));
}
