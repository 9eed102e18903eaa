/** The blurred colours of a picture, from its ThumbHash. */

import { thumbHashToDataURL } from 'thumbhash';

const kept = new Map<string, string>();
const MOST = 200;

/** A tiny picture as a data address; empty where there is no hash. */
export function placeholder(hex: string | null | undefined): string {
  if (!hex) return '';
  const known = kept.get(hex);
  if (known !== undefined) return known;
  const bytes = (hex.match(/../g) ?? []).map((pair) => parseInt(pair, 16));
  const made = bytes.length >= 5 ? thumbHashToDataURL(bytes) : '';
  const [oldest] = kept.keys();
  if (kept.size >= MOST && oldest !== undefined) kept.delete(oldest);
  kept.set(hex, made);
  return made;
}
