/** Aspect ratios travel as one byte: width/height = 2^((byte − 128) / 32), 0 = not known yet. */

export const UNKNOWN_RATIO = 4 / 3;
/** Narrower or wider pictures are cropped in the grid. */
export const NARROWEST = 0.42;
const WIDEST = 5;

export function ratioOf(byte: number): number {
  return byte === 0 ? UNKNOWN_RATIO : 2 ** ((byte - 128) / 32);
}

/**
 * Width of a tile for each byte, in a row as high as wanted; none is wider than a whole row. The values are multiples
 * of 1/64 of a pixel, so that their sums are exact in any order.
 */
export function tileWidths({ width, rowHeight }: { width: number; rowHeight: number }): Float64Array {
  const widest = Math.max(1, Math.min(WIDEST, width / rowHeight));
  return Float64Array.from({ length: 256 }, (_, byte) => {
    const ratio = Math.min(widest, Math.max(NARROWEST, ratioOf(byte)));
    return Math.round(ratio * rowHeight * 64) / 64;
  });
}
