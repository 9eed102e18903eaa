/** Places in a film, in seconds: how they are written, and how far a key leads. */

import { duration } from '$lib/i18n/viewer';

/** `0:12`: the second that has begun; at the very end, all of its length. */
export function placeName(at: number, length: number): string {
  if (length > 0 && at >= length - 0.05) return duration(length * 1000);
  const whole = Math.floor(Math.max(0, at)) * 1000;
  // A film of 1:04.8 is called one of 1:05, and 0:00 is where each begins.
  return whole === 0 ? '0:00' : duration(whole);
}

/** The length in seconds: as the browser found it, or else as the server did; 0 where neither knows. */
export function lengthOf(found: number, durationMs: number | null | undefined): number {
  return Number.isFinite(found) && found > 0 ? found : (durationMs ?? 0) / 1000;
}

/** What an arrow winds: five seconds, less in short films. */
export function stepOf(length: number): number {
  return Math.min(5, Math.max(length / 20, 0.1));
}

/** The last place that a wind leads to: not quite the end, where it would be over. */
export function within(to: number, length: number): number {
  return Math.max(0, Math.min(to, length - Math.min(0.1, length / 20)));
}

/** How far it is loaded from `at` on without a gap. */
export function loadedFrom(at: number, ranges: Pick<TimeRanges, 'length' | 'start' | 'end'>): number {
  for (let i = 0; i < ranges.length; i++) {
    if (ranges.start(i) <= at + 0.1 && ranges.end(i) >= at) return ranges.end(i);
  }
  return at;
}
