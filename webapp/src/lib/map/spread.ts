/** Where circles lie that are spread out around one spot. */

import type { Pixel, Screen } from './view';

/** So many lie on one circle. */
const MOST_ON_ONE = 12;
/** Circles that are few lie no closer to the middle, in steps. */
const NEAREST = 0.75;
/** The innermost of several rings has room for eight. */
const INNERMOST = touching(8);

/** Offsets of so many circles, `step` pixels or more from each other: on rings around the middle, from the top on. */
export function spreadOut(count: number, step: number): Pixel[] {
  return ringsFor(count).flatMap(({ radius, count: ring }) =>
    Array.from({ length: ring }, (_, n) => {
      const angle = (n / ring) * 2 * Math.PI - Math.PI / 2;
      return { left: Math.cos(angle) * radius * step, top: Math.sin(angle) * radius * step };
    }),
  );
}

interface RingOf {
  /** In steps. */
  radius: number;
  count: number;
}

/** One ring for a few; for more as many as they need, each as full as the others. */
function ringsFor(count: number): RingOf[] {
  if (count < 2) return [{ radius: 0, count }];
  if (count <= MOST_ON_ONE) return [{ radius: Math.max(NEAREST, touching(count)), count }];
  const rings: RingOf[] = [];
  let room = 0;
  for (let radius = INNERMOST; room < count; radius++) {
    const capacity = capacityOf(radius);
    rings.push({ radius, count: capacity });
    room += capacity;
  }
  // From the outermost inwards, each takes its share of what is left.
  let left = count;
  for (const ring of rings.toReversed()) {
    const share = Math.ceil((left * ring.count) / room);
    room -= ring.count;
    ring.count = share;
    left -= share;
  }
  return rings;
}

/** The radius, in steps, at which so many circles on a ring touch. */
function touching(count: number): number {
  return 1 / (2 * Math.sin(Math.PI / count));
}

/** How many circles a ring of this radius has room for. */
function capacityOf(radius: number): number {
  return Math.floor(Math.PI / Math.asin(1 / (2 * radius)) + 1e-9);
}

/** From the middle to the outermost rim. */
export function rimOf(places: readonly Pixel[], step: number): number {
  return Math.max(0, ...places.map(({ left, top }) => Math.hypot(left, top))) + step / 2;
}

/** The middle, moved so far that all of it is on screen, where it fits. */
export function within(middle: Pixel, rim: number, { width, height }: Screen): Pixel {
  const clamp = (at: number, length: number) =>
    2 * rim > length ? length / 2 : Math.min(Math.max(at, rim), length - rim);
  return { left: clamp(middle.left, width), top: clamp(middle.top, height) };
}
