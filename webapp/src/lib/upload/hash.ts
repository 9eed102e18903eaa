/** SHA-1 of a file in pieces, so that a film of many gigabytes needs a few megabytes of memory. */

import { sha1 } from '@noble/hashes/legacy.js';
import { bytesToHex } from '@noble/hashes/utils.js';

const PIECE = 4 * 1024 * 1024;
/** Up to here the browser's own SHA-1 takes the whole file; it is faster, but can't go in pieces. */
const WHOLE = 32 * 1024 * 1024;

/** Hashes a file; `progress` gets the bytes done and may stop the work by answering false. */
export async function sha1Of(file: Blob, progress: (done: number) => boolean): Promise<string> {
  // Browsers offer `subtle` only over HTTPS and on localhost; at home many open the library by plain HTTP.
  if (file.size <= WHOLE && globalThis.crypto?.subtle) {
    const digest = await crypto.subtle.digest('SHA-1', await file.arrayBuffer());
    return bytesToHex(new Uint8Array(digest));
  }
  return inPieces(file, progress);
}

/** The way without the browser's help. */
export async function inPieces(file: Blob, progress: (done: number) => boolean): Promise<string> {
  const hash = sha1.create();
  for (let at = 0; at < file.size; at += PIECE) {
    const end = Math.min(at + PIECE, file.size);
    hash.update(new Uint8Array(await file.slice(at, end).arrayBuffer()));
    if (!progress(end)) throw new DOMException('stopped', 'AbortError');
  }
  return bytesToHex(hash.digest());
}
