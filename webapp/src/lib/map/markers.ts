/** From cells and points of the server to circles that do not lie on each other. */

import { bounds, project, type BoundingBox, type LngLat } from './projection';
import { worldToScreen, type Pixel, type Screen, type View } from './view';

/** One answer of the server: a cell with many photographs or a single one. */
export interface Spot extends LngLat {
  count: number;
  coverId: string;
  coverTag: number;
  /** Its H3 index in hex; a single photograph has none. */
  cell?: string;
}

export interface Marker extends LngLat {
  /** Stable while the map moves, so that circles stay the same elements. */
  key: string;
  count: number;
  coverId: string;
  coverTag: number;
  /** Around all that it stands for. */
  box: BoundingBox;
  /** What it stands for. */
  members: readonly Spot[];
}

export interface Placed extends Pixel {
  marker: Marker;
  size: number;
}

interface Group {
  members: Spot[];
  x: number;
  y: number;
}

/** Joins spots that would lie closer than `gap` pixels at this zoom, the largest first. */
export function merged(spots: readonly Spot[], zoom: number, gap: number): Marker[] {
  const step = gap / (512 * 2 ** zoom);
  const groups: Group[] = [];
  const grid = new Map<string, Group[]>();
  const columns = Math.max(1, Math.floor(1 / step));
  const column = (x: number) => ((Math.floor(x / step) % columns) + columns) % columns;
  for (const spot of [...spots].sort((a, b) => b.count - a.count)) {
    const { x, y } = project(spot);
    const row = Math.floor(y / step);
    const near = neighbour(grid, column(x), row, columns, x, y, step);
    if (near) near.members.push(spot);
    else {
      const group = { members: [spot], x, y };
      groups.push(group);
      const key = `${column(x)}:${row}`;
      grid.set(key, [...(grid.get(key) ?? []), group]);
    }
  }
  return groups.map(toMarker);
}

function neighbour(
  grid: Map<string, Group[]>,
  column: number,
  row: number,
  columns: number,
  x: number,
  y: number,
  step: number,
): Group | null {
  // The last column is wider where the step does not divide the world, so two columns back are looked at.
  for (let dc = -2; dc <= 2; dc++) {
    for (let dr = -1; dr <= 1; dr++) {
      for (const group of grid.get(`${(column + dc + columns) % columns}:${row + dr}`) ?? []) {
        const dx = Math.abs(group.x - x);
        if (Math.hypot(Math.min(dx, 1 - dx), group.y - y) < step) return group;
      }
    }
  }
  return null;
}

function toMarker({ members }: Group): Marker {
  // The largest, if there is a picture of it.
  const lead = members.find(({ coverTag }) => coverTag !== 0) ?? (members[0] as Spot);
  const count = members.reduce((sum, spot) => sum + spot.count, 0);
  const box = bounds(members) as BoundingBox;
  return {
    key: lead.coverId,
    lng: lead.lng,
    lat: lead.lat,
    count,
    coverId: lead.coverId,
    coverTag: lead.coverTag,
    box,
    members,
  };
}

/** Diameter of a circle: grows slowly with what it stands for. */
export function diameter(count: number): number {
  return Math.round(44 + 8 * Math.min(3, Math.log10(Math.max(1, count))));
}

/** Those on screen (or nearly), largest last so that they lie on top. */
export function placed(markers: readonly Marker[], view: View, screen: Screen): Placed[] {
  return markers
    .map((marker) => ({ marker, size: diameter(marker.count), ...worldToScreen(view, screen, project(marker)) }))
    .filter(
      ({ left, top, size }) => left > -size && top > -size && left < screen.width + size && top < screen.height + size,
    )
    .sort((a, b) => a.marker.count - b.marker.count);
}
