/** What a finger that lets go of the fitted picture meant. */

import type { Point, Size } from './zoom';

export type Swipe = 'previous' | 'next' | 'close' | 'stay';

/** A flick faster than this (pixels per millisecond) counts however short it was. */
const FLICK = 0.4;
const LEAST = 24;

/** Decides by the way gone and the speed at the end; a flick back cancels. */
export function swipe(offset: Point, speed: Point, stage: Size): Swipe {
  if (Math.abs(offset.x) >= Math.abs(offset.y)) {
    const far = Math.abs(offset.x) > stage.width / 3;
    const flicked = Math.abs(speed.x) > FLICK && Math.abs(offset.x) > LEAST;
    const turned = Math.abs(speed.x) > FLICK && Math.sign(speed.x) !== Math.sign(offset.x);
    if (turned || !(far || flicked)) return 'stay';
    return offset.x > 0 ? 'previous' : 'next';
  }
  const down = offset.y > LEAST && speed.y > -FLICK && (offset.y > stage.height / 6 || speed.y > FLICK);
  return down ? 'close' : 'stay';
}
