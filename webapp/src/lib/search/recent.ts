/** Searches that this browser itself remembered before the server did: handed over once. */

type Shelf = Pick<Storage, 'getItem' | 'removeItem'>;

const KEY = 'tessera:searches';

/** The oldest first; they are gone from here then. */
export function takeLocal(shelf: Shelf): string[] {
  try {
    const kept = shelf.getItem(KEY);
    shelf.removeItem(KEY);
    const found: unknown = JSON.parse(kept ?? '[]');
    return Array.isArray(found) ? found.filter((text) => typeof text === 'string').reverse() : [];
  } catch {
    // Spoiled, or without storage: there is nothing to take over.
    return [];
  }
}
