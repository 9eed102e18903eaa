/** The latest searches of this person, as the server remembers them; shown at once, told to it behind. */

import { request } from '$lib/api/client';
import { t } from '$lib/i18n';
import { failureLine } from '$lib/i18n/failure';
import { toast } from '$lib/shell/toasts.svelte';
import { SearchHistory, SearchHistoryClear, SearchRemember } from './history.gql';

/** So many the server keeps. */
const KEPT = 50;
const words = t.search.history;

class History {
  /** Latest first. */
  list = $state.raw<readonly string[]>([]);
  #loading: Promise<void> | null = null;
  /** The one that was told last: whoever comes back to its results has not made another one. */
  #last: string | null = null;

  /** Reads it, once. */
  load(): Promise<void> {
    return (this.#loading ??= this.#load());
  }

  /** A search that could be read was made. */
  async remember(text: string): Promise<void> {
    if (text === this.#last) return;
    this.#last = text;
    this.list = [text, ...this.list.filter((other) => other !== text)].slice(0, KEPT);
    // Nobody waits for it: what is not remembered can be typed again.
    await request(SearchRemember, { input: { text } }).catch(() => undefined);
  }

  async forget(text: string): Promise<void> {
    this.list = this.list.filter((other) => other !== text);
    await this.#clear({ text }, () => void this.forget(text));
  }

  async clear(): Promise<void> {
    const before = this.list;
    this.list = [];
    if (!(await this.#clear(null, () => void this.clear()))) return;
    toast(words.cleared, { action: { label: words.undo, run: () => void this.#restore(before) } });
  }

  async #load(): Promise<void> {
    try {
      this.list = (await request(SearchHistory)).searchHistory.map(({ text }) => text);
    } catch {
      // The next time that somebody looks, it is asked again.
      this.#loading = null;
    }
  }

  /** True when it is done; else it says why not, and what is still there is shown again. */
  async #clear(input: { text: string } | null, again: () => void): Promise<boolean> {
    try {
      await request(SearchHistoryClear, { input });
      return true;
    } catch (error) {
      const action = { label: t.common.retry, run: again };
      toast(words.notCleared(failureLine(error)), { tone: 'danger', action });
      this.#loading = null;
      void this.load();
      return false;
    }
  }

  async #restore(list: readonly string[]): Promise<void> {
    this.list = list;
    try {
      // The oldest first, so that the order is as it was.
      for (const text of list.toReversed()) await request(SearchRemember, { input: { text } });
    } catch (error) {
      const action = { label: t.common.retry, run: () => void this.#restore(list) };
      toast(words.notRestored(failureLine(error)), { tone: 'danger', action });
    }
  }
}

export const searchHistory = new History();
