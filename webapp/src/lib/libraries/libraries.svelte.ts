/** What the page of libraries shows, kept up to date by the change feed. */

import { onChanges } from '$lib/api/changes';
import { request } from '$lib/api/client';
import { GrowingList, MOST, type Page } from './growing.svelte';
import {
  BuriedFiles,
  JobsRetry,
  LibrariesNow,
  LibraryScan,
  UnreadableFiles,
  type Buried,
  type Library,
  type StageCount,
  type Unreadable,
} from './libraries.gql';

const FRESH_MS = 1000;

interface Connection<T> {
  nodes: readonly T[];
  totalCount: number;
  pageInfo: { endCursor: string | null; hasNextPage: boolean };
}

function page<T>({ nodes, totalCount, pageInfo }: Connection<T>): Page<T> {
  return { rows: nodes, total: totalCount, end: pageInfo.endCursor, more: pageInfo.hasNextPage };
}

export class LibrariesState {
  libraries = $state.raw<readonly Library[] | null>(null);
  stages = $state.raw<readonly StageCount[]>([]);
  error = $state.raw<unknown>(null);

  /** Files that failed in libraries that an administrator may not look into. */
  buriedElsewhere = $state.raw(0);

  // Sorted by their reasons, which are counted: so as many at once as the server gives.
  readonly buried = new GrowingList<Buried>(
    async (first, after) => {
      const { buried } = (await request(BuriedFiles, { first, after })).jobs;
      this.buriedElsewhere = buried.elsewhereCount;
      return page(buried);
    },
    ({ assetId, stage }) => `${assetId} ${stage}`,
    MOST,
  );
  readonly unreadable = new GrowingList<Unreadable>(
    async (first, after) => page((await request(UnreadableFiles, { first, after })).search),
    ({ id }) => id,
    MOST,
  );

  /** Reads all, then again after changes, at most once a second; returns how to stop. */
  follow(): () => void {
    void this.read();
    let due: ReturnType<typeof setTimeout> | undefined;
    const stop = onChanges(() => {
      due ??= setTimeout(() => {
        due = undefined;
        void this.read();
      }, FRESH_MS);
    });
    return () => {
      clearTimeout(due);
      stop();
    };
  }

  async read(): Promise<void> {
    try {
      const { libraries, jobs } = await request(LibrariesNow);
      [this.libraries, this.stages, this.error] = [libraries.nodes, jobs.stages, null];
      await Promise.all([this.buried.refresh(), this.unreadable.refresh()]);
    } catch (error) {
      this.error = error;
    }
  }

  /** Runs failed files again, all of them by default; answers how many. */
  async retry(assetIds?: string[]): Promise<number> {
    const { jobsRetry } = await request(JobsRetry, { input: assetIds ? { assetIds } : {} });
    await this.read();
    return jobsRetry.retried;
  }

  /** Asks for a look through a library's folders; answers what the server has against it. */
  async scan(libraryId: string): Promise<string | null> {
    const { libraryScan } = await request(LibraryScan, { input: { libraryId } });
    await this.read();
    return libraryScan.userErrors[0]?.message ?? null;
  }
}
