/** Words of a search that are the name of something there is: a city, a country, a year, a keyword, a camera. */

import { narrowingsOf, narrowingTo } from './narrowings';
import type { Suggestion } from './suggest.gql';
import { demandsOf } from './terms';

export interface Recognised {
  id: string;
  /** As its owner is called. */
  word: string;
  key: string;
  /** The search that asks for it by its key. */
  search: string;
  /** Where it stands. */
  start: number;
  end: number;
}

/** So many words are looked at; a text of more is no name of a place. */
const MOST_WORDS = 6;
/** More are no help any more. */
const MOST = 4;
/** Fewer letters begin too many cameras. */
const ENOUGH = 4;

/** A search as what it demands, and where in that its free words end. */
export interface FreeWords {
  text: string;
  ends: readonly number[];
}

export function freeWordsOf(search: string): FreeWords {
  const demands = demandsOf(search);
  let end = -1;
  const ends = demands.flatMap((term) => {
    end += 1 + term.length;
    return isFree(term) ? [end] : [];
  });
  return { text: demands.join(' '), ends: ends.slice(0, MOST_WORDS) };
}

function isFree(term: string): boolean {
  return !/^(-|not\s)|[():*]/i.test(term);
}

/** What is meant, if it is meant by its whole name; the longest names first, and nothing twice. */
export function recognised(text: string, suggestions: readonly Suggestion[]): Recognised[] {
  const narrowings = narrowingsOf(text);
  const all = suggestions.flatMap((one): Recognised[] => {
    const { kind, key, start, end } = one;
    const written = text.slice(start, end).replaceAll('"', '');
    const found = kind === 'ENTITY' && key ? nameIn(one, written) : null;
    if (!found || !key || narrowingTo(narrowings, found.finding)) return [];
    const search = text.slice(0, start) + found.finding + text.slice(end);
    return [{ id: `${folded(written)} ${key}`, word: found.word, key, search, start, end }];
  });
  const length = ({ start, end }: Recognised) => end - start;
  const kept: Recognised[] = [];
  for (const one of all.toSorted((a, b) => length(b) - length(a) || a.start - b.start)) {
    const within = kept.some(
      (other) => other.start <= one.start && one.end <= other.end && length(other) > length(one),
    );
    if (!within && !kept.some(({ id }) => id === one.id)) kept.push(one);
  }
  return kept.slice(0, MOST);
}

/** What it is called and found by. Cameras go by their makers, too, and by the beginning of these. */
function nameIn({ key, label, replacement }: Suggestion, written: string): { word: string; finding: string } | null {
  const typed = folded(written);
  if (folded(label) === typed) return { word: label, finding: replacement };
  if (key !== 'camera' || typed.length < ENOUGH || typed.includes(' ')) return null;
  const [maker = '', model = ''] = label.split(' ');
  const isMaker = folded(maker).startsWith(typed);
  if (!isMaker && folded(model) !== typed) return null;
  const word = isMaker ? maker : model;
  return { word, finding: `camera:${/^\w+$/.test(word) ? word.toLowerCase() : JSON.stringify(word.toLowerCase())}` };
}

/** Without case and accents. */
function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
