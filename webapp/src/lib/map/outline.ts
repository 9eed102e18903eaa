/** The world's outline (Natural Earth), loaded when first needed and kept as rings on the unit square. */

import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import coarseUrl from 'world-atlas/countries-110m.json?url';
import fineUrl from 'world-atlas/countries-50m.json?url';
import { project } from './projection';
import { seatsOf, type Seat } from './seat';

/** A closed ring: x and y in turns. One that crosses the antimeridian goes on beyond 0 or 1 instead of jumping. */
export interface Ring {
  points: Float64Array;
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface Country {
  name: string;
  rings: Ring[];
  /** The largest ring. */
  main: Ring;
  /** Where the name may go: in the largest ring, the best place first. */
  seats: Seat[];
}

export type Outline = readonly Country[];
export type Detail = 'coarse' | 'fine';

const urls: Record<Detail, string> = { coarse: coarseUrl, fine: fineUrl };
const loaded: Partial<Record<Detail, Promise<Outline>>> = {};

/** Loads an outline once; after a failure the next call tries again. */
export function outline(detail: Detail): Promise<Outline> {
  return (loaded[detail] ??= load(urls[detail]).catch((error: unknown) => {
    delete loaded[detail];
    throw error;
  }));
}

async function load(url: string): Promise<Outline> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`the map outline answered ${answer.status}`);
  return countries((await answer.json()) as Atlas);
}

type Atlas = Topology<{ countries: GeometryCollection<{ name: string }> }>;

/** Decodes a world-atlas topology. */
export function countries(atlas: Atlas): Outline {
  return feature(atlas, atlas.objects.countries).features.flatMap(({ geometry, properties }) => {
    const polygons =
      geometry.type === 'Polygon'
        ? [geometry.coordinates]
        : geometry.type === 'MultiPolygon'
          ? geometry.coordinates
          : [];
    const rings = polygons.flat().map((positions) => toRing(positions as [number, number][]));
    const [first] = rings;
    if (!first) return [];
    const main = rings.reduce((a, b) => (area(b) > area(a) ? b : a), first);
    return [{ name: properties.name, rings, main, seats: seatsOf(main) }];
  });
}

function toRing(positions: [number, number][]): Ring {
  const whole = closed(unwrapped(positions)).map(([lng, lat]) => project({ lng, lat }));
  const [xs, ys] = [whole.map(({ x }) => x), whole.map(({ y }) => y)];
  return {
    points: Float64Array.from(whole.flatMap(({ x, y }) => [x, y])),
    left: Math.min(...xs),
    right: Math.max(...xs),
    top: Math.min(...ys),
    bottom: Math.max(...ys),
  };
}

/** Longitudes without jumps: 179, 181 rather than 179, -179. */
function unwrapped(positions: [number, number][]): [number, number][] {
  let turn = 0;
  return positions.map(([lng, lat], i) => {
    const step = lng - (positions[i - 1]?.[0] ?? lng);
    if (Math.abs(step) > 180) turn -= Math.sign(step) * 360;
    return [lng + turn, lat];
  });
}

/** A ring around a pole ends a whole turn away from its start; it is closed along that pole. */
function closed(positions: [number, number][]): [number, number][] {
  const [first, last] = [positions[0], positions.at(-1)];
  if (!first || !last || Math.abs(last[0] - first[0]) < 180) return positions;
  const pole = first[1] < 0 ? -90 : 90;
  return [...positions, [last[0], pole], [first[0], pole], first];
}

function area(ring: Ring): number {
  return (ring.right - ring.left) * (ring.bottom - ring.top);
}
