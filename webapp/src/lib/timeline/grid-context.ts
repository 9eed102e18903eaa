/** What the parts of a grid share. */
import { getContext, setContext } from 'svelte';
import type { TimelineState } from './timeline.svelte';
import type { Viewport } from './viewport.svelte';

export interface GridContext {
  readonly narrow: boolean;
  readonly viewport: Viewport;
  /** The one asset that the tab key leads to. */
  readonly tabStop: number;
  timeline(): TimelineState;
  hrefFor(id: string): string;
}

const KEY = Symbol('grid');

export function setGrid(grid: GridContext): void {
  setContext(KEY, grid);
}

export function useGrid(): GridContext {
  return getContext(KEY);
}
