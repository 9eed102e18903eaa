/** What the words of a search may mean, as the server knows it; only what finds something. */

import { request } from '$lib/api/client';
import { freeWordsOf, recognised, type Recognised } from './recognised';
import { SearchCount, SearchSuggestions } from './suggest.gql';

/** What somebody has said is not meant, until the page is left: a browser keeps no searches. */
let dismissed = $state.raw<readonly string[]>([]);

export class Recognising {
  #all = $state.raw<readonly Recognised[]>([]);
  /** What it belongs to. */
  #text = $state<string | null>(null);
  #question: AbortController | null = null;

  /** Those of a search that are not dismissed. */
  of(text: string): readonly Recognised[] {
    return this.#text === text ? this.#all.filter(({ id }) => !dismissed.includes(id)) : [];
  }

  dismiss({ id }: Recognised): void {
    dismissed = [...dismissed, id];
  }

  /** Only an offer: where it can't be made, the search does without. */
  async ask(search: string): Promise<void> {
    this.stop();
    const { text, ends } = freeWordsOf(search);
    if (ends.length === 0) return;
    const { signal } = (this.#question = new AbortController());
    try {
      const answers = await Promise.all(ends.map((cursor) => request(SearchSuggestions, { text, cursor }, { signal })));
      const known = recognised(
        text,
        answers.flatMap(({ searchSuggestions }) => searchSuggestions),
      );
      const counts = await Promise.all(known.map((one) => request(SearchCount, { text: one.search }, { signal })));
      if (signal.aborted) return;
      this.#all = known.filter((_, i) => (counts[i]?.search.totalCount ?? 0) > 0);
      this.#text = search;
    } catch {
      // What was found stays what it is.
    }
  }

  stop(): void {
    this.#question?.abort();
  }
}
