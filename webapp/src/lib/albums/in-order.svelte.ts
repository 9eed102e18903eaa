/** What an album shows in an order of its own: page by page, read again when it changes. */

import { onChanges } from '$lib/api/changes';
import { request } from '$lib/api/client';
import type { Around, Neighbour } from '$lib/timeline';
import { AlbumAssetsOf, type AlbumAsset } from './albums.gql';

const NEWS_MS = 500;
const UNKNOWN_RATIO = 4 / 3;

export class InOrder {
  all = $state.raw<readonly AlbumAsset[]>([]);
  more = $state(true);
  /** The first page is there. */
  ready = $state(false);
  error = $state.raw<unknown>(null);
  private after: string | null = null;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly albumId: string) {
    void this.next();
  }

  /** The next page; one at a time. */
  next(): Promise<void> {
    return this.inTurn(async () => {
      if (this.more) await this.read(this.after);
    });
  }

  /** From the start, as far as it was read. */
  again(): Promise<void> {
    return this.inTurn(async () => {
      const wanted = this.all.length;
      await this.read(null);
      while (this.more && !this.error && this.all.length < wanted) await this.read(this.after);
    });
  }

  /** Looks again after changes, until the answer is called. */
  follow(): () => void {
    let soon: ReturnType<typeof setTimeout> | undefined;
    const stop = onChanges(({ items, reset }) => {
      const here = new Set(this.all.map(({ id }) => id));
      if (!reset && !items.some(({ id }) => id === this.albumId || here.has(id))) return;
      clearTimeout(soon);
      soon = setTimeout(() => void this.again(), NEWS_MS);
    });
    return () => {
      stop();
      clearTimeout(soon);
    };
  }

  /** What lies beside a photo, for the viewer; reads on where it is the last one. */
  async around(id: string): Promise<Around | null> {
    await this.turn;
    let index = this.indexOf(id);
    while (this.more && !this.error && (index < 0 || index === this.all.length - 1)) {
      await this.next();
      index = this.indexOf(id);
    }
    const here = this.all[index];
    if (!here) return null;
    const [previous, next] = [this.all[index - 1], this.all[index + 1]];
    return {
      here: neighbour(here),
      previous: previous ? neighbour(previous) : null,
      next: next ? neighbour(next) : null,
      index,
      count: this.all.length,
    };
  }

  private indexOf(id: string): number {
    return this.all.findIndex((one) => one.id === id);
  }

  private async read(after: string | null): Promise<void> {
    try {
      const { albumAssets } = await request(AlbumAssetsOf, { id: this.albumId, after });
      const { nodes = [], pageInfo } = albumAssets ?? {};
      this.all = after === null ? nodes : [...this.all, ...nodes];
      [this.more, this.after] = [pageInfo?.hasNextPage ?? false, pageInfo?.endCursor ?? null];
      [this.ready, this.error] = [true, null];
    } catch (error) {
      this.error = error;
    }
  }

  /** An answer that comes late would undo a newer one. */
  private inTurn(act: () => Promise<void>): Promise<void> {
    const mine = this.turn.then(act);
    this.turn = mine.catch(() => undefined);
    return mine;
  }
}

export function ratioOf({ width, height }: AlbumAsset): number {
  return width && height ? width / height : UNKNOWN_RATIO;
}

function neighbour(asset: AlbumAsset): Neighbour {
  const { id, tag, type, state, thumbhash } = asset;
  return {
    id,
    tag,
    ratio: ratioOf(asset),
    thumbhash: thumbhash ?? '',
    film: type === 'VIDEO',
    shown: state === 'READY',
  };
}
