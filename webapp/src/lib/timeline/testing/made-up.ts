/** Libraries made of random numbers, for tests and benches. */
import type { Columns } from '../columns';

export type Random = () => number;

/** The same numbers for the same seed (mulberry32). */
export function seeded(seed: number): Random {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Mostly 3:2, 4:3 and portraits of them, some squares, panoramas and not yet known. */
export function madeUpRatio(random: Random): number {
  const kinds = [147, 141, 109, 115, 128, 154, 0, 200, 90];
  const weights = [0.4, 0.7, 0.78, 0.88, 0.91, 0.95, 0.97, 0.98, 1];
  const at = random();
  return kinds[weights.findIndex((weight) => at < weight)]!;
}

export interface Day {
  number: number;
  ratios: number[];
}

export function columnsOf(days: Day[], version = '1'): Columns {
  const counts = Uint32Array.from(days, (day) => day.ratios.length);
  const starts = new Uint32Array(days.length + 1);
  counts.forEach((count, i) => (starts[i + 1] = starts[i]! + count));
  const ratios = new Uint8Array(starts[days.length]!);
  days.forEach((day, i) => ratios.set(day.ratios, starts[i]));
  return { version, days: Int32Array.from(days, (day) => day.number), counts, starts, ratios };
}

/** Days as people have them: many with few, some with hundreds. */
export function madeUpDays(assets: number, random: Random): Day[] {
  const days: Day[] = [];
  let number = 20_400;
  for (let left = assets; left > 0;) {
    const size = Math.min(left, Math.ceil(random() ** 4 * 400));
    days.push({ number, ratios: Array.from({ length: size }, () => madeUpRatio(random)) });
    left -= size;
    number -= 2 + Math.floor(random() * 3);
  }
  return days;
}
