/** Where pointers and keys lead along a slider. */

interface Scale {
  max: number;
  step: number;
  page: number;
}

export function clamp(value: number, max: number): number {
  return Math.min(Math.max(value, 0), max);
}

/** The value under a pointer; beyond the ends, the end. */
export function placeOf(x: number, line: { left: number; width: number }, max: number): number {
  return line.width > 0 ? clamp((x - line.left) / line.width, 1) * max : 0;
}

/** The value that a key leads to, or null where it means nothing here. */
export function valueForKey(key: string, value: number, { max, step, page }: Scale): number | null {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return clamp(value - step, max);
    case 'ArrowRight':
    case 'ArrowUp':
      return clamp(value + step, max);
    case 'PageDown':
      return clamp(value - page, max);
    case 'PageUp':
      return clamp(value + page, max);
    case 'Home':
      return 0;
    case 'End':
      return max;
    default:
      return null;
  }
}
