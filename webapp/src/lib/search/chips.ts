/** What a search is narrowed to, as chips: each says what it is and can be taken away. */

import { t } from '$lib/i18n';
import type { Facet } from './facets.gql';
import { facetOf, keyTitle, valueLabel } from './labels';
import { narrowingsOf, narrowingTo, type Narrowing } from './narrowings';

export interface Chip {
  id: string;
  /** `Country`, or nothing where the label says it all. */
  title: string | null;
  not: boolean;
  labels: readonly string[];
  /** The search without it. */
  rest: string;
}

/** In the order of the text. Facets know what some values are called. */
export function chipsOf(text: string, facets: readonly Facet[]): Chip[] {
  return narrowingsOf(text).map((narrowing, i) => {
    const { key, not, term, rest } = narrowing;
    const common = { id: `${i} ${term}`, not, rest };
    // What has no name on screen is shown as it is written.
    if (!facetOf(key)) return { ...common, title: null, not: false, labels: [term] };
    const labels = labelsOf(narrowing, facets);
    const isSpan = key === 'taken' && !labels.every((label) => /^\d{4}$/.test(label));
    return { ...common, title: isSpan ? t.search.filters.taken : keyTitle(key), labels };
  });
}

function labelsOf(narrowing: Narrowing, facets: readonly Facet[]): string[] {
  const facet = facetOf(narrowing.key);
  const known = facets.find(({ key }) => key === facet)?.values ?? [];
  return narrowing.values.map(({ raw, plain }) => {
    const alone = { ...narrowing, not: false, values: [{ raw, plain }] };
    const found = known.find(({ text }) => narrowingTo([alone], text));
    return facet ? valueLabel(facet, found?.value ?? plain, found?.label ?? plain) : plain;
  });
}
