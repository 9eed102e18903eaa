/** The heap that is spread out, kept with the page in the browser's history: whoever comes back from a photo finds it so. */

import { replaceState } from '$app/navigation';
import { page } from '$app/state';
import type { Spot } from './markers';
import type { Screen } from './view';

export interface Opened {
  lat: number;
  lng: number;
  photos: { id: string; tag: number }[];
}

export function openedOf(photos: readonly Spot[], { lat, lng }: { lat: number; lng: number }): Opened {
  return { lat, lng, photos: photos.map(({ coverId, coverTag }) => ({ id: coverId, tag: coverTag })) };
}

/** More than these are no circle any more. */
const MOST_AROUND = 30;
const PHONE = 720;

export class OpenHeap {
  now = $state.raw<Opened | null>(page.state.heap ?? null);

  show(heap: Opened | null): void {
    this.now = heap;
    const { heap: before, ...state } = page.state;
    if (heap !== (before ?? null)) replaceState('', heap ? { ...state, heap } : state);
  }

  /** How it is shown on this screen: around its spot, or side by side. */
  look({ width }: Screen): 'spread' | 'sheet' | null {
    if (!this.now || width === 0) return null;
    return width < PHONE || this.now.photos.length > MOST_AROUND ? 'sheet' : 'spread';
  }
}
