/** What part of the world a map shows, and how that moves. Zoom counts as in MapLibre: the world is 512 px wide at 0. */

import {
  nearestCopy,
  project,
  unproject,
  wrapLongitude,
  type BoundingBox,
  type LngLat,
  type World,
} from './projection';

export interface View {
  /** Middle of the screen on the unit square. */
  x: number;
  y: number;
  zoom: number;
}

export interface Screen {
  width: number;
  height: number;
}

export interface Pixel {
  left: number;
  top: number;
}

export const MAX_ZOOM = 19;
const WORLD = 512;

/** Width of the world in CSS pixels. */
export function scaleOf(zoom: number): number {
  return WORLD * 2 ** zoom;
}

/** The zoom at which the world just covers the screen. */
export function minZoom(screen: Screen): number {
  return Math.log2(Math.max(screen.width, screen.height, 1) / WORLD);
}

/** Where people live, on the unit square: from above Svalbard to below Tierra del Fuego. */
const [INHABITED_TOP, INHABITED_BOTTOM] = [0.11, 0.69];

/** The world without the ice around its south pole, which on a tall screen would take a third of it. */
export function worldView(screen: Screen, x = 0.53): View {
  const zoom = Math.log2(screen.height / (INHABITED_BOTTOM - INHABITED_TOP) / WORLD);
  return settle({ x, y: (INHABITED_TOP + INHABITED_BOTTOM) / 2, zoom }, screen);
}

/** Keeps zoom and latitude within the world; the longitude goes round. */
export function settle(view: View, screen: Screen): View {
  const zoom = Math.min(Math.max(view.zoom, minZoom(screen)), MAX_ZOOM);
  const half = screen.height / 2 / scaleOf(zoom);
  const y = half >= 0.5 ? 0.5 : Math.min(Math.max(view.y, half), 1 - half);
  return { x: view.x - Math.floor(view.x), y, zoom };
}

/** Where a place lies on the screen, taking the copy of the world nearest to its middle. */
export function toScreen(view: View, screen: Screen, place: LngLat): Pixel {
  return worldToScreen(view, screen, project(place));
}

/** As `toScreen`, from the unit square. */
export function worldToScreen(view: View, screen: Screen, world: World): Pixel {
  const scale = scaleOf(view.zoom);
  return {
    left: (nearestCopy(world.x, view.x) - view.x) * scale + screen.width / 2,
    top: (world.y - view.y) * scale + screen.height / 2,
  };
}

/** The place under a point of the screen. */
export function toPlace(view: View, screen: Screen, at: Pixel): LngLat {
  return unproject(toWorld(view, screen, at));
}

function toWorld(view: View, screen: Screen, at: Pixel): World {
  const scale = scaleOf(view.zoom);
  return { x: view.x + (at.left - screen.width / 2) / scale, y: view.y + (at.top - screen.height / 2) / scale };
}

/** Moves the ground with a drag. */
export function panned(view: View, screen: Screen, dx: number, dy: number): View {
  const scale = scaleOf(view.zoom);
  return settle({ x: view.x - dx / scale, y: view.y - dy / scale, zoom: view.zoom }, screen);
}

/** Zooms so that the place under `at` stays there. */
export function zoomedAt(view: View, screen: Screen, at: Pixel, zoom: number): View {
  const goal = Math.min(Math.max(zoom, minZoom(screen)), MAX_ZOOM);
  const fixed = toWorld(view, screen, at);
  const scale = scaleOf(goal);
  const x = fixed.x - (at.left - screen.width / 2) / scale;
  const y = fixed.y - (at.top - screen.height / 2) / scale;
  return settle({ x, y, zoom: goal }, screen);
}

/** The box on screen, widened by a share of itself on each side; the whole world when that goes round. */
export function boxOf(view: View, screen: Screen, margin = 0): BoundingBox {
  const scale = scaleOf(view.zoom);
  const halfX = (screen.width / 2 / scale) * (1 + 2 * margin);
  const halfY = (screen.height / 2 / scale) * (1 + 2 * margin);
  const north = unproject({ x: 0, y: Math.max(0, view.y - halfY) }).lat;
  const south = unproject({ x: 0, y: Math.min(1, view.y + halfY) }).lat;
  if (halfX >= 0.5) return { west: -180, south, east: 180, north };
  const west = wrapLongitude((view.x - halfX - 0.5) * 360);
  const east = wrapLongitude((view.x + halfX - 0.5) * 360);
  return { west, south, east, north };
}

