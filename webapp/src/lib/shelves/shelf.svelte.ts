/** What lies in the trash or the locked folder, page by page, last put there first. */
import { onChanges } from '$lib/api/changes';
import { isAbort } from '$lib/api/error';
import type { Around, Neighbour } from '$lib/timeline';
import type { Shelved } from './shelf.gql';

const UNKNOWN_RATIO = 4 / 3;
/** Changes are gathered for so long before the beginning is read again. */
const NEWS_MS = 700;

/** A page as the server answers it; null where nothing may be told. */
export interface ShelfPage {
  count: number;
  nodes: readonly Shelved[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

export class Shelf {
  all = $state.raw<readonly Shelved[]>([]);
  /** Null until the first page. */
  count = $state<number | null>(null);
  more = $state(true);
  error = $state.raw<unknown>(null);
  #after: string | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  /** `news`: whether it is read again whenever something changes. */
  constructor(
    private readonly ask: (after: string | null) => Promise<ShelfPage | null>,
    private readonly news = true,
  ) {}

  /** The next page. */
  next(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.more) await this.#load(this.#after);
    });
  }

  /** From the beginning, as far as was shown. */
  again(): Promise<void> {
    return this.#inTurn(async () => {
      const shown = this.all.length;
      [this.#after, this.more, this.error] = [null, true, null];
      let fresh: readonly Shelved[] = [];
      do {
        const page = await this.#page(this.#after);
        if (!page) return;
        fresh = [...fresh, ...page.nodes];
      } while (this.more && fresh.length < shown);
      this.all = fresh;
    });
  }

  /** Reads again after changes, until the answer is called. */
  follow(): () => void {
    if (!this.news) return () => undefined;
    let soon: ReturnType<typeof setTimeout> | undefined;
    const stop = onChanges(({ items, reset }) => {
      if (!reset && !items.some(({ kind }) => kind === 'ASSET' || kind === 'LIBRARY')) return;
      soon ??= setTimeout(() => {
        soon = undefined;
        void this.again();
      }, NEWS_MS);
    });
    return () => {
      stop();
      clearTimeout(soon);
    };
  }

  /** What lies beside one, for the viewer. */
  async around(id: string): Promise<Around | null> {
    if (this.all.length === 0) await this.next();
    if (this.#indexOf(id) === this.all.length - 1 && this.more) await this.next();
    const index = this.#indexOf(id);
    const here = this.all[index];
    if (!here) return null;
    const [previous, next] = [this.all[index - 1], this.all[index + 1]];
    return {
      here: neighbour(here),
      previous: previous ? neighbour(previous) : null,
      next: next ? neighbour(next) : null,
      index,
      count: this.count ?? 0,
    };
  }

  #indexOf(id: string): number {
    return this.all.findIndex((one) => one.id === id);
  }

  async #load(after: string | null): Promise<void> {
    const page = await this.#page(after);
    if (!page) return;
    const here = new Set(this.all.map(({ id }) => id));
    this.all = [...this.all, ...page.nodes.filter(({ id }) => !here.has(id))];
  }

  async #page(after: string | null): Promise<ShelfPage | null> {
    try {
      const page = await this.ask(after);
      this.count = page?.count ?? 0;
      this.#after = page?.pageInfo.endCursor ?? null;
      [this.more, this.error] = [page?.pageInfo.hasNextPage ?? false, null];
      if (!page) this.all = [];
      return page;
    } catch (error) {
      if (!isAbort(error)) [this.error, this.more] = [error, false];
      return null;
    }
  }

  /** An answer that comes late would undo a newer one. */
  #inTurn(act: () => Promise<void>): Promise<void> {
    const mine = this.#turn.then(act);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }
}

export function ratioOf({ width, height }: Shelved): number {
  return width && height ? width / height : UNKNOWN_RATIO;
}

function neighbour(one: Shelved): Neighbour {
  const { id, tag, type, state, thumbhash } = one;
  return { id, tag, ratio: ratioOf(one), thumbhash: thumbhash ?? '', film: type === 'VIDEO', shown: state === 'READY' };
}
