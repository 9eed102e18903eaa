/**
 * Web Mercator on a unit square: x runs from the antimeridian eastwards, y from the north down, both 0 to 1.
 * x may leave that range where a map repeats the world.
 */

export interface LngLat {
  lng: number;
  lat: number;
}

export interface World {
  x: number;
  y: number;
}

/** Degrees; `west` greater than `east` crosses the antimeridian. */
export interface BoundingBox {
  west: number;
  south: number;
  east: number;
  north: number;
}

/** Where Mercator's square ends. */
export const MAX_LATITUDE = 85.05112877980659;

/** Degrees to the unit square. */
export function project(place: LngLat): World {
  const lat = Math.min(Math.max(place.lat, -MAX_LATITUDE), MAX_LATITUDE);
  const y = Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);
  return { x: place.lng / 360 + 0.5, y: 0.5 - y };
}

/** The unit square back to degrees, the longitude in -180 to 180. */
export function unproject(world: World): LngLat {
  const lat = (Math.atan(Math.exp((0.5 - world.y) * 2 * Math.PI)) * 360) / Math.PI - 90;
  return { lng: wrapLongitude((world.x - 0.5) * 360), lat };
}

/** The same meridian between -180 (included) and 180. */
export function wrapLongitude(lng: number): number {
  return lng >= -180 && lng <= 180 ? lng : ((((lng + 180) % 360) + 360) % 360) - 180;
}

/** The copy of `x` that lies nearest to `to`. */
export function nearestCopy(x: number, to: number): number {
  return x - Math.round(x - to);
}

/** The smallest box around places; it crosses the antimeridian where that is shorter. Null without places. */
export function bounds(places: readonly LngLat[]): BoundingBox | null {
  const first = places[0];
  if (!first) return null;
  let south = first.lat;
  let north = first.lat;
  for (const { lat } of places) {
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  const { west, east } = narrowest(places.map((place) => wrapLongitude(place.lng)).sort((a, b) => a - b));
  return { west, south, east, north };
}

/** The shortest stretch of meridians that holds all of them: what is left beside the widest gap. */
function narrowest(sorted: readonly number[]): { west: number; east: number } {
  const last = sorted.length - 1;
  let west = sorted[0] ?? 0;
  let east = sorted[last] ?? 0;
  let widest = west + 360 - east;
  for (let i = 0; i < last; i++) {
    const [here, next] = [sorted[i] ?? 0, sorted[i + 1] ?? 0];
    if (next - here > widest) [widest, west, east] = [next - here, next, here];
  }
  return { west, east };
}

/** Metres on the ground for one step of the unit square at this latitude. */
export function metresPerWorld(lat: number): number {
  return 40_075_016.686 * Math.cos((lat * Math.PI) / 180);
}
