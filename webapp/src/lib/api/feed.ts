/**
 * Follows the change feed: by a socket where one can be had. Where none can (a proxy in between, a browser that forbids
 * it) the server is asked every few seconds, and the socket is tried now and then.
 */
import { ChangesAfter } from './changes.gql';
import type { ChangeBatch } from './changes';
import { request, signedOut } from './client';
import { codeOf } from './error';
import { presence } from './presence.svelte';
import { bySocket } from './socket';

export interface Reader {
  /** Where it stands; null before the first batch. */
  readonly position: string | null;
  deliver(batch: ChangeBatch): void;
  /** The server can't go on from its position. */
  forget(): void;
}

const ASK_MS = 5000;
/** Where the server answers with an excuse. */
const ASK_SELDOM_MS = 30_000;
/** An answer that takes longer is given up. */
const ANSWER_MS = 20_000;
/** Between two tries of the socket: the shortest pause, and the longest. */
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;
/** A socket that held for so long was a good one. */
const STEADY_MS = 10_000;

/** Until it is called off, or nobody is signed in any more. */
export async function follow(reader: Reader, signal: AbortSignal): Promise<void> {
  for (let failures = 0; !signal.aborted; failures++) {
    const began = Date.now();
    const outcome = await bySocket(reader, signal);
    if (signal.aborted) return;
    if (outcome === 'ended') return signedOut();
    presence.missed();
    if (outcome === 'lost' && Date.now() - began >= STEADY_MS) failures = 0;
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures) * (0.75 + Math.random() / 2);
    if ((await byAsking(reader, pause, signal)) === 'ended') return;
  }
}

/** For so long; shorter where the network or the server is back, or somebody looks again: then a socket may be had. */
async function byAsking(reader: Reader, milliseconds: number, signal: AbortSignal): Promise<'ended' | 'due'> {
  const end = Date.now() + milliseconds;
  for (let pause = ASK_MS, due = false; ;) {
    // Nobody sees what a hidden page shows; it asks as soon as somebody does.
    if (document.visibilityState === 'visible') {
      const outcome = await ask(reader, signal);
      if (outcome === 'ended') return outcome;
      pause = outcome === 'told' ? ASK_MS : Math.min(ASK_SELDOM_MS, pause * 2);
    }
    const left = end - Date.now();
    if (due || left <= 0 || signal.aborted) return 'due';
    const woken = await rest(Math.min(left, pause), signal);
    due = woken || Date.now() >= end;
  }
}

async function ask(reader: Reader, signal: AbortSignal): Promise<'told' | 'failed' | 'ended'> {
  try {
    for (let more = true; more && !signal.aborted;) {
      const { changes } = await inTime(signal, (limit) =>
        request(ChangesAfter, { after: reader.position }, { signal: limit }),
      );
      reader.deliver(changes);
      more = changes.hasMore;
    }
    return 'told';
  } catch (error) {
    // What the client makes of it, it has done already: it says who is signed out, and whether the server is there.
    const code = codeOf(error);
    if (code === 'INVALID') reader.forget();
    return code === 'UNAUTHENTICATED' ? 'ended' : 'failed';
  }
}

/** Gives up an answer that doesn't come. */
async function inTime<T>(signal: AbortSignal, act: (limit: AbortSignal) => Promise<T>): Promise<T> {
  const limit = new AbortController();
  const give = () => limit.abort();
  const timer = setTimeout(give, ANSWER_MS);
  signal.addEventListener('abort', give);
  try {
    return await act(limit.signal);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', give);
  }
}

/** Waits; answers true where something woke it before its time. While the server is away, its return is that. */
function rest(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  const began = Date.now();
  return new Promise((resolve) => {
    const wake = () => done(true);
    const seen = () => document.visibilityState === 'visible' && wake();
    const cancel = presence.again(milliseconds, () => done(Date.now() - began < milliseconds));
    const done = (woken: boolean) => {
      cancel();
      signal.removeEventListener('abort', wake);
      removeEventListener('online', wake);
      document.removeEventListener('visibilitychange', seen);
      resolve(woken);
    };
    signal.addEventListener('abort', wake);
    addEventListener('online', wake);
    document.addEventListener('visibilitychange', seen);
  });
}
