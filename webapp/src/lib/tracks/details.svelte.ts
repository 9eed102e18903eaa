/** When photographs were taken and what they are called, asked for as they come into sight. */

import { SvelteMap } from 'svelte/reactivity';
import { request } from '$lib/api/client';
import { TrackAssets, type Detail } from './tracks.gql';

/** What the server answers at once, and a little less. */
const MOST = 200;
const PAUSE_MS = 60;

export class Details {
  #known = new SvelteMap<string, Detail>();
  #asked = new Set<string>();
  #wanted = new Set<string>();
  #waiting = false;

  /** Reactive; undefined until it is known. */
  of(assetId: string): Detail | undefined {
    return this.#known.get(assetId);
  }

  /** Asks for those that nobody has asked for, together with others that are wanted soon after. */
  want(assetIds: readonly string[]): void {
    for (const id of assetIds) if (!this.#asked.has(id)) this.#wanted.add(id);
    if (this.#wanted.size === 0 || this.#waiting) return;
    this.#waiting = true;
    setTimeout(() => void this.#ask(), PAUSE_MS);
  }

  async #ask(): Promise<void> {
    this.#waiting = false;
    const ids = [...this.#wanted].slice(0, MOST);
    for (const id of ids) {
      this.#wanted.delete(id);
      this.#asked.add(id);
    }
    this.want([]);
    try {
      const { assets } = await request(TrackAssets, { ids });
      for (const asset of assets) if (asset) this.#known.set(asset.id, asset);
    } catch {
      // The list does without: it asks again when they come into sight again.
      for (const id of ids) this.#asked.delete(id);
    }
  }
}
