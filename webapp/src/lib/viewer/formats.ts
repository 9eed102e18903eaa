/** What the browser can show of an original as it is. */

const SHOWN = new Set(['JPEG', 'PNG', 'APNG', 'GIF', 'WEBP', 'AVIF', 'BMP']);
/** Kinds that may be animations. */
const MOVING = new Set(['GIF', 'PNG', 'APNG', 'WEBP', 'AVIF']);

/** True where an `<img>` can show the original, so that zooming reaches its own pixels. */
export function showsOriginal(format: string): boolean {
  return SHOWN.has(format.toUpperCase());
}

/** True where the original moves and its preview is a still. Of pictures, only animations have a length. */
export function moves(format: string, durationMs: number | null): boolean {
  return durationMs !== null && MOVING.has(format.toUpperCase());
}
