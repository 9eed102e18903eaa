/** The change feed, live: one subscription for the whole app, which resumes where it stopped after a lost connection. */
import type { Client } from 'graphql-ws';
import { Changes } from './changes.gql';
import { signedOut } from './client';
import { fromBody, type ErrorBody } from './error';
import type { ResultOf } from './graphql';
import { part } from './part';
import { presence } from './presence.svelte';

export type ChangeBatch = ResultOf<typeof Changes>['changes'];
export type Change = ChangeBatch['items'][number];
type Listener = (batch: ChangeBatch) => void;

const listeners = new Set<Listener>();
let stop: (() => void) | null = null;
let position: string | null = null;

/** Hears each batch of changes from now on; returns how to stop. The connection lives as long as somebody listens. */
export function onChanges(listener: Listener): () => void {
  listeners.add(listener);
  if (!stop) stop = start();
  return () => {
    listeners.delete(listener);
    if (listeners.size || !stop) return;
    stop();
    stop = null;
    position = null;
  };
}

function start(): () => void {
  let client: Client | null = null;
  let stopped = false;
  // Loaded on its own: nothing on the first screen waits for it.
  void part(() => import('graphql-ws')).then(({ createClient }) => {
    if (stopped) return;
    const url = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql/ws`;
    client = createClient({ url, lazy: true, retryAttempts: 0, keepAlive: 20_000 });
    void follow(client, () => stopped);
  });
  return () => {
    stopped = true;
    // Where it was about to connect and could not, nobody wants to know any more.
    Promise.resolve(client?.dispose()).catch(() => undefined);
  };
}

/** Subscribes again and again from the last position, with growing pauses (1 s … 30 s) or when the server is back. */
async function follow(client: Client, stopped: () => boolean): Promise<void> {
  for (let failures = 0; !stopped();) {
    try {
      const query = String(Changes);
      for await (const { data, errors } of client.iterate<ResultOf<typeof Changes>>({
        query,
        variables: { after: position },
      })) {
        if (errors?.some(ended)) return signedOut();
        if (!data) break;
        failures = 0;
        presence.heard();
        deliver(data.changes);
      }
    } catch (failure) {
      // The connection was lost: the pause below is the answer.
      if (Array.isArray(failure) && failure.some(ended)) return signedOut();
    }
    if (stopped()) return;
    presence.missed();
    const pause = Math.min(30_000, 1000 * 2 ** failures++);
    await new Promise<void>((resume) => presence.again(pause * (0.75 + Math.random() / 2), resume));
  }
}

/** Whether an error says that the session is no more: ended elsewhere, or by its time. */
function ended(error: unknown): boolean {
  return fromBody(error as ErrorBody).code === 'UNAUTHENTICATED';
}

/** The first message tells where the feed stands; what happened while the page was still being loaded is not in it. */
function deliver(batch: ChangeBatch): void {
  const reset = batch.reset || position === null;
  position = batch.position;
  for (const listener of listeners) listener({ ...batch, reset });
}
