import { thumbHashToAverageRGBA } from 'thumbhash';

/** The colour of a picture that is still to come, from its ThumbHash in hex. */
export function colourOf(hex: string | null | undefined): string | undefined {
  const bytes = (hex?.match(/../g) ?? []).map((pair) => parseInt(pair, 16));
  if (bytes.length < 5) return undefined;
  const { r, g, b } = thumbHashToAverageRGBA(bytes);
  return `rgb(${[r, g, b].map((part) => Math.round(part * 255)).join(' ')})`;
}
