/** The last searches of this browser; they go nowhere else. */

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const KEY = 'tessera:searches';
const KEPT = 8;

export function readRecent(shelf: Shelf): string[] {
  try {
    const found: unknown = JSON.parse(shelf.getItem(KEY) ?? '[]');
    return Array.isArray(found) ? found.filter((text) => typeof text === 'string').slice(0, KEPT) : [];
  } catch {
    return [];
  }
}

/** Puts a search in front; the same one is there once. Answers the new list. */
export function noteRecent(shelf: Shelf, text: string): string[] {
  const wanted = text.trim();
  const others = readRecent(shelf).filter((other) => other.toLowerCase() !== wanted.toLowerCase());
  return write(shelf, wanted ? [wanted, ...others].slice(0, KEPT) : others);
}

export function forgetRecent(shelf: Shelf, text: string): string[] {
  return write(
    shelf,
    readRecent(shelf).filter((other) => other !== text),
  );
}

function write(shelf: Shelf, list: string[]): string[] {
  try {
    if (list.length > 0) shelf.setItem(KEY, JSON.stringify(list));
    else shelf.removeItem(KEY);
  } catch {
    // Without storage there is no memory, and searching works all the same.
  }
  return list;
}
