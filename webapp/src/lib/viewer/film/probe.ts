/** How long the server may take to say whether a file is there. */
const PATIENCE_MS = 10_000;

/** The status with which the server answers for a file; null where no answer comes. */
export async function probe(address: string): Promise<number | null> {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    return (await fetch(address, { method: 'HEAD', cache: 'no-store', signal })).status;
  } catch {
    return null;
  }
}
