/** The values that a search can be narrowed by, with their numbers; kept up to date by the change feed. */

import { onChanges } from '$lib/api/changes';
import { request } from '$lib/api/client';
import { isAbort } from '$lib/api/error';
import { narrowed, ORDER } from './facet-order';
import { SearchFacets, type Facet, type FacetKey } from './facets.gql';
import { narrowingsOf } from './narrowings';

/** So many values of each; all months are among them. */
const FIRST = 12;
/** Of those of which all are wanted; the server gives no more. */
const MOST = 500;
/** While much is coming in, it is counted so often at most. */
const NEWS_MS = 5000;

export class Facets {
  /** In the order in which they are shown; those of the search before until the new ones have come. */
  all = $state.raw<readonly Facet[]>([]);
  /** What they belong to. */
  text = $state<string | null>(null);
  error = $state.raw<unknown>(null);
  /** Those of which all values are shown. */
  whole = $state.raw<readonly FacetKey[]>([]);
  #wanted = '';
  #question: AbortController | null = null;

  /** Counts beside this search; an answer for the one before is not waited for any more. */
  async load(text: string): Promise<void> {
    this.#question?.abort();
    const question = (this.#question = new AbortController());
    this.#wanted = text;
    try {
      const chosen = [...this.whole, ...narrowed(narrowingsOf(text))];
      const few = ORDER.filter((key) => !chosen.includes(key));
      const all = ORDER.filter((key) => chosen.includes(key));
      const answers = await Promise.all([
        this.#ask(few, FIRST, question.signal),
        this.#ask(all, MOST, question.signal),
      ]);
      if (question.signal.aborted) return;
      const found = new Map(answers.flat().map((facet) => [facet.key, facet]));
      [this.all, this.text, this.error] = [ORDER.flatMap((key) => found.get(key) ?? []), text, null];
    } catch (error) {
      if (!isAbort(error) && !question.signal.aborted) this.error = error;
    }
  }

  /** All values of a key, or only the most frequent ones again. */
  widen(key: FacetKey, whole: boolean): void {
    const others = this.whole.filter((other) => other !== key);
    this.whole = whole ? [...others, key] : others;
    void this.load(this.#wanted);
  }

  /** Counts again after changes, until the answer is called. */
  follow(): () => void {
    let soon: ReturnType<typeof setTimeout> | undefined;
    const stop = onChanges(({ items, reset }) => {
      if (!reset && !items.some(({ kind }) => kind === 'ASSET' || kind === 'LIBRARY')) return;
      soon ??= setTimeout(() => {
        soon = undefined;
        void this.load(this.#wanted);
      }, NEWS_MS);
    });
    return () => {
      stop();
      clearTimeout(soon);
      this.#question?.abort();
    };
  }

  async #ask(keys: readonly FacetKey[], first: number, signal: AbortSignal): Promise<readonly Facet[]> {
    if (keys.length === 0) return [];
    return (await request(SearchFacets, { text: this.#wanted, keys: [...keys], first }, { signal })).searchFacets;
  }
}
