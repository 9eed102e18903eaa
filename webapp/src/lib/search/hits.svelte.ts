/** The pages of a search by relevance. */

import { request } from '$lib/api/client';
import { isAbort } from '$lib/api/error';
import type { Around, Neighbour } from '$lib/timeline';
import { SearchPage, type Hit } from './search.gql';

const UNKNOWN_RATIO = 4 / 3;

export class Hits {
  all = $state.raw<readonly Hit[]>([]);
  more = $state(true);
  error = $state.raw<unknown>(null);
  /** Null until the first page. */
  total = $state<number | null>(null);
  #text: string;
  #after: string | null = null;
  #running: Promise<void> | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  /** The next page; one at a time. */
  next(): Promise<void> {
    return (this.#running ??= this.#load().finally(() => (this.#running = null)));
  }

  /** What lies beside a hit, for the viewer; loads on where it is the last one. */
  async around(id: string): Promise<Around | null> {
    if (this.all.length === 0) await this.next();
    let index = this.#indexOf(id);
    if (index === this.all.length - 1 && this.more) await this.next();
    index = this.#indexOf(id);
    const here = this.all[index];
    if (!here) return null;
    const [previous, next] = [this.all[index - 1], this.all[index + 1]];
    return {
      here: neighbour(here),
      previous: previous ? neighbour(previous) : null,
      next: next ? neighbour(next) : null,
      index,
      count: this.total ?? 0,
    };
  }

  #indexOf(id: string): number {
    return this.all.findIndex((hit) => hit.id === id);
  }

  async #load(): Promise<void> {
    if (!this.more) return;
    try {
      const { search } = await request(SearchPage, { text: this.#text, after: this.#after });
      const here = new Set(this.all.map(({ id }) => id));
      this.all = [...this.all, ...search.nodes.filter(({ id }) => !here.has(id))];
      this.#after = search.pageInfo.endCursor;
      this.total = search.totalCount;
      this.more = search.pageInfo.hasNextPage;
      this.error = null;
    } catch (error) {
      if (!isAbort(error)) [this.error, this.more] = [error, false];
    }
  }

  /** After a failure. */
  again(): void {
    [this.error, this.more] = [null, true];
    void this.next();
  }
}

export function ratioOf({ width, height }: Hit): number {
  return width && height ? width / height : UNKNOWN_RATIO;
}

function neighbour(hit: Hit): Neighbour {
  const { id, tag, type, state, thumbhash } = hit;
  return { id, tag, ratio: ratioOf(hit), thumbhash: thumbhash ?? '', film: type === 'VIDEO', shown: state === 'READY' };
}
