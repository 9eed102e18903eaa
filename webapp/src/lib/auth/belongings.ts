/** Who uses this browser, and what of theirs it keeps. */

type Shelf = Pick<Storage, 'length' | 'key' | 'getItem' | 'setItem' | 'removeItem'>;

/** What begins so belongs to one person; what begins with `tessera.` to the browser. */
const THEIRS = 'tessera:';
const PERSON = `${THEIRS}person`;
/** Searches that browsers kept before the server did: whose they are nobody knows, so they are told to nobody. */
const SEARCHES = `${THEIRS}searches`;
const START = '/photos';

/** Somebody is signed in: what another person left here goes. */
export function handOver(shelf: Shelf, person: string): void {
  try {
    shelf.removeItem(SEARCHES);
    if (shelf.getItem(PERSON) === person) return;
    const names = Array.from({ length: shelf.length }, (_, index) => shelf.key(index));
    for (const name of names) if (name?.startsWith(THEIRS)) shelf.removeItem(name);
    shelf.setItem(PERSON, person);
  } catch {
    // Where nothing can be kept, nothing was left.
  }
}

/** Where signing in leads: to the page that was wanted, if it is one of ours. */
export function whither(wanted: string | null, from: URL): string {
  if (!wanted?.startsWith('/')) return START;
  // As the browser reads it, which passes over tabs and takes `\` for `/`.
  const to = URL.parse(wanted, from);
  return to?.origin === from.origin ? to.pathname + to.search + to.hash : START;
}
