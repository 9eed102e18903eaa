/** What the timeline tells the viewer that is opened over it. */
import { getContext, setContext } from 'svelte';

/** Enough of an asset to show it at once. */
export interface Neighbour {
  id: string;
  /** The `v` of media addresses. */
  tag: number;
  /** Width through height. */
  ratio: number;
  /** ThumbHash in hex, empty where none. */
  thumbhash: string;
  film: boolean;
  /** False while renditions are missing, for good or not yet. */
  shown: boolean;
}

export interface Around {
  /** The one that was asked for. */
  here: Neighbour;
  previous: Neighbour | null;
  next: Neighbour | null;
  /** Place in the timeline, from 0. */
  index: number;
  count: number;
}

export interface Neighbours {
  /** Another one whenever neighbours may have changed. Reactive. */
  readonly version?: unknown;
  /** What lies before and after an asset, loaded as needed; null where the timeline doesn't hold it. */
  around(id: string): Promise<Around | null>;
  /** Scrolls, under the viewer, so that the asset's tile is in sight. */
  reveal(id: string): void;
  /** Where its tile is on screen now, for a picture that grows and shrinks; null if it is not in sight. */
  rect(id: string): DOMRect | null;
}

interface Slot {
  timeline: Neighbours | null;
}
const KEY = Symbol('neighbours');

/**
 * For a layout that shows a timeline and, over it, a viewer: gives the viewer's page its neighbours and the timeline
 * beneath a place to offer them.
 */
export function provideNeighbours(): void {
  setContext<Slot>(KEY, { timeline: null });
}

/** For the viewer's page. */
export function useNeighbours(): Neighbours {
  const slot = getContext<Slot | undefined>(KEY);
  return {
    get version() {
      return slot?.timeline?.version;
    },
    around: async (id) => (await slot?.timeline?.around(id)) ?? null,
    reveal: (id) => slot?.timeline?.reveal(id),
    rect: (id) => slot?.timeline?.rect(id) ?? null,
  };
}

/** For the timeline: offers itself while it is there. */
export function offerNeighbours(timeline: Neighbours): () => void {
  const slot = getContext<Slot | undefined>(KEY);
  if (slot) slot.timeline = timeline;
  return () => {
    if (slot?.timeline === timeline) slot.timeline = null;
  };
}
