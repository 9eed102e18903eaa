/** How a track is held against photographs, as people choose it. */

export type Clock = 'right' | 'slow' | 'fast';

export interface Choice {
  /** What the camera's clock was. */
  clock: Clock;
  /** By so much, as it is typed: `1:00`, `0:03:20`, `2d 0:30`. */
  by: string;
  /** Seconds that the nearest point of the track may be away. */
  gap: number;
  onlyWithoutPosition: boolean;
  /** Only what this search finds; empty for all. */
  search: string;
}

export const GAPS = [60, 300, 900, 3600, 21_600, 86_400] as const;

export const DEFAULT: Choice = { clock: 'right', by: '', gap: 300, onlyWithoutPosition: true, search: '' };

/** Seconds of `1:00`, `0:03:20` or `2d 0:30`; null where it is none of these. */
export function readSpan(text: string): number | null {
  const match = /^(?:(\d{1,5}) *d(?:ays?)?)?\s*(?:(\d{1,3}):([0-5]\d)(?::([0-5]\d))?)?$/.exec(text.trim());
  if (!match || match[0] === '') return null;
  const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
  ];
  const span = days * 86_400 + hours * 3600 + minutes * 60 + seconds;
  // What the server's number holds.
  return span < 2 ** 31 ? span : null;
}

/** What is added to each photo's time; null where it can't be read yet. A clock that was slow says too little. */
export function shiftOf({ clock, by }: Choice): number | null {
  if (clock === 'right') return 0;
  const span = readSpan(by);
  return span === null ? null : clock === 'slow' ? span : 0 - span;
}
