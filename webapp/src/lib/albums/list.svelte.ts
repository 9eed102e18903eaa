/** Albums of one kind, page by page, and read again when albums change. */

import { onChanges } from '$lib/api/changes';
import { request } from '$lib/api/client';
import { isAbort } from '$lib/api/error';
import { AlbumsPageOf, type AlbumCard, type Sort, type Whose } from './albums.gql';

const PAGE = 60;
const NEWS_MS = 800;

export interface Wanted {
  whose: Whose;
  sort: Sort;
  text: string;
  /** Only those that lie in no other. */
  top: boolean;
}

export class AlbumList {
  all = $state.raw<readonly AlbumCard[]>([]);
  /** Null until the first page. */
  total = $state<number | null>(null);
  more = $state(false);
  busy = $state(false);
  error = $state.raw<unknown>(null);
  private after: string | null = null;
  private end = new AbortController();

  constructor(private readonly wanted: Wanted) {
    void this.read(PAGE);
  }

  /** The next page; one at a time. */
  async next(): Promise<void> {
    if (!this.busy && this.more) await this.read(PAGE, this.after);
  }

  /** From the start, as far as it is shown. */
  again(): Promise<void> {
    return this.read(Math.max(PAGE, Math.min(500, this.all.length)));
  }

  /** Looks again after changes, until the answer is called. */
  follow(): () => void {
    let soon: ReturnType<typeof setTimeout> | undefined;
    const stop = onChanges(({ items, reset }) => {
      if (!reset && !items.some(({ kind }) => kind === 'ALBUM')) return;
      clearTimeout(soon);
      soon = setTimeout(() => void this.again(), NEWS_MS);
    });
    return () => {
      stop();
      clearTimeout(soon);
      this.end.abort();
    };
  }

  private async read(first: number, after: string | null = null): Promise<void> {
    // A newer question makes an older one needless.
    this.end.abort();
    this.end = new AbortController();
    const { signal } = this.end;
    [this.busy, this.error] = [true, null];
    try {
      const { whose, text, top, sort } = this.wanted;
      const variables = { filter: { whose, top, text: text.trim() || null }, sort, first, after };
      const { albums } = await request(AlbumsPageOf, variables, { signal });
      this.all = after === null ? albums.nodes : [...this.all, ...albums.nodes];
      [this.total, this.more, this.after] = [
        albums.totalCount,
        albums.pageInfo.hasNextPage,
        albums.pageInfo.endCursor ?? null,
      ];
    } catch (error) {
      if (!isAbort(error)) this.error = error;
    } finally {
      if (this.end.signal === signal) this.busy = false;
    }
  }
}
