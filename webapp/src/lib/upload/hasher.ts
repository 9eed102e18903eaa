/** The page's side of the hashing worker. */

import type { HashNews, HashOrder } from './hash.worker';

interface Waiting {
  resolve(sha1: string): void;
  reject(error: Error): void;
  progress(done: number): void;
}

let worker: Worker | null = null;
let last = 0;
const orders = new Map<number, Waiting>();

/** Hashes in the worker; an aborted signal rejects with an `AbortError`. */
export function hashFile(file: File, progress: (done: number) => void, signal: AbortSignal): Promise<string> {
  const id = ++last;
  return new Promise((resolve, reject) => {
    orders.set(id, { resolve, reject, progress });
    signal.addEventListener('abort', () => send({ id }), { once: true });
    send({ id, file });
  });
}

function send(order: HashOrder): void {
  worker ??= start();
  worker.postMessage(order);
}

function start(): Worker {
  const started = new Worker(new URL('./hash.worker.ts', import.meta.url), { type: 'module' });
  started.onmessage = ({ data }: MessageEvent<HashNews>) => heard(data);
  started.onerror = () => {
    worker = null;
    for (const { reject } of orders.values()) reject(new Error('the hashing worker stopped'));
    orders.clear();
  };
  return started;
}

function heard({ id, done, sha1, error }: HashNews): void {
  const order = orders.get(id);
  if (done !== undefined) return order?.progress(done);
  orders.delete(id);
  if (sha1 !== undefined) order?.resolve(sha1);
  else order?.reject(new DOMException('the file could not be hashed', error));
}
