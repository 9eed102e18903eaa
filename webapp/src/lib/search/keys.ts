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
  { key: 'camera', group: 'camera', example: 'camera:fuji' },
  { key: 'lens', group: 'camera', example: 'lens:35mm' },
  { key: 'iso', group: 'camera', also: ['sensitivity'], example: 'iso:>=1600' },
  { key: 'focal', group: 'camera', also: ['focallength', 'focal-length'], example: 'focal:24..35' },
  { key: 'type', group: 'what', also: ['kind'], example: 'type:video' },
  { key: 'tag', group: 'what', also: ['tags', 'keyword', 'keywords'], example: 'tag:beach' },
  { key: 'rating', group: 'what', also: ['stars'], example: 'rating:>=4' },
  { key: 'format', group: 'file', also: ['filetype'], example: 'format:heic' },
  { key: 'name', group: 'file', also: ['filename', 'file'], example: 'name:img_12' },
  { key: 'has', group: 'what', example: 'has:gps' },
] as const satisfies readonly Row[];

const OTHERS = [
  { key: 'when', group: 'when', example: 'when:june' },
  { key: 'month', group: 'when', example: 'month:december' },
  { key: 'season', group: 'when', example: 'season:summer' },
  { key: 'weekday', group: 'when', also: ['dow'], example: 'weekday:sunday' },
  { key: 'on', group: 'when', also: ['anniversary'], example: 'on:12-24..01-06' },
  { key: 'monthday', group: 'when', also: ['day'], example: 'monthday:1' },
  { key: 'week', group: 'when', also: ['calendarweek'], example: 'week:52..53' },
  { key: 'hour', group: 'when', example: 'hour:22..4' },
  { key: 'guessed', group: 'when', example: 'guessed:yes' },
  { key: 'added', group: 'when', also: ['imported', 'uploaded'], example: 'added:last-30-days' },
  { key: 'modified', group: 'when', also: ['changed', 'mtime'], example: 'modified:>=2024' },
  { key: 'city', group: 'where', also: ['town'], example: 'city:porto' },
  { key: 'region', group: 'where', also: ['province', 'county'], example: 'region:bavaria' },
  { key: 'continent', group: 'where', example: 'continent:europe' },
  { key: 'bbox', group: 'where', also: ['box', 'bounds'], example: 'bbox:36.9,-9.6,42.2,-6.2' },
  { key: 'altitude', group: 'where', also: ['alt', 'elevation'], example: 'altitude:-5..100' },
  { key: 'direction', group: 'where', also: ['bearing', 'heading'], example: 'direction:ne' },
  { key: 'zone', group: 'where', also: ['timezone', 'tz'], example: 'zone:lisbon' },
  { key: 'make', group: 'camera', also: ['maker', 'brand'], example: 'make:nikon' },
  { key: 'model', group: 'camera', example: 'model:"eos r5"' },
  { key: 'serial', group: 'camera', also: ['serialnumber'], example: 'serial:4201*' },
  { key: 'aperture', group: 'camera', also: ['f', 'fnumber', 'f-number'], example: 'aperture:<=2.8' },
  { key: 'exposure', group: 'camera', also: ['shutter'], example: 'exposure:<1/1000' },
  { key: 'focal35', group: 'camera', also: ['equivalent', 'focal-35mm'], example: 'focal35:>=200' },
  { key: 'flash', group: 'camera', example: 'flash:yes' },
  { key: 'raw', group: 'what', example: 'raw:yes' },
  { key: 'animated', group: 'what', also: ['animation'], example: 'animated:yes' },
  { key: 'live', group: 'what', also: ['motion'], example: 'live:yes' },
  { key: 'panorama', group: 'what', also: ['spherical'], example: 'panorama:yes' },
  { key: 'hdr', group: 'what', example: 'hdr:yes' },
  { key: 'aspect', group: 'what', also: ['orientation', 'shape'], example: 'aspect:panorama' },
  { key: 'duration', group: 'what', also: ['length'], example: 'duration:30s..2m' },
  { key: 'title', group: 'what', also: ['headline'], example: 'title:sunset' },
  { key: 'caption', group: 'what', also: ['description'], example: 'caption:birthday' },
  { key: 'tagcount', group: 'what', also: ['keywordcount'], example: 'tagcount:>=5' },
  { key: 'creator', group: 'what', also: ['author', 'artist', 'photographer'], example: 'creator:souza' },
  { key: 'copyright', group: 'what', also: ['rights'], example: 'copyright:getty' },
  { key: 'faces', group: 'what', also: ['facecount'], example: 'faces:2..5' },
  { key: 'is', group: 'what', example: 'is:raw' },
  { key: 'interlaced', group: 'file', example: 'interlaced:yes' },
  { key: 'width', group: 'file', example: 'width:>=3840' },
  { key: 'height', group: 'file', example: 'height:<1000' },
  { key: 'megapixels', group: 'file', also: ['mp', 'resolution'], example: 'megapixels:>24' },
  { key: 'fps', group: 'file', also: ['framerate'], example: 'fps:>=50' },
  { key: 'codec', group: 'file', also: ['videocodec'], example: 'codec:hevc,av1' },
  { key: 'audio', group: 'file', also: ['audiocodec', 'sound'], example: 'audio:aac' },
  { key: 'bitdepth', group: 'file', also: ['bits'], example: 'bitdepth:>=10' },
  { key: 'ext', group: 'file', also: ['extension'], example: 'ext:jpg' },
  { key: 'folder', group: 'file', also: ['directory', 'dir'], example: 'folder:="holidays/2019"' },
  { key: 'path', group: 'file', example: 'path:"holidays/2019"' },
  { key: 'size', group: 'file', also: ['filesize', 'bytes'], example: 'size:>20MB' },
  { key: 'id', group: 'file', also: ['asset'], example: 'id:asset_12' },
  {
    key: 'hash',
    group: 'file',
    also: ['checksum', 'sha1', 'blake3'],
    example: 'hash:da39a3ee5e6b4b0d3255bfef95601890afd80709',
  },
  { key: 'copies', group: 'file', also: ['duplicates'], example: 'copies:>1' },
  { key: 'offline', group: 'file', also: ['missing'], example: 'offline:yes' },
  { key: 'managed', group: 'file', also: ['copied', 'stored'], example: 'managed:yes' },
  { key: 'sidecar', group: 'file', also: ['xmp'], example: 'sidecar:yes' },
  { key: 'noted', group: 'file', also: ['damaged', 'notes'], example: 'noted:yes' },
  { key: 'unreadable', group: 'library', also: ['broken'], example: 'unreadable:yes' },
  { key: 'edited', group: 'library', example: 'edited:yes' },
  { key: 'library', group: 'library', example: 'library:family' },
  { key: 'album', group: 'library', also: ['albums'], example: 'album:lisbon' },
  { key: 'shared-with', group: 'library', also: ['sharedwith', 'shared'], example: 'shared-with:ana' },
  { key: 'state', group: 'library', example: 'state:trashed' },
  { key: 'archived', group: 'library', also: ['archive'], example: 'archived:yes' },
  { key: 'trashed', group: 'library', also: ['trash'], example: 'trashed:yes' },
  { key: 'favourite', group: 'library', also: ['favorite', 'fav'], example: 'favourite:yes' },
  { key: 'stack', group: 'library', also: ['stacks'], example: 'stack:yes' },
  { key: 'stacksize', group: 'library', also: ['stackcount'], example: 'stacksize:>=3' },
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
