/**
 * The keys of the search language, with examples to try; `docs/SEARCH.md` has them all, and a test compares. The words
 * that explain them are in the messages.
 */

import { wordAt } from './word';

/** In the order in which people ask about a photo. */
export const GROUPS = ['when', 'where', 'camera', 'what', 'file', 'library'] as const;

export type KeyGroup = (typeof GROUPS)[number];

interface Row {
  key: string;
  group: KeyGroup;
  /** Other names that the server understands. */
  also?: readonly string[];
  example: string;
}

/** Those that are offered before anything is typed, the most used first. */
export const COMMON = [
  { key: 'taken', group: 'when', also: ['date', 'year'], example: 'taken:2023-06' },
  { key: 'place', group: 'where', also: ['location', 'where'], example: 'place:lisbon' },
  { key: 'country', group: 'where', example: 'country:pt,es' },
  { key: 'near', group: 'where', also: ['around'], example: 'near:38.72,-9.14,5km' },
  { key: 'camera', group: 'camera', also: ['make', 'model'], example: 'camera:fuji' },
  { key: 'lens', group: 'camera', example: 'lens:35mm' },
  { key: 'iso', group: 'camera', also: ['sensitivity'], example: 'iso:>=1600' },
  { key: 'focal', group: 'camera', also: ['focallength', 'focal-length'], example: 'focal:24..35' },
  { key: 'type', group: 'what', also: ['kind'], example: 'type:video' },
  { key: 'tag', group: 'what', also: ['tags', 'keyword', 'keywords'], example: 'tag:beach' },
  { key: 'rating', group: 'what', also: ['stars'], example: 'rating:>=4' },
  { key: 'format', group: 'file', also: ['codec'], example: 'format:heic' },
  { key: 'name', group: 'file', also: ['filename', 'file'], example: 'name:img_12' },
  { key: 'has', group: 'what', example: 'has:gps' },
] as const satisfies readonly Row[];

const OTHERS = [
  { key: 'when', group: 'when', example: 'when:june' },
  { key: 'city', group: 'where', also: ['town'], example: 'city:porto' },
  { key: 'region', group: 'where', also: ['province', 'county'], example: 'region:bavaria' },
  { key: 'aperture', group: 'camera', also: ['f', 'fnumber', 'f-number'], example: 'aperture:<=2.8' },
  { key: 'exposure', group: 'camera', also: ['shutter'], example: 'exposure:<1/1000' },
  { key: 'title', group: 'what', also: ['headline'], example: 'title:sunset' },
  { key: 'caption', group: 'what', also: ['description'], example: 'caption:birthday' },
  { key: 'creator', group: 'what', also: ['author', 'artist', 'photographer'], example: 'creator:souza' },
  { key: 'copyright', group: 'what', also: ['rights'], example: 'copyright:getty' },
  { key: 'aspect', group: 'what', also: ['orientation', 'shape'], example: 'aspect:panorama' },
  { key: 'duration', group: 'what', also: ['length'], example: 'duration:30s..2m' },
  { key: 'path', group: 'file', also: ['folder'], example: 'path:"holidays/2019"' },
  { key: 'ext', group: 'file', also: ['extension'], example: 'ext:jpg' },
  { key: 'size', group: 'file', also: ['filesize', 'bytes'], example: 'size:>20MB' },
  { key: 'megapixels', group: 'file', also: ['mp', 'resolution'], example: 'megapixels:>24' },
  { key: 'width', group: 'file', example: 'width:>=3840' },
  { key: 'height', group: 'file', example: 'height:<1000' },
  { key: 'library', group: 'library', example: 'library:family' },
  { key: 'state', group: 'library', also: ['is'], example: 'state:trashed' },
  { key: 'unreadable', group: 'library', also: ['broken'], example: 'unreadable:yes' },
] as const satisfies readonly Row[];

export type SearchKey = (typeof COMMON | typeof OTHERS)[number]['key'];

export interface KeyInfo extends Row {
  key: SearchKey;
}

/** All of them, the common ones first. */
export const KEYS: readonly KeyInfo[] = [...COMMON, ...OTHERS];

/** All of them, by what they are about. */
export const GROUPED: readonly { group: KeyGroup; keys: readonly KeyInfo[] }[] = GROUPS.map((group) => ({
  group,
  keys: KEYS.filter((info) => info.group === group),
}));

/** Fewer letters begin too many of the other names. */
const ENOUGH = 2;

/** What is being typed at the caret, without the sign before it. */
function typedAt(text: string, caret: number): string {
  const { start } = wordAt(text, caret);
  return text.slice(start, caret).replace(/^-/, '').toLowerCase();
}

/** True where a new word begins. */
export function atNewWord(text: string, caret: number): boolean {
  return typedAt(text, caret) === '';
}

/** The keys that fit what is being typed at the caret, by their own names first; the common ones where a new word begins. */
export function fitting(text: string, caret: number): readonly KeyInfo[] {
  const typed = typedAt(text, caret);
  if (typed === '') return COMMON;
  const colon = typed.indexOf(':');
  if (colon >= 0) {
    const name = typed.slice(0, colon);
    return KEYS.filter(({ key, also }) => key === name || also?.includes(name));
  }
  const own = KEYS.filter(({ key }) => key.startsWith(typed));
  if (typed.length < ENOUGH) return own;
  const other = KEYS.filter((info) => !own.includes(info) && info.also?.some((name) => name.startsWith(typed)));
  return [...own, ...other];
}
