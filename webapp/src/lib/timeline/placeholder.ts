/** ThumbHash → a small picture to stand in for the photo, in its colours. Decoded when first shown, and kept. */
import { thumbHashToAverageRGBA, thumbHashToDataURL } from 'thumbhash';

const KEPT = 800;
const urls = new Map<string, string>();

/** A CSS background; only one colour where there is no time for more. */
export function placeholder(hex: string, brief = false): string | undefined {
  if (!hex) return undefined;
  const known = urls.get(hex);
  if (known) return known;
  const hash = Uint8Array.from({ length: hex.length / 2 }, (_, i) => parseInt(hex.slice(i * 2, i * 2 + 2), 16));
  if (brief) {
    const { r, g, b } = thumbHashToAverageRGBA(hash);
    return `rgb(${[r, g, b].map((part) => Math.round(part * 255)).join(' ')})`;
  }
  const background = `center / cover url("${thumbHashToDataURL(hash)}")`;
  if (urls.size >= KEPT) urls.delete(urls.keys().next().value!);
  urls.set(hex, background);
  return background;
}
