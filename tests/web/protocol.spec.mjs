// What we speak is GraphQL over HTTP and graphql-transport-ws, as those who wrote the specifications check it.
import { request as plain } from '@playwright/test';
import { serverAudits } from 'graphql-http';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { expect, test } from './fixtures.mjs';
import { signedIn, system } from './system.mjs';

/** `fetch` with the cookie and the header of our own pages. */
async function signedInFetch() {
  const context = await plain.newContext({ storageState: signedIn });
  const { cookies } = await context.storageState();
  await context.dispose();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  return { cookie, fetchFn: (url, init) => fetch(url, { ...init, headers: { 'GraphQL-Require-Preflight': '1', cookie, ...init?.headers } }) };
}

test('the audits of GraphQL over HTTP', async () => {
  const { fetchFn } = await signedInFetch();
  const audits = serverAudits({ url: `${system().base}/graphql`, fetchFn });
  const results = await Promise.all(audits.map((audit) => audit.fn()));
  const failed = results.filter(({ status }) => status !== 'ok').map(({ id, name, reason }) => `${id} ${name}: ${reason}`);
  expect(results.length).toBeGreaterThanOrEqual(61);
  expect(failed).toEqual([]);
});

/** How a socket ends that sends these messages: the close code, and what came before. */
function ended(messages, { cookie, protocol = 'graphql-transport-ws', origin = system().base, wait = 0 } = {}) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${system().base.replace('http', 'ws')}/graphql/ws`, protocol, { headers: { ...(cookie && { cookie }), origin } });
    const came = [];
    socket.on('open', async () => {
      for (const message of messages) {
        socket.send(typeof message === 'string' ? message : JSON.stringify(message));
        if (wait) await new Promise((done) => setTimeout(done, wait));
      }
    });
    socket.on('message', (data) => came.push(JSON.parse(data)));
    socket.on('close', (code, reason) => resolve({ code, reason: String(reason), came }));
    socket.on('error', reject);
    setTimeout(() => reject(new Error(`it is still open: ${JSON.stringify(came)}`)), 20_000).unref();
  });
}

const init = { type: 'connection_init' };
const subscribe = (id, query) => ({ id, type: 'subscribe', payload: { query } });
const CHANGES = 'subscription { changes { position } }';

test('sockets that speak wrongly are closed, with the code of the protocol', async () => {
  const { cookie } = await signedInFetch();
  expect((await ended(['no JSON'], { cookie })).code, 'a message that is none').toBe(4400);
  expect((await ended([{ type: 'nothing' }], { cookie })).code, 'a type that there is not').toBe(4400);
  expect((await ended([subscribe('1', CHANGES)], { cookie })).code, 'before it is acknowledged').toBe(4401);
  expect((await ended([init, init], { cookie })).code, 'two beginnings').toBe(4429);
  expect((await ended([init, subscribe('1', CHANGES), subscribe('1', CHANGES)], { cookie, wait: 300 })).code, 'one name twice').toBe(4409);
  expect((await ended([], { cookie })).code, 'no beginning').toBe(4408);
  expect((await ended([init], {})).code, 'nobody signed in').toBe(4403);
});

test('a client of others gets what it subscribed to, and errors of its own doing', async () => {
  const { cookie } = await signedInFetch();
  class Ours extends WebSocket {
    constructor(url, protocols) {
      super(url, protocols, { headers: { cookie, origin: system().base } });
    }
  }
  const client = createClient({ url: `${system().base.replace('http', 'ws')}/graphql/ws`, webSocketImpl: Ours, retryAttempts: 0 });
  const first = (query) => new Promise((resolve) => client.subscribe({ query }, { next: (value) => resolve(value), error: resolve, complete: () => resolve('complete') }));
  expect(await first(CHANGES)).toMatchObject({ data: { changes: { position: expect.any(String) } } });
  expect(await first('subscription { nothing }')).toMatchObject([{ message: expect.stringContaining('nothing') }]);
  expect(await first('{ server { version } }')).toMatchObject([{ extensions: { code: 'REQUEST_INVALID' } }]);
  await client.dispose();
});
