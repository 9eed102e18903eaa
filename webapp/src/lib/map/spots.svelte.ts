/** What the server has for the part of the map in sight, asked again only when that runs out. */

import { isAbort } from '$lib/api/error';
import { query } from '$lib/api/client';
import { MapSpots, type MapAnswer } from './map.gql';
import type { Spot } from './markers';
import type { BoundingBox } from './projection';
import { boxOf, contains, type Screen, type View } from './view';

/** Asked for around the screen, as a share of it on each side, so that small moves need no question. */
const MARGIN = 0.4;

export class Spots {
  all = $state.raw<readonly Spot[]>([]);
  /** Null until the first answer. */
  asked = $state.raw<{ box: BoundingBox; level: number } | null>(null);
  /** True where a look at the whole world found nothing, and none since did. */
  none = $state(false);
  error = $state.raw<unknown>(null);
  #running: AbortController | null = null;

  /** Asks for what is in sight, unless it is here already. */
  async look(view: View, screen: Screen, again = false): Promise<void> {
    const level = Math.floor(view.zoom);
    const { asked } = this;
    if (!again && asked && asked.level === level && contains(asked.box, boxOf(view, screen))) return;
    this.#running?.abort();
    const running = (this.#running = new AbortController());
    const box = boxOf(view, screen, MARGIN);
    try {
      const { map } = await query(MapSpots, { bbox: box, zoom: level }, { signal: running.signal });
      this.all = spotsOf(map);
      this.asked = { box, level };
      const whole = box.west === -180 && box.east === 180;
      this.none = this.all.length === 0 && (whole || this.none);
      this.error = null;
    } catch (error) {
      if (!isAbort(error)) this.error = error;
    }
  }

  stop(): void {
    this.#running?.abort();
  }
}

/** Cells and points as one kind of thing. */
export function spotsOf({ cells, points }: MapAnswer): Spot[] {
  return [
    ...cells.map(({ cell, latitude, longitude, count, coverId, coverTag }) => ({
      lat: latitude,
      lng: longitude,
      count,
      coverId,
      coverTag,
      cell,
    })),
    ...points.map(({ id, tag, latitude, longitude }) => ({
      lat: latitude,
      lng: longitude,
      count: 1,
      coverId: id,
      coverTag: tag,
    })),
  ];
}
