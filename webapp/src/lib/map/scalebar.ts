/** A round distance and how long it is on screen. */

import { metresPerWorld, unproject } from './projection';
import { scaleOf, type View } from './view';

export interface ScaleBar {
  metres: number;
  pixels: number;
}

/** The largest of 1, 2, 3, 5 × 10ⁿ metres that fits into `room` pixels: never less than half of them. */
export function scaleBar(view: View, room: number): ScaleBar {
  const perPixel = metresPerWorld(unproject(view).lat) / scaleOf(view.zoom);
  const most = perPixel * room;
  const power = 10 ** Math.floor(Math.log10(most));
  const metres = ([5, 3, 2, 1].find((n) => n * power <= most) ?? 1) * power;
  return { metres, pixels: metres / perPixel };
}
