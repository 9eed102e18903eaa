/** What the page of libraries shows, kept up to date by the change feed. */

import { onChanges } from '$lib/api/changes';
import { request } from '$lib/api/client';
import {
  BuriedFiles,
  JobsRetry,
  LibrariesNow,
  UnreadableFiles,
  type Buried,
  type Library,
  type StageCount,
  type Unreadable,
} from './libraries.gql';

const PAGE = 50;
/** The server's largest page. */
const MOST = 500;
const FRESH_MS = 1000;

/** A list that grows by a page at a time. */
interface Growing<T> {
  shown: readonly T[];
  total: number;
  first: number;
}

function none<T>(): Growing<T> {
  return { shown: [], total: 0, first: PAGE };
}

export class LibrariesState {
  libraries = $state.raw<readonly Library[] | null>(null);
  stages = $state.raw<readonly StageCount[]>([]);
  buried = $state.raw<Growing<Buried>>(none());
  unreadable = $state.raw<Growing<Unreadable>>(none());
  error = $state.raw<unknown>(null);

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
      await Promise.all([this.#readBuried(), this.#readUnreadable()]);
    } catch (error) {
      this.error = error;
    }
  }

  async moreBuried(): Promise<void> {
    this.buried = { ...this.buried, first: Math.min(MOST, this.buried.first + PAGE) };
    await this.#readBuried();
  }

  async moreUnreadable(): Promise<void> {
    this.unreadable = { ...this.unreadable, first: Math.min(MOST, this.unreadable.first + PAGE) };
    await this.#readUnreadable();
  }

  /** Runs failed files again, all of them by default; answers how many. */
  async retry(assetIds?: string[]): Promise<number> {
    const { jobsRetry } = await request(JobsRetry, { input: assetIds ? { assetIds } : {} });
    await this.read();
    return jobsRetry.retried;
  }

  async #readBuried(): Promise<void> {
    const { first } = this.buried;
    const { buried } = (await request(BuriedFiles, { first })).jobs;
    this.buried = { first, shown: buried.nodes, total: buried.totalCount };
  }

  async #readUnreadable(): Promise<void> {
    const { first } = this.unreadable;
    const { search } = await request(UnreadableFiles, { first });
    this.unreadable = { first, shown: search.nodes, total: search.totalCount };
  }
}
