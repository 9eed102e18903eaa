/**
 * Files that were on their way when the page was closed. A page can't open files by itself again, but it knows
 * them when the person picks them, and the transfer goes on where it was.
 */

import type { Item } from './item';

export interface Leftover {
  fingerprint: string;
  path: string;
  size: number;
  at: number;
}

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const KEY = 'tessera:uploads';
/** Local storage is small; beyond this only the number is of use, and a re-picked folder brings them all. */
const MOST = 5_000;
/** The server lets go of partial uploads after a while; so does this list. */
const KEPT_MS = 14 * 24 * 3600 * 1000;

/** What an earlier visit left. */
export function readLeftovers(shelf: Shelf, now: number): Leftover[] {
  try {
    const found: unknown = JSON.parse(shelf.getItem(KEY) ?? '[]');
    return Array.isArray(found)
      ? found.filter((entry): entry is Leftover => valid(entry) && now - entry.at < KEPT_MS)
      : [];
  } catch {
    return [];
  }
}

/** Notes what is unfinished now, and what an earlier visit left and nobody picked again. */
export function writeLeftovers(shelf: Shelf, items: readonly Item[], earlier: readonly Leftover[], now: number): void {
  const open = items.filter(
    ({ status }) => status !== 'done' && status !== 'duplicate' && status !== 'cancelled' && status !== 'failed',
  );
  const here = new Set(items.map(({ fingerprint }) => fingerprint));
  const entries = [
    ...open.map(({ fingerprint, path, file }) => ({ fingerprint, path, size: file.size, at: now })),
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
  const { fingerprint, path, size, at } = (entry ?? {}) as Record<string, unknown>;
  return (
    typeof fingerprint === 'string' && typeof path === 'string' && typeof size === 'number' && typeof at === 'number'
  );
}
