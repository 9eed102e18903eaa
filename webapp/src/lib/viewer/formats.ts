/** What the browser can show of an original as it is. */

const SHOWN = new Set(['JPEG', 'PNG', 'APNG', 'GIF', 'WEBP', 'AVIF', 'BMP']);
const MOVING = new Set(['GIF', 'APNG']);

/** True where an `<img>` can show the original, so that zooming reaches its own pixels. */
export function showsOriginal(format: string): boolean {
  return SHOWN.has(format.toUpperCase());
}

/** True where only the original moves; its preview is a still. */
export function moves(format: string): boolean {
  return MOVING.has(format.toUpperCase());
}
