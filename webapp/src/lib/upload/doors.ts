/** The upload queue's way to the worker, the API and the clock. */

import { request, requestWithFile } from '$lib/api/client';
import { ApiError } from '$lib/api/error';
import { hashFile } from './hasher';
import type { Item } from './item';
import { problem, UploadError, type ProblemCode } from './problem';
import type { Doors, Known, Sent } from './queue';
import { SidecarUpload, UploadCheck } from './upload.gql';

export const doors: Doors = {
  hash: hashFile,
  check,
  async send(item, progress, signal) {
    const sent =
      item.assetId === null ? await transfer(item, progress, signal) : { assetId: item.assetId, duplicate: true };
    item.assetId = sent.assetId;
    if (item.sidecar && sent.assetId) await sendSidecar(sent.assetId, item.sidecar, signal);
    return sent;
  },
  discard: (item) => void import('./send').then(({ discard }) => discard(item)).catch(() => undefined),
  now: () => Date.now(),
  later(milliseconds, run) {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
  random: Math.random,
};

let own: readonly string[] = [];

/** The person's own libraries: what one of them has is not sent to another. */
export function knowOwn(libraryIds: readonly string[]): void {
  own = libraryIds;
}

async function check(libraryId: string, hashes: string[]): Promise<(Known | null)[]> {
  const found: (Known | null)[] = hashes.map(() => null);
  const others = own.includes(libraryId) ? own.filter((id) => id !== libraryId) : [];
  for (const library of [libraryId, ...others]) {
    const open = found.flatMap((known, at) => (known === null ? [at] : []));
    if (open.length === 0) break;
    const there = await ask(
      library,
      open.map((at) => hashes[at]!),
    );
    open.forEach((at, i) => {
      const assetId = there[i] ?? null;
      if (assetId !== null) found[at] = { assetId, libraryId: library };
    });
  }
  return found;
}

async function ask(libraryId: string, hashes: string[]): Promise<(string | null)[]> {
  try {
    return (await request(UploadCheck, { libraryId, hashes })).uploadCheck;
  } catch (error) {
    throw new UploadError(problem(codeOf(error)));
  }
}

/** Anything but signed out and a full disk is worth another try: nothing was sent yet. */
function codeOf(error: unknown): ProblemCode {
  if (!(error instanceof ApiError)) return 'offline';
  if (error.code === 'UNAUTHENTICATED') return 'signed-out';
  if (error.code === 'NO_SPACE') return 'no-space';
  return error.code === 'OFFLINE' || error.code === 'UNAVAILABLE' ? 'offline' : 'busy';
}

/** The transfer itself is loaded with the first file that needs it. */
async function transfer(item: Item, progress: (sent: number) => void, signal: AbortSignal): Promise<Sent> {
  return confirmed(item, await (await import('./send')).send(item, progress, signal));
}

/** Lays what lies beside a file over what it says itself. The file has arrived, whatever becomes of this. */
async function sendSidecar(assetId: string, sidecar: File, signal: AbortSignal): Promise<void> {
  try {
    const { userErrors } = (await requestWithFile(SidecarUpload, { assetId }, sidecar, { signal })).sidecarUpload;
    const [first] = userErrors;
    if (first) throw new UploadError(problem('unsupported', `${sidecar.name}: ${first.message}`));
  } catch (error) {
    if (error instanceof UploadError || signal.aborted) throw error;
    throw new UploadError(problem(codeOf(error)));
  }
}

/** Where the last answer got lost on its way, the library itself tells whether the file has arrived. */
async function confirmed(item: Item, sent: Sent): Promise<Sent> {
  if (sent.assetId !== null || item.sha1 === null) return sent;
  const [assetId = null] = await ask(item.libraryId, [item.sha1]);
  if (assetId === null) throw new UploadError(problem('broken'));
  return { ...sent, assetId };
}
