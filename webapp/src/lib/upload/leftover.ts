/**
 * Files that were on their way when the page was closed. A page can't open files by itself again, but it knows
 * them when the person picks them, and the transfer goes on where it was.
 */

import type { Item } from './item';

export interface Leftover {
  fingerprint: string;
  path: string;
  size: number;
  /** When it is forgotten, ms. */
  until: number;
}

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const KEY = 'tessera:uploads';
/** Local storage is small; beyond this only the number is of use, and a re-picked folder brings them all. */
const MOST = 5_000;
/** For files of which the server has nothing yet, so that it has no say in how long. */
const KEPT_MS = 7 * 24 * 3600 * 1000;

/** What an earlier visit left. */
export function readLeftovers(shelf: Shelf, now: number): Leftover[] {
  try {
    const found: unknown = JSON.parse(shelf.getItem(KEY) ?? '[]');
    return Array.isArray(found) ? found.filter((entry): entry is Leftover => valid(entry) && now < entry.until) : [];
  } catch {
    return [];
  }
}

/**
 * Notes what is unfinished now, for as long as the server keeps it, and what an earlier visit left and nobody picked
 * again.
 */
export function writeLeftovers(shelf: Shelf, items: readonly Item[], earlier: readonly Leftover[], now: number): void {
  const open = items.filter(
    ({ status }) => status !== 'done' && status !== 'duplicate' && status !== 'cancelled' && status !== 'failed',
  );
  const here = new Set(items.map(({ fingerprint }) => fingerprint));
  const entries = [
    ...open.map(({ fingerprint, path, file, keptUntil }) => ({
      ...{ fingerprint, path, size: file.size },
      until: keptUntil ?? now + KEPT_MS,
    })),
    ...earlier.filter(({ fingerprint }) => !here.has(fingerprint)),
  ].slice(0, MOST);
  try {
    if (entries.length === 0) shelf.removeItem(KEY);
    else shelf.setItem(KEY, JSON.stringify(entries));
  } catch {
    // A full or forbidden storage costs the list, not the upload.
  }
}

function valid(entry: unknown): entry is Leftover {
  const { fingerprint, path, size, until } = (entry ?? {}) as Record<string, unknown>;
  return (
    typeof fingerprint === 'string' && typeof path === 'string' && typeof size === 'number' && typeof until === 'number'
  );
}
