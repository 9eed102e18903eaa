/** In which size a film is played: as it is, in one of the sizes made of it, or in whichever the connection carries. */

/** `full`: the film itself; a number: the short side of a smaller one. */
export type Quality = 'full' | 'auto' | number;

/** Where a film is to be had, in all ways that there are. */
export interface Offer {
  /** The film itself; empty where it is only to be had in smaller sizes. */
  file: string;
  /** That is the original, not one made anew. */
  original: boolean;
  /** The list of its sizes; null where it is not streamed. */
  stream: string | null;
  /** The short sides in that list, the largest first. */
  sizes: readonly number[];
}

/** As browsers tell of the connection, where they do. */
export interface Connection {
  saveData?: boolean;
  effectiveType?: string;
}

/** Whatever was kept, made usable; null where nobody has chosen. */
export function qualityOf(kept: unknown): Quality | null {
  if (kept === 'full' || kept === 'auto') return kept;
  return typeof kept === 'number' && Number.isInteger(kept) && kept > 0 ? kept : null;
}

/**
 * Whether a connection is known to be slow. The megabits that a browser names are its own guess where it has measured
 * nothing, as on a network at home, and are not asked.
 */
export function slow({ saveData, effectiveType }: Connection): boolean {
  return saveData === true || (effectiveType !== undefined && effectiveType !== '4g');
}

/** What is played of a film: what was chosen, as far as there is such a thing; else what the connection is good for. */
export function played(chosen: Quality | null, offer: Offer, connection: Connection): Quality {
  if (!offer.stream) return 'full';
  if (offer.file === '' && (chosen === null || chosen === 'full')) return 'auto';
  if (chosen === null) return slow(connection) ? 'auto' : 'full';
  if (typeof chosen === 'string') return chosen;
  // A film that is no larger than what was chosen once is played as it is.
  return offer.sizes.find((size) => size <= chosen) === offer.sizes[0] && chosen > (offer.sizes[0] ?? 0)
    ? 'full'
    : (offer.sizes.find((size) => size <= chosen) ?? offer.sizes.at(-1) ?? 'full');
}

/** The address of what is played. */
export function addressOf(quality: Quality, { file, stream }: Offer): string {
  if (!stream || (quality === 'full' && file !== '')) return file;
  return typeof quality === 'string' ? stream : stream.replace(/[^/]*$/, `${quality}.m3u8`);
}

/** The address of one list that tells how far the server has made it. */
export function listOf(quality: Quality, offer: Offer): string {
  return addressOf(quality === 'auto' ? (offer.sizes.at(-1) ?? quality) : quality, offer);
}
