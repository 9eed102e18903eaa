/** The hits of a search by relevance: page by page, and kept up to date by the change feed. */

import { onChanges } from '$lib/api/changes';
import { request } from '$lib/api/client';
import { isAbort } from '$lib/api/error';
import type { Around, Neighbour } from '$lib/timeline';
import { firstAnew, sameOrder, unseen, type PageNow } from './renew';
import { SearchPage, type Hit } from './search.gql';

const UNKNOWN_RATIO = 4 / 3;
/** A search hears of a change a moment after the feed does: it is asked a little later, and once more in the end. */
const NEWS_MS = 1500;
const LATE_MS = 5000;

export class Hits {
  all = $state.raw<readonly Hit[]>([]);
  more = $state(true);
  error = $state.raw<unknown>(null);
  /** Null until the first page. */
  total = $state<number | null>(null);
  /** How many have come that are not shown yet, because somebody reads further down. */
  waiting = $state(0);
  #text: string;
  #after: string | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  #next: Promise<void> | null = null;
  /** The first page as it is now, while another one is shown. */
  #first: PageNow | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  /** The next page; one at a time. */
  next(): Promise<void> {
    return (this.#next ??= this.#inTurn(() => this.#load()).finally(() => (this.#next = null)));
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

  /** Looks again after changes, until the answer is called. Nothing moves unless the reader is `atTop`. */
  follow(atTop: () => boolean): () => void {
    let soon: ReturnType<typeof setTimeout> | undefined;
    let late: ReturnType<typeof setTimeout> | undefined;
    const look = () => this.#inTurn(() => this.#renew(atTop));
    const stop = onChanges(({ items, reset }) => {
      if (!reset && !items.some(({ kind }) => kind === 'ASSET' || kind === 'LIBRARY')) return;
      soon ??= setTimeout(() => {
        soon = undefined;
        void look();
      }, NEWS_MS);
      clearTimeout(late);
      late = setTimeout(() => void look(), LATE_MS);
    });
    return () => {
      stop();
      clearTimeout(soon);
      clearTimeout(late);
    };
  }

  /** Shows what has come. */
  show(): void {
    if (!this.#first) return;
    const shown = firstAnew({ hits: this.all, after: this.#after, more: this.more }, this.#first);
    [this.all, this.#after, this.more] = [shown.hits, shown.after, shown.more];
    [this.waiting, this.#first] = [0, null];
  }

  /** After a failure. */
  again(): void {
    [this.error, this.more] = [null, true];
    void this.next();
  }

  #indexOf(id: string): number {
    return this.all.findIndex((hit) => hit.id === id);
  }

  async #load(): Promise<void> {
    if (!this.more) return;
    try {
      const page = await this.#ask(this.#after);
      const here = new Set(this.all.map(({ id }) => id));
      this.all = [...this.all, ...page.hits.filter(({ id }) => !here.has(id))];
      [this.#after, this.more, this.error] = [page.after, page.more, null];
    } catch (error) {
      if (!isAbort(error)) [this.error, this.more] = [error, false];
    }
  }

  async #renew(atTop: () => boolean): Promise<void> {
    // The first page is still to come, or has its own words about why it doesn't.
    if (this.total === null || this.error) return;
    try {
      this.#first = await this.#ask(null);
    } catch {
      // What is shown stays; the next change asks again.
      return;
    }
    this.waiting = unseen({ hits: this.all, more: this.more }, this.#first);
    const still = this.waiting === 0 && sameOrder(this.all, this.#first);
    if (still || atTop()) this.show();
  }

  async #ask(after: string | null): Promise<PageNow> {
    const {
      totalCount: total,
      nodes: hits,
      pageInfo,
    } = (await request(SearchPage, { text: this.#text, after })).search;
    this.total = total;
    return { hits, after: pageInfo.endCursor, more: pageInfo.hasNextPage, total };
  }

  /** An answer that comes late would undo a newer one. */
  #inTurn(act: () => Promise<void>): Promise<void> {
    const mine = this.#turn.then(act);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }
}

export function ratioOf({ width, height }: Hit): number {
  return width && height ? width / height : UNKNOWN_RATIO;
}

function neighbour(hit: Hit): Neighbour {
  const { id, tag, type, state, thumbhash } = hit;
  return { id, tag, ratio: ratioOf(hit), thumbhash: thumbhash ?? '', film: type === 'VIDEO', shown: state === 'READY' };
}
