/** How much goes in one request. */

const MOST = 64 * 1024 * 1024;
const LEAST = 1024 * 1024;

let size = MOST;

export function pieceSize(): number {
  return size;
}

/** Tells what the server allows in one request. */
export function limitPieces(bytes: number): void {
  if (bytes > 0) size = Math.max(LEAST, Math.min(size, bytes));
}

/** A proxy in between allows less; false where it can't get smaller. */
export function shrinkPieces(): boolean {
  if (size <= LEAST) return false;
  size = Math.max(LEAST, Math.floor(size / 8));
  return true;
}
