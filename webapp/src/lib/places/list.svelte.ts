/** Places of one kind, page by page. */

import { query } from '$lib/api/client';
import { isAbort } from '$lib/api/error';
import { Places, type Level, type Place } from './places.gql';

/** There are fewer countries. */
export const ALL_COUNTRIES = 300;
const PAGE = 60;

export class PlaceList {
  all = $state.raw<readonly Place[]>([]);
  /** Null until the first page. */
  total = $state<number | null>(null);
  more = $state(true);
  busy = $state(false);
  error = $state.raw<unknown>(null);
  #after: string | null = null;
  #end = new AbortController();

  constructor(
    private readonly level: Level,
    private readonly country: string | null = null,
    private readonly first = PAGE,
  ) {}

  /** The next page; one at a time. */
  async next(): Promise<void> {
    if (this.busy || !this.more) return;
    [this.busy, this.error] = [true, null];
    const { level, country, first } = this;
    try {
      const variables = { level, country, first, after: this.#after };
      const { places } = await query(Places, variables, { signal: this.#end.signal });
      this.all = [...this.all, ...places.nodes];
      [this.total, this.more, this.#after] = [
        places.totalCount,
        places.pageInfo.hasNextPage,
        places.pageInfo.endCursor ?? null,
      ];
    } catch (error) {
      if (!isAbort(error)) this.error = error;
    } finally {
      this.busy = false;
    }
  }

  stop(): void {
    this.#end.abort();
  }
}