/** True where all of `inner` lies in `outer`. */
export function contains(outer: BoundingBox, inner: BoundingBox): boolean {
  if (inner.south < outer.south || inner.north > outer.north) return false;
  const width = span(outer.west, outer.east);
  if (width >= 360) return true;
  const start = east(outer.west, inner.west);
  return start + span(inner.west, inner.east) <= width + 1e-9;
}

export function span(west: number, to: number): number {
  return to - west >= 360 ? 360 : east(west, to);
}

/** Degrees from one meridian eastwards to another. */
function east(from: number, to: number): number {
  return (((to - from) % 360) + 360) % 360;
}

/** The view that shows all of a box, with room around it: for its pins, and for what lies beside them. */
export function fitted(box: BoundingBox, screen: Screen, padding = paddingOf(screen), maxZoom = 12): View {
  const width = span(box.west, box.east);
  const [top, bottom] = [project({ lng: 0, lat: box.north }).y, project({ lng: 0, lat: box.south }).y];
  const x = project({ lng: box.west + width / 2, lat: 0 }).x;
  const roomX = Math.max(64, screen.width - 2 * padding);
  const roomY = Math.max(64, screen.height - 2 * padding);
  const scale = Math.min(roomX / Math.max(width / 360, 1e-9), roomY / Math.max(bottom - top, 1e-9));
  return settle({ x, y: (top + bottom) / 2, zoom: Math.min(Math.log2(scale / WORLD), maxZoom) }, screen);
}

/** On a phone a smaller part of less. */
function paddingOf({ width, height }: Screen): number {
  return Math.min(72, Math.max(40, Math.min(width, height) / 8));
}

/**
 * The longitude in the middle of where the most is, of all stretches so many degrees wide: where a whole library does
 * not fit into a narrow screen, it begins there.
 */
export function heaviest(places: readonly { lng: number; count: number }[], degrees: number): number | null {
  const sorted = [...places].sort((a, b) => a.lng - b.lng);
  // Once more round the world, so that a stretch may cross the antimeridian.
  const round = [...sorted, ...sorted.map(({ lng, count }) => ({ lng: lng + 360, count }))];
  let best: { from: number; to: number; count: number } | null = null;
  for (let first = 0, last = 0, count = 0; first < sorted.length; first++) {
    while (last < round.length && last < first + sorted.length && round[last]!.lng - round[first]!.lng <= degrees)
      count += round[last++]!.count;
    if (!best || count > best.count) best = { from: round[first]!.lng, to: round[last - 1]!.lng, count };
    count -= round[first]!.count;
  }
  return best && wrapLongitude((best.from + best.to) / 2);
}

/** A point on the way between two views, 0 to 1: the zoom evenly, the middle so that the goal stays in sight. */
export function between(from: View, to: View, t: number): View {
  const zoom = from.zoom + (to.zoom - from.zoom) * t;
  const goalX = nearestCopy(to.x, from.x);
  const [a, b, here] = [1 / scaleOf(from.zoom), 1 / scaleOf(to.zoom), 1 / scaleOf(zoom)];
  const way = Math.abs(a - b) < 1e-12 * a ? t : (a - here) / (a - b);
  return { x: from.x + (goalX - from.x) * way, y: from.y + (to.y - from.y) * way, zoom };
}

/** As in an address: `38.72,-9.14,10.5`. */
export function written(view: View): string {
  const { lat, lng } = unproject(view);
  const digits = Math.max(2, Math.ceil(view.zoom / 3) + 1);
  return `${lat.toFixed(digits)},${lng.toFixed(digits)},${view.zoom.toFixed(2)}`;
}

/** Reads what `written` wrote; null where it is not that. */
export function read(text: string | null): View | null {
  const numbers = text?.split(',').map(Number) ?? [];
  const [lat, lng, zoom] = numbers;
  if (numbers.length !== 3 || lat === undefined || lng === undefined || zoom === undefined) return null;
  if (![lat, lng, zoom].every(Number.isFinite) || Math.abs(lat) > 90 || Math.abs(lng) > 180) return null;
  return { ...project({ lat, lng }), zoom };
}
