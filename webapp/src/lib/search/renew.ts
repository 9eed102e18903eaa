/** A list of hits, and its first page as it is now. */
import type { Hit } from './search.gql';

export interface Page {
  hits: readonly Hit[];
  /** Where the next page begins. */
  after: string | null;
  more: boolean;
}

export interface PageNow extends Page {
  /** How many there are on all pages. */
  total: number;
}

/** True where what is shown begins as it should: at most what a hit says of itself has changed. */
export function sameOrder(shown: readonly Hit[], { hits }: PageNow): boolean {
  return hits.length <= shown.length && hits.every(({ id }, i) => shown[i]?.id === id);
}

/** The list with its new first page. What was loaded beyond stays where nothing came or went before it. */
export function firstAnew(shown: Page, first: PageNow): Page {
  const whole = shown.more || first.total === shown.hits.length;
  if (!first.more || !whole || !sameOrder(shown.hits, first)) return first;
  return { ...shown, hits: [...first.hits, ...shown.hits.slice(first.hits.length)] };
}

/** How many there are that the list doesn't show, and that its next page won't bring either. */
export function unseen(shown: Pick<Page, 'hits' | 'more'>, first: PageNow): number {
  const here = new Set(shown.hits.map(({ id }) => id));
  const strange = first.hits.map(({ id }) => !here.has(id));
  // Where some went, the first of the next page have moved up behind the last that is known.
  const end = shown.more ? strange.lastIndexOf(false) : -1;
  const above = strange.slice(0, end < 0 ? undefined : end).filter(Boolean).length;
  return shown.more ? above : Math.max(above, first.total - shown.hits.length);
}
