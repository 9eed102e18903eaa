/** Ways over the map: from degrees to the unit square, and from there onto a canvas. */

import { visibleCopies } from './draw';
import { nearestCopy, project, type LngLat } from './projection';
import { scaleOf, type Screen, type View } from './view';

/** Degrees in two columns of equal length, point by point. */
export interface Line {
  latitudes: readonly number[];
  longitudes: readonly number[];
}

/** x and y in turn on the unit square. A way goes on beyond its edge where it crosses the antimeridian. */
export type Way = Float64Array;

export function wayOf({ latitudes, longitudes }: Line): Way {
  const way = new Float64Array(2 * Math.min(latitudes.length, longitudes.length));
  for (let i = 0; i < way.length; i += 2) {
    const { x, y } = project({ lat: latitudes[i / 2] ?? 0, lng: longitudes[i / 2] ?? 0 });
    way[i] = i === 0 ? x : nearestCopy(x, way[i - 2] ?? x);
    way[i + 1] = y;
  }
  return way;
}

export function placesOf(lines: readonly Line[]): LngLat[] {
  return lines.flatMap(({ latitudes, longitudes }) => latitudes.map((lat, i) => ({ lat, lng: longitudes[i] ?? 0 })));
}

/** Lays ways as one path, in every copy of the world on screen. */
export function layWays(context: CanvasRenderingContext2D, ways: readonly Way[], view: View, screen: Screen): void {
  const scale = scaleOf(view.zoom);
  const top = screen.height / 2 - view.y * scale;
  context.beginPath();
  for (const copy of visibleCopies(view, screen)) {
    const left = screen.width / 2 - (view.x - copy) * scale;
    for (const way of ways) {
      context.moveTo((way[0] ?? 0) * scale + left, (way[1] ?? 0) * scale + top);
      for (let i = 2; i < way.length; i += 2) {
        context.lineTo((way[i] ?? 0) * scale + left, (way[i + 1] ?? 0) * scale + top);
      }
    }
  }
}
