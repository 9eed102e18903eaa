/** What a circle stands for, down to its single photographs, and whether all of these lie at one spot. */

import { bounds, metresPerWorld, wrapLongitude, type BoundingBox, type LngLat } from './projection';
import type { Spot } from './markers';

/** Metres from end to end that no zoom takes apart: at the closest one, circles within 9 metres are one. */
const ONE_SPOT = 20;
/** The edge of H3's coarsest hexagons in metres; each finer one is √7 times shorter. */
const COARSEST_EDGE = 1_281_256;
/** From a point of a hexagon to its farthest corner, in edges; some hexagons are longer than others. */
const ACROSS = 2.4;
const METRES_PER_DEGREE = 111_320;
/** Each look takes cells apart into ones seven to fifty times smaller; the coarsest need five. */
const MOST_LOOKS = 6;

/** Whether photographs lie so close together that only spreading them out shows each. */
export function atOneSpot(spots: readonly Spot[]): boolean {
  const box = bounds(spots);
  return box !== null && spots.every(isPhoto) && extent(box) <= ONE_SPOT;
}

function isPhoto({ cell }: Spot): boolean {
  return cell === undefined;
}

/** The longer side of a box in metres. */
function extent({ west, south, east, north }: BoundingBox): number {
  const width = (((east - west + 360) % 360) / 360) * metresPerWorld((south + north) / 2);
  return Math.max(width, (north - south) * METRES_PER_DEGREE);
}

/** How far from where a cell is drawn its photographs may lie, in metres. */
export function reachOf(cell: string | undefined): number {
  // An index of H3 in hex: the second digit is its resolution.
  const resolution = cell === undefined ? NaN : parseInt(cell.charAt(1), 16);
  return Number.isNaN(resolution) ? 0 : (ACROSS * COARSEST_EDGE) / 7 ** (resolution / 2);
}

/** A box around everything that spots may stand for. */
export function boxAround(spots: readonly Spot[]): BoundingBox | null {
  const corners = spots.flatMap((spot) => {
    const reach = Math.max(reachOf(spot.cell), ONE_SPOT);
    const [north, east] = [reach / METRES_PER_DEGREE, (360 * reach) / metresPerWorld(spot.lat)];
    const around = (lat: number, lng: number): LngLat => ({
      lat: Math.min(Math.max(lat, -90), 90),
      lng: wrapLongitude(lng),
    });
    return [around(spot.lat - north, spot.lng - east), around(spot.lat + north, spot.lng + east)];
  });
  return bounds(corners);
}

/**
 * Looks ever closer until a heap is taken apart; null where that can't be done, as where others lie in between. `ask`
 * says what lies in a box.
 */
export async function photosOf(
  spots: readonly Spot[],
  ask: (box: BoundingBox) => Promise<readonly Spot[]>,
): Promise<readonly Spot[] | null> {
  const count = countOf(spots);
  let here = spots;
  for (let looks = 0; looks < MOST_LOOKS && !here.every(isPhoto); looks++) {
    const box = boxAround(here);
    const found = box ? await ask(box) : [];
    if (countOf(found) !== count) return null;
    here = found;
  }
  return here.every(isPhoto) ? here : null;
}

function countOf(spots: readonly Spot[]): number {
  return spots.reduce((sum, { count }) => sum + count, 0);
}
