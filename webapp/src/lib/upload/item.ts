/** One file on its way to the library. */

import { passes, type Problem } from './problem';

/**
 * waiting → hashing → checking → ready → sending → done | duplicate; failed and cancelled end it from anywhere,
 * and `retry` starts it again.
 */
export type Status =
  'waiting' | 'hashing' | 'checking' | 'ready' | 'sending' | 'done' | 'duplicate' | 'failed' | 'cancelled';

export interface Item {
  readonly id: number;
  readonly file: File;
  /** What lies beside it and speaks of it (XMP); null where nothing does. */
  readonly sidecar: File | null;
  /** Path within what was dropped, `Lisbon/IMG_1.jpg`; the bare name for single files. */
  readonly path: string;
  readonly libraryId: string;
  /** The same for the same file picked again, also after a restart. */
  readonly fingerprint: string;
  status: Status;
  sha1: string | null;
  /** Bytes hashed or sent, by status. */
  progress: number;
  /** Failed tries in a row without any progress. */
  attempts: number;
  /** Not before this time (ms) again; 0 = at once. */
  retryAt: number;
  assetId: string | null;
  /** The library that had it already; null where it came by this upload. */
  foundIn: string | null;
  problem: Problem | null;
  /** Until when (ms) the server keeps what was sent of it; null where it hasn't said. */
  keptUntil: number | null;
}

/** A file as it was dropped or chosen. */
export interface Picked {
  file: File;
  path: string;
  /** What lies beside it and speaks of it (XMP). */
  sidecar?: File;
}

export function finished(status: Status): boolean {
  return status === 'done' || status === 'duplicate' || status === 'failed' || status === 'cancelled';
}

/** True where a file has failed, or was cancelled, and may go again. */
export function mayRetry({ status, problem }: Pick<Item, 'status' | 'problem'>): boolean {
  return status === 'cancelled' || (status === 'failed' && (problem === null || passes(problem)));
}

/** Tells a file from others without reading it. */
export function fingerprint(libraryId: string, { file, path }: Picked): string {
  return ['tessera', libraryId, path, file.size, file.lastModified].join('|');
}
