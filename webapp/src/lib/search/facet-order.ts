/** Which facets are shown, and in which order their values. */

import type { Facet, FacetKey, FacetValue } from './facets.gql';
import { facetOf } from './labels';
import { isPlain, type Narrowing } from './narrowings';

/** As people ask: when, where, with what, what it is. */
export const ORDER = [
  'YEAR',
  'MONTH',
  'COUNTRY',
  'REGION',
  'CITY',
  'CAMERA',
  'LENS',
  'TAG',
  'ALBUM',
  'RATING',
  'TYPE',
  'FORMAT',
  'FOLDER',
  'LIBRARY',
] as const satisfies readonly FacetKey[];

/** Open until somebody shuts them. */
export const OPEN: readonly FacetKey[] = ['YEAR', 'COUNTRY', 'CITY', 'CAMERA', 'TAG', 'TYPE'];

/** Each asset has exactly one value of these: a single one narrows nothing. */
const ONE_EACH: readonly FacetKey[] = ['YEAR', 'MONTH', 'TYPE', 'FORMAT', 'LIBRARY'];

const MONTHS = 'january february march april may june july august september october november december'.split(' ');

/** The keys of which a search demands something: all of their values are wanted, for what is chosen may be rare. */
export function narrowed(narrowings: readonly Narrowing[]): FacetKey[] {
  return narrowings.flatMap(({ key, not }) => (not ? [] : (facetOf(key) ?? [])));
}

/** A facet with what the search demands of its key, also where nothing has that: it is to be taken out again. */
export function completed(facet: Facet, narrowings: readonly Narrowing[]): Facet {
  const chosen = narrowings.filter((one) => facetOf(one.key) === facet.key && !one.not && isPlain(one));
  const missing = chosen.flatMap(({ key, values }) =>
    values.flatMap(({ raw, plain }) => {
      const text = `${key}:${raw}`;
      const here = facet.values.some((value) => value.text.toLowerCase() === text.toLowerCase());
      return here ? [] : [{ value: plain, label: plain, count: 0, text, search: text }];
    }),
  );
  return { ...facet, values: [...facet.values, ...missing] };
}

/** Those that narrow the search, or do so already. */
export function shown(facets: readonly Facet[], narrowed: (value: FacetValue) => boolean): Facet[] {
  return facets.filter(({ key, values }) => {
    const few = ONE_EACH.includes(key) ? 1 : 0;
    return values.length > few || values.some(narrowed);
  });
}

/** So many are seen at once; a list that is read to its end is no help. */
const FEW = 6;

/** The most frequent values and those that the search is narrowed to; all of them where that is wanted. */
export function seen({ key, values }: Facet, whole: boolean, narrowed: (value: FacetValue) => boolean): FacetValue[] {
  // A year has no more months than this.
  const most = whole || key === 'MONTH' ? values.length : FEW;
  return values.filter((value, i) => i < most || narrowed(value));
}

/** Years and stars from the greatest on, months as they come round; others as the server has them, the most frequent first. */
export function sorted(key: FacetKey, values: readonly FacetValue[]): readonly FacetValue[] {
  const place = placeOf(key);
  return place ? values.toSorted((a, b) => place(a) - place(b)) : values;
}

function placeOf(key: FacetKey): ((value: FacetValue) => number) | null {
  if (key === 'YEAR' || key === 'RATING') return ({ value }) => -Number(value);
  return key === 'MONTH' ? ({ value }) => MONTHS.indexOf(value) : null;
}
