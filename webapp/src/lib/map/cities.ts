/** The world's large cities, which the server knows by itself; asked for when a map is first shown. */

import { query } from '$lib/api/client';
import { LargeCities } from './map.gql';
import type { Detail } from './outline';
import { project, type World } from './projection';

export interface City extends World {
  name: string;
  population: number;
}

/** The largest first. */
export type Cities = readonly City[];

/** Of cities with fewer people the names are not asked for: they have room only from nearer by. */
const FEWEST: Record<Detail, number> = { coarse: 500_000, fine: 50_000 };
const loaded: Partial<Record<Detail, Promise<Cities>>> = {};

/** Loads them once; after a failure the next call tries again. */
export function cities(detail: Detail): Promise<Cities> {
  return (loaded[detail] ??= load(FEWEST[detail]).catch((error: unknown) => {
    delete loaded[detail];
    throw error;
  }));
}

async function load(population: number): Promise<Cities> {
  const { names, latitudes, longitudes, populations } = (await query(LargeCities, { population })).largeCities;
  return names.map((name, i) => ({
    name,
    population: populations[i] ?? 0,
    ...project({ lat: latitudes[i] ?? 0, lng: longitudes[i] ?? 0 }),
  }));
}
