/** What a search demands of keys, `country:pt -type:video`: shown as chips, and told apart in the list of filters. */

import { KEYS } from './keys';
import { demandsOf } from './terms';

export interface Narrowing {
  /** As it is written. */
  term: string;
  /** By its own name, whatever other name is written. */
  key: string;
  /** It is ruled out. */
  not: boolean;
  values: readonly WrittenValue[];
  /** The search without it. */
  rest: string;
}

export interface WrittenValue {
  /** With its quotes and signs. */
  raw: string;
  /** Without them. */
  plain: string;
}

const TERM = /^(-|not\s+)?([a-z][\w-]*):(.+)$/is;
/** A value: pieces in and out of quotes, up to a comma. */
const VALUE = /(?:"(?:\\.|[^"\\])*"|[^",])+/gs;

const OWN = new Map(KEYS.flatMap(({ key, also = [] }) => [key, ...also].map((name) => [name, key] as const)));

/** In the order of the text. */
export function narrowingsOf(text: string): Narrowing[] {
  const terms = demandsOf(text);
  return terms.flatMap((term, i) => {
    const read = readTerm(term);
    return read ? [{ ...read, term, rest: joined(terms.toSpliced(i, 1)) }] : [];
  });
}

/** The narrowing that demands what `finding` finds, as the server writes it: `country:pt`. */
export function narrowingTo(narrowings: readonly Narrowing[], finding: string): Narrowing | undefined {
  const sought = readTerm(finding);
  const [value] = sought?.values ?? [];
  return narrowings.find(({ key, not, values }) => key === sought?.key && !not && value && values.some(alike(value)));
}

/** The search without a value that one of its narrowings demands; other values of that stay. */
export function released(text: string, narrowing: Narrowing, finding: string): string {
  const [value] = readTerm(finding)?.values ?? [];
  const others = narrowing.values.filter((one) => !value || !alike(value)(one));
  if (others.length === 0) return narrowing.rest;
  const written = `${narrowing.term.slice(0, narrowing.term.indexOf(':') + 1)}${others.map(({ raw }) => raw).join()}`;
  return joined(demandsOf(text).map((term) => (term === narrowing.term ? written : term)));
}

/**
 * The search with one value more of a key: in the list that demands the others, or demanded like them where each of them is
 * demanded by itself. Null where it is to take the place of what is there: that is none, or no plain list.
 */
export function joinedBy(text: string, narrowings: readonly Narrowing[], finding: string): string | null {
  const sought = readTerm(finding);
  const [value] = sought?.values ?? [];
  const demands = narrowings.filter(({ key, not }) => key === sought?.key && !not);
  const [list] = demands;
  if (!value || !list || !demands.every(isPlain)) return null;
  if (demands.length > 1) return joined([...demandsOf(text), finding]);
  return joined(demandsOf(text).map((term) => (term === list.term ? `${term},${value.raw}` : term)));
}

/** What values look like that facets count, where they are no names. */
const COUNTED: Record<string, RegExp> = {
  taken: /^\d{4}$/,
  month: /^[a-z]+$/i,
  country: /^[a-z]{2}$/i,
  type: /^[a-z]+$/i,
  format: /^\w+$/,
  rating: /^-?\d$/,
};

/** Whether all that it demands are values as facets count them, rather than ranges, words or parts of names. */
export function isPlain({ key, values }: Narrowing): boolean {
  const looks = COUNTED[key] ?? /^="/;
  return values.every(({ raw }) => looks.test(raw) && !/^(any|none)$/i.test(raw));
}

function readTerm(term: string): Pick<Narrowing, 'key' | 'not' | 'values'> | null {
  const [, sign, name = '', rest = ''] = TERM.exec(term) ?? [];
  const key = OWN.get(name.toLowerCase());
  const values = (rest.match(VALUE) ?? []).map((raw) => ({ raw, plain: plain(raw) }));
  return key && values.length > 0 ? { key, not: sign !== undefined, values } : null;
}

function plain(raw: string): string {
  const quoted = raw.replace(/^=/, '');
  return quoted.replace(/\\(.)|"/gs, (_, escaped: string | undefined) => escaped ?? '');
}

function alike({ raw }: WrittenValue): (other: WrittenValue) => boolean {
  return (other) => other.raw.toLowerCase() === raw.toLowerCase();
}

function joined(terms: readonly string[]): string {
  return terms.join(' ');
}
