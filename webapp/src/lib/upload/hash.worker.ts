/** Hashes files off the main thread, one after the other. */

import { sha1Of } from './hash';

export interface HashOrder {
  id: number;
  /** Absent to stop this order. */
  file?: File;
}

export interface HashNews {
  id: number;
  done?: number;
  sha1?: string;
  /** Name of the DOMException, `NotReadableError` say. */
  error?: string;
}

const stopped = new Set<number>();
let line = Promise.resolve();

onmessage = ({ data: { id, file } }: MessageEvent<HashOrder>) => {
  if (file) line = line.then(() => run(id, file));
  else stopped.add(id);
};

async function run(id: number, file: File): Promise<void> {
  const tell = (news: Omit<HashNews, 'id'>) => postMessage({ id, ...news } satisfies HashNews);
  try {
    const sha1 = await sha1Of(file, (done) => {
      tell({ done });
      return !stopped.has(id);
    });
    tell({ sha1 });
  } catch (error) {
    tell({ error: error instanceof Error ? error.name : 'Error' });
  } finally {
    stopped.delete(id);
  }
}
