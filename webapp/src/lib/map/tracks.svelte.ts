/** The track over the map, if there is one. What deals with it is loaded with the first. */

import type { Component } from 'svelte';
import { part } from '$lib/api/part';
import type { Fitting, PanelProps } from '$lib/tracks';
import type { LngLat } from './projection';
import { placesOf, type Line } from './way';

interface Open {
  fitting: Fitting;
  Panel: Component<PanelProps>;
}

interface Drawn {
  lines: readonly Line[];
  places: readonly LngLat[];
  pointed: LngLat | null;
}

export class Tracks {
  now = $state.raw<Open | null>(null);
  /** All that it shows, however it is narrowed: to be framed. */
  readonly places = $derived(placesOf(this.now?.fitting.lines ?? []));

  async open(file: File): Promise<void> {
    const { Fitting, TrackPanel } = await part(() => import('$lib/tracks'));
    this.close();
    this.now = { fitting: new Fitting(file), Panel: TrackPanel };
  }

  close(): void {
    this.now?.fitting.stop();
    this.now = null;
  }

  get drawn(): Drawn {
    const fitting = this.now?.fitting;
    const at = ({ latitude, longitude }: { latitude: number; longitude: number }) => ({
      lat: latitude,
      lng: longitude,
    });
    const ticked = fitting?.positions.filter(({ assetId }) => fitting.isTicked(assetId)) ?? [];
    const pointed = fitting?.positions.find(({ assetId }) => assetId === fitting.pointed);
    return { lines: fitting?.lines ?? [], places: ticked.map(at), pointed: pointed ? at(pointed) : null };
  }
}
