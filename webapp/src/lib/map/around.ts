import { query } from '$lib/api/client';
import { t } from '$lib/i18n/map';
import { toast } from '$lib/shell/toasts.svelte';
import { MapSpots } from './map.gql';
import { bounds, type BoundingBox } from './projection';
import { spotsOf } from './spots.svelte';

const WORLD: BoundingBox = { west: -180, south: -90, east: 180, north: 90 };
/** Fine enough to tell a country from its neighbour. */
const ZOOM = 5;

/** Where what a search finds was taken; null, and said, where there is none. */
export async function around(text: string): Promise<BoundingBox | null> {
  try {
    const { map } = await query(MapSpots, { bbox: WORLD, zoom: ZOOM, filter: { text } });
    const box = bounds(spotsOf(map));
    if (box) return box;
  } catch {
    // The map shows all there is instead, and says why where it can't.
  }
  toast(t.map.notThere);
  return null;
}
