/** When a search counts as made, so that it is remembered: by Enter, by opening what it found, or by staying. */

/** Whoever only passes by is gone by then. */
export const STAYS_MS = 6000;

export interface Visit {
  text: string;
  /** What somebody has asked for by Enter. */
  asked: string;
  /** A photo is open over the results. */
  opened: boolean;
}

/** So many milliseconds from now on. */
export function madeAfter({ text, asked, opened }: Visit): number {
  return opened || asked === text ? 0 : STAYS_MS;
}
