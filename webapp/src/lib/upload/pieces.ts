/** How much goes in one request. */

const MOST = 64 * 1024 * 1024;
const LEAST = 1024 * 1024;

let size = MOST;

export function pieceSize(): number {
  return size;
}

/** A proxy in between allows less; false where it can't get smaller. */
export function shrinkPieces(): boolean {
  if (size <= LEAST) return false;
  size = Math.max(LEAST, Math.floor(size / 8));
  return true;
}
