/** A timeline, as the viewer sees it. */
import type { Around, Neighbour, Neighbours } from './neighbours';
import { ratioOf } from './ratio';
import { FILM, PENDING, UNREADABLE } from './tiles';
import type { TimelineState } from './timeline.svelte';

interface View {
  reveal(asset: number): void;
  element(asset: number): HTMLElement | null;
}

export function neighboursOf(timeline: TimelineState, view: View): Neighbours {
  async function at(index: number): Promise<Neighbour | null> {
    const tile = await timeline.loadTile(index);
    if (!tile) return null;
    const { id, tag, flags, thumbhash } = tile;
    const ratio = ratioOf(timeline.columns.ratios[index]!);
    return { id, tag, ratio, thumbhash, film: (flags & FILM) !== 0, shown: (flags & (UNREADABLE | PENDING)) === 0 };
  }

  return {
    get version() {
      return timeline.columns;
    },
    async around(id): Promise<Around | null> {
      const index = await timeline.index(id);
      if (index < 0) return null;
      const [previous, here, next] = await Promise.all([at(index - 1), at(index), at(index + 1)]);
      return here && { previous, here, next, index, count: timeline.columns.ratios.length };
    },
    reveal(id) {
      const index = timeline.knownIndex(id);
      if (index >= 0) view.reveal(index);
    },
    rect(id) {
      const index = timeline.knownIndex(id);
      return index < 0 ? null : (view.element(index)?.getBoundingClientRect() ?? null);
    },
  };
}
