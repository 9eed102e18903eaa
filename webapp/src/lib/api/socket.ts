/** The change feed by a socket: one connection, from its beginning to its end. */
import type { Client } from 'graphql-ws';
import { Changes } from './changes.gql';
import { fromBody, type ErrorBody } from './error';
import type { Reader } from './feed';
import type { ResultOf } from './graphql';
import { part } from './part';
import { presence } from './presence.svelte';

/** A socket that says nothing for so long when something is due hangs: proxies that don't know sockets do that. */
const SILENCE_MS = 5000;
const KEEP_ALIVE_MS = 20_000;

/** `ended`: nobody is signed in any more. `refused`: it never told anything. `lost`: it did. */
export type Outcome = 'ended' | 'refused' | 'lost';

/** Hands on what the socket tells, as long as it does. */
export async function bySocket(reader: Reader, signal: AbortSignal): Promise<Outcome> {
  let client: Client | undefined;
  let heard = false;
  let alarm: ReturnType<typeof setTimeout> | undefined;
  // Where it was about to connect and could not, nobody wants to know any more.
  const close = () => void Promise.resolve(client?.dispose()).catch(() => undefined);
  const calm = () => clearTimeout(alarm);
  const expect = () => {
    calm();
    alarm = setTimeout(() => client?.terminate(), SILENCE_MS);
  };
  signal.addEventListener('abort', close);
  try {
    // Loaded on its own: nothing on the first screen waits for it.
    const { createClient } = await part(() => import('graphql-ws'));
    if (signal.aborted) return 'refused';
    client = createClient({
      url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql/ws`,
      lazy: true,
      retryAttempts: 0,
      keepAlive: KEEP_ALIVE_MS,
      webSocketImpl: Attempt,
      on: {
        connected: expect,
        ping: (received) => received || expect(),
        pong: (received) => received && calm(),
      },
    });
    expect();
    const variables = { after: reader.position };
    for await (const { data, errors } of client.iterate<ResultOf<typeof Changes>>({
      query: String(Changes),
      variables,
    })) {
      if (errors?.some(ended)) return 'ended';
      if (errors?.some(invalid)) reader.forget();
      if (!data) break;
      calm();
      heard = true;
      presence.heard();
      reader.deliver(data.changes);
    }
  } catch (failure) {
    // The connection was lost, or there was none: what comes next is the caller's.
    if (Array.isArray(failure) && failure.some(ended)) return 'ended';
    if (Array.isArray(failure) && failure.some(invalid)) reader.forget();
  } finally {
    calm();
    signal.removeEventListener('abort', close);
  }
  return heard ? 'lost' : 'refused';
}

/** Whether an error says that the session is no more: ended elsewhere, or by its time. */
function ended(error: unknown): boolean {
  return fromBody(error as ErrorBody).code === 'UNAUTHENTICATED';
}

/** Whether it says that the server can't read the position. */
function invalid(error: unknown): boolean {
  return fromBody(error as ErrorBody).code === 'INVALID';
}

/**
 * As `new WebSocket`. Where the browser doesn't allow one (or has none) that throws, which graphql-ws leaves to nobody:
 * instead such a socket is closed from its beginning.
 */
function connect(url: string, protocols: string): WebSocket {
  try {
    return new WebSocket(url, protocols);
  } catch {
    const none = { readyState: 3, send() {}, close() {} } as unknown as WebSocket;
    queueMicrotask(() => none.onclose?.({ code: 1006, reason: '' } as CloseEvent));
    return none;
  }
}

const Attempt = Object.assign(
  // Called with `new`, which arrow functions can't be.
  function (url: string, protocols: string) {
    return connect(url, protocols);
  },
  { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 },
);
