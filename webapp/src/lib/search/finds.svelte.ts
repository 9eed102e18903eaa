/** How many a saved search finds now, and a picture of it; asked when its line comes into sight. */

import { request } from '$lib/api/client';
import { ApiError } from '$lib/api/error';
import { thumbnailUrl } from '$lib/api/media-url';
import { SavedSearchFinds } from './saved.gql';

export class Finds {
  /** Null while that is not known. */
  count = $state<number | null>(null);
  /** The address of a picture. */
  cover = $state<string | null>(null);
  /** Why it can't be read any more. */
  problem = $state<string | null>(null);

  /** For `{@attach}`. */
  whenSeen(text: string): (line: HTMLElement) => () => void {
    return (line) => {
      const watch = new IntersectionObserver(([entry]) => {
        if (!entry?.isIntersecting) return;
        watch.disconnect();
        void this.#ask(text);
      });
      watch.observe(line);
      return () => watch.disconnect();
    };
  }

  async #ask(text: string): Promise<void> {
    try {
      const { totalCount, nodes } = (await request(SavedSearchFinds, { text })).search;
      const shown = nodes.find(({ state }) => state === 'READY');
      this.count = totalCount;
      this.cover = shown ? thumbnailUrl(shown.id, shown.tag) : null;
      this.problem = null;
    } catch (error) {
      // Without its number it still leads to what it finds, which says itself what is the matter.
      this.problem = error instanceof ApiError && error.filter ? error.message : null;
    }
  }
}
