/** Where in a country its name is written. */

import type { Ring } from './outline';

/** On the unit square. */
export interface Seat {
  x: number;
  y: number;
  width: number;
}

/** Parallels that are tried. */
const LINES = 24;
/** Seats of a country, and how far they lie apart at least, as a share of its height. */
const [MOST, APART] = [3, 0.16];

/**
 * The middles of wide stretches of land along parallels, rather near the country's middle than its edges, the best first. The
 * middle of what lies around a country may be its neighbour (Croatia) or the sea (Vietnam).
 */
export function seatsOf(ring: Ring): Seat[] {
  const height = ring.bottom - ring.top;
  const tried: (Seat & { weight: number })[] = [];
  for (let line = 0; line < LINES; line++) {
    const share = (line + 0.5) / LINES;
    const y = ring.top + height * share;
    const crossings = crossingsOf(ring.points, y);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const [from, to] = [crossings[i]!, crossings[i + 1]!];
      const weight = Math.sqrt(to - from) * (1 - 1.4 * Math.abs(share - 0.5));
      tried.push({ x: (from + to) / 2, y, width: to - from, weight });
    }
  }
  tried.sort((a, b) => b.weight - a.weight);
  const seats: Seat[] = [];
  for (const { x, y, width } of tried) {
    if (seats.length < MOST && seats.every((other) => Math.abs(other.y - y) >= height * APART))
      seats.push({ x, y, width });
  }
  return seats;
}

/** Where a ring crosses a parallel, from west to east: it is entered and left by turns. */
function crossingsOf(points: Float64Array, y: number): number[] {
  const found: number[] = [];
  for (let i = 0; i + 3 < points.length; i += 2) {
    const [x1, y1, x2, y2] = [points[i]!, points[i + 1]!, points[i + 2]!, points[i + 3]!];
    if (y1 <= y !== y2 <= y) found.push(x1 + ((y - y1) / (y2 - y1)) * (x2 - x1));
  }
  return found.sort((a, b) => a - b);
}
