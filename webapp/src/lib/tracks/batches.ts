/** Many changes, as many at once as the server takes; one after another, each to be undone by itself. */

/** What `trackApply` takes at once. */
export const MOST_AT_ONCE = 1000;

export interface Made {
  /** So many were changed. */
  count: number;
  /** Undo them, the first one first. */
  editIds: string[];
}

export function batchesOf<T>(all: readonly T[], size = MOST_AT_ONCE): T[][] {
  const batches: T[][] = [];
  for (let at = 0; at < all.length; at += size) batches.push(all.slice(at, at + size));
  return batches;
}

/** Sends batch after batch until one fails; what was done until then is done, and is told with the failure. */
export async function inBatches<T>(
  all: readonly T[],
  send: (batch: T[]) => Promise<{ count: number; editId: string | null }>,
  progress: (sent: number) => void = () => undefined,
): Promise<{ made: Made; failure: unknown }> {
  const made: Made = { count: 0, editIds: [] };
  let sent = 0;
  for (const batch of batchesOf(all)) {
    try {
      const { count, editId } = await send(batch);
      made.count += count;
      if (editId !== null) made.editIds.push(editId);
    } catch (failure) {
      return { made, failure };
    }
    progress((sent += batch.length));
  }
  return { made, failure: null };
}
