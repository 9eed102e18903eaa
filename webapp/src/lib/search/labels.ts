/** What keys and their values are called on screen; the server's names are those of the search language. */

import { sentence, t } from '$lib/i18n';
import { formatName } from '$lib/i18n/format-name';
import type { FacetKey } from './facets.gql';

/** The facet that counts the values of a key. */
const FACETS: Record<string, FacetKey> = {
  taken: 'YEAR',
  month: 'MONTH',
  country: 'COUNTRY',
  region: 'REGION',
  city: 'CITY',
  camera: 'CAMERA',
  lens: 'LENS',
  tag: 'TAG',
  type: 'TYPE',
  format: 'FORMAT',
  library: 'LIBRARY',
  album: 'ALBUM',
  rating: 'RATING',
  folder: 'FOLDER',
};

const words = t.search.filters;
const countries = new Intl.DisplayNames('en', { type: 'region' });

export function facetOf(key: string): FacetKey | null {
  return FACETS[key] ?? null;
}

/** `Country`; the key itself where it is seldom used. */
export function keyTitle(key: string): string {
  const facet = facetOf(key);
  return facet ? words.titles[facet] : key;
}

/** `Portugal`, `December`, `4 stars`. */
export function valueLabel(facet: FacetKey, value: string, label: string): string {
  if (facet === 'MONTH') return sentence(label);
  if (facet === 'TYPE') return words.types[value as keyof typeof words.types] ?? label;
  if (facet === 'FORMAT') return formatName(value) ?? words.otherFormat;
  if (facet === 'RATING' && /^-?\d$/.test(value)) return words.stars(Number(value));
  // Until the server has said what it is called.
  if (facet === 'COUNTRY' && label === value && /^[a-z]{2}$/i.test(value))
    return countries.of(value.toUpperCase()) ?? value;
  return label;
}
