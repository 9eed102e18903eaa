import type { Opened } from './opened.svelte';

declare global {
  namespace App {
    interface PageState {
      /** Of the map: what is spread out. */
      heap?: Opened;
    }
  }
}

export {};
