/** The assets around the one that is shown, asked for once each. */

import { SvelteMap } from 'svelte/reactivity';
import { isAbort } from '$lib/api/error';
import { request } from '$lib/api/client';
import { mediaUrl } from '$lib/api/media-url';
import type { Asset } from './asset';
import { ViewedAsset } from './asset.gql';

const MOST = 60;

export class Assets {
  /** Null where the server knows none; absent while it is asked. */
  #known = new SvelteMap<string, Asset | null>();
  #asked = new Set<string>();
  /** Changed while they were being asked for. */
  #stale = new Set<string>();
  error = $state.raw<unknown>(null);

  get(id: string): Asset | null | undefined {
    return this.#known.get(id);
  }

  /** Asks unless known; `fresh` asks in any case and keeps what is known until the answer. */
  async load(id: string, fresh = false): Promise<void> {
    if (this.#asked.has(id)) {
      if (fresh) this.#stale.add(id);
      return;
    }
    if (this.#known.has(id) && !fresh) return;
    this.#asked.add(id);
    const before = this.#known.get(id);
    try {
      const { asset } = await request(ViewedAsset, { id });
      // What was changed meanwhile is newer than the answer.
      if (this.#known.get(id) === before) this.#keep(id, asset);
      else this.#stale.add(id);
      this.error = null;
    } catch (error) {
      if (!isAbort(error)) this.error = error;
    } finally {
      this.#asked.delete(id);
    }
    if (this.#stale.delete(id)) await this.load(id, true);
  }

  /** As `load`, and fetches the picture so that it is there when it is wanted. */
  async preload(id: string): Promise<void> {
    await this.load(id);
    const asset = this.#known.get(id);
    if (asset?.state === 'READY') new Image().src = mediaUrl(id, 'preview', asset.tag);
  }

  /** As it is after a change. */
  put(asset: Asset): void {
    if (this.#known.has(asset.id)) this.#keep(asset.id, asset);
  }

  #keep(id: string, asset: Asset | null): void {
    this.#known.delete(id);
    this.#known.set(id, asset);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST && oldest !== undefined) this.#known.delete(oldest);
  }
}
