// Cells of the map by another implementation of H3 than ours: Uber's own C code, compiled for browsers (h3-js).
// `node cells.mjs` writes them for crates/domain/tests/h3.rs; cells.spec.mjs proves them fresh.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as h3 from 'h3-js';

export const kept = join(import.meta.dirname, '../../crates/domain/tests/h3/cells.txt');

const POINTS = 10_000;
const STORED = 12;
const COUNTED = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const MICRO = 1e6;
const POLE = 90 * MICRO;
const ANTIMERIDIAN = 180 * MICRO;

/** Numbers of 32 bits that have nothing to do with each other (the last steps of MurmurHash3). */
function scattered(number) {
  let bits = Math.imul(number, 0x9e3779b1);
  bits ^= bits >>> 16;
  bits = Math.imul(bits, 0x85ebca6b);
  bits ^= bits >>> 13;
  bits = Math.imul(bits, 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** A point in millionths of a degree: of ten, five anywhere, one near each pole, one near the antimeridian, two near a
 * pentagon. How near varies from being there to ten degrees. */
function point(number, pentagons) {
  const [a, b] = [scattered(2 * number), scattered(2 * number + 1)];
  const step = Math.floor(number / 10);
  const reach = 10 ** (step % 8);
  let latitude = (a % (2 * POLE + 1)) - POLE;
  let longitude = (b % (2 * ANTIMERIDIAN + 1)) - ANTIMERIDIAN;
  const kind = number % 10;
  if (kind === 5) latitude = POLE - (a % reach);
  if (kind === 6) latitude = (a % reach) - POLE;
  if (kind === 7) longitude = (ANTIMERIDIAN - (b % reach)) * (step % 3 === 0 ? -1 : 1);
  if (kind > 7) {
    const [north, east] = pentagons[step % pentagons.length];
    latitude = Math.min(POLE, Math.max(-POLE, north + (a % (2 * reach - 1)) - reach + 1));
    longitude = east + (b % (2 * reach - 1)) - reach + 1;
    if (Math.abs(longitude) > ANTIMERIDIAN) longitude -= 2 * ANTIMERIDIAN * Math.sign(longitude);
  }
  return [latitude, longitude];
}

/** Cells of one resolution as one number, in which each has its place. */
const sum = (cells) =>
  cells.reduce((sum, cell, at) => BigInt.asUintN(64, sum + BigInt(at + 1) * BigInt(`0x${cell}`)), 0n);

/** All lines of the file. */
export function lines() {
  const micro = (degrees) => Math.round(degrees * MICRO);
  const pentagons = h3.getPentagons(0).map((cell) => h3.cellToLatLng(cell).map(micro));
  const points = Array.from({ length: POINTS }, (_, number) => point(number, pentagons));
  const cells = points.map(([latitude, longitude]) => h3.latLngToCell(latitude / MICRO, longitude / MICRO, STORED));
  const parents = COUNTED.map((resolution) => {
    const above = cells.map((cell) => h3.cellToParent(cell, resolution));
    const first = above.map((cell) => h3.childPosToCell(0, cell, STORED));
    const last = above.map((cell) => h3.childPosToCell(h3.cellToChildrenSize(cell, STORED) - 1, cell, STORED));
    return `parents ${resolution} ${[above, first, last].map(sum).join(' ')}`;
  });
  return [
    '# Written by tests/web/cells.mjs: pentagons in millionths of a degree; of each resolution sums over the parents',
    '# and over their first and last descendants; then the cell of each point.',
    ...pentagons.map((at) => `pentagon ${at.join(' ')}`),
    ...parents,
    ...cells,
  ];
}

if (process.argv[1] === import.meta.filename) writeFileSync(kept, `${lines().join('\n')}\n`);
