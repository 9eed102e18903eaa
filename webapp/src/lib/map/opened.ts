/** The heap that is spread out, kept with the page in the browser's history: whoever comes back from a photo finds it so. */

import { replaceState } from '$app/navigation';
import { page } from '$app/state';
import type { Spot } from './markers';

export interface Opened {
  lat: number;
  lng: number;
  photos: { id: string; tag: number }[];
}

export function openedOf(photos: readonly Spot[], { lat, lng }: { lat: number; lng: number }): Opened {
  return { lat, lng, photos: photos.map(({ coverId, coverTag }) => ({ id: coverId, tag: coverTag })) };
}

export function keepOpened(heap: Opened | null): void {
  const { heap: before, ...state } = page.state;
  if (heap !== (before ?? null)) replaceState('', heap ? { ...state, heap } : state);
}
