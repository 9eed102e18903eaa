/** Uploads, loaded when the first files come: nothing of it burdens the first screen. */

import type { uploads } from './uploads.svelte';

class Late {
  /** Null as long as nobody has uploaded anything in this visit. */
  now = $state.raw<typeof uploads | null>(null);

  load = async (): Promise<typeof uploads> => {
    const loaded = (await import('./uploads.svelte')).uploads;
    this.now = loaded;
    return loaded;
  };

  /** As `load`, and knows where uploads go. */
  ready = async (): Promise<void> => (await this.load()).begin();
}

export const late = new Late();
