/** What the parts of a grid share. */
import { getContext, setContext } from 'svelte';
import type { Selection } from './selection.svelte';
import type { TimelineState } from './timeline.svelte';
import type { Viewport } from './viewport.svelte';

export interface GridContext {
  readonly narrow: boolean;
  readonly viewport: Viewport;
  /** The one asset that the tab key leads to. */
  readonly tabStop: number;
  timeline(): TimelineState;
  /** What is chosen; null where nothing can be done to photos. */
  readonly selection: Selection | null;
  /** Chooses a photo, or lets it go; from the last one on with Shift. */
  choose(asset: number, from: boolean): void;
  hrefFor(id: string): string;
}

const KEY = Symbol('grid');

export function setGrid(grid: GridContext): void {
  setContext(KEY, grid);
}

export function useGrid(): GridContext {
  return getContext(KEY);
}
