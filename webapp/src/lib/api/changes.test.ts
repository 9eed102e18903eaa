import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { onChanges, type ChangeBatch } from './changes';
import { onUnauthenticated } from './client';

// Vitest asks another thread for each `import()`, by the clock on the wall: the part is to be there at once.
vi.mock('./part', async () => {
  const sockets = await import('graphql-ws');
  return { part: () => Promise.resolve(sockets) };
});

/** A server that numbers its positions, and how its socket behaves. */
const server = {
  position: 1,
  items: [] as ChangeBatch['items'],
  up: true,
  signedIn: true,
  socket: 'throws' as 'throws' | 'closes' | 'hangs' | 'goes dumb' | 'works',
  asked: [] as (string | null)[],
  tried: 0,
};
const sockets = new Set<FakeSocket>();
const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
const frame = new EventTarget();
let heard: { ids: string[]; reset: boolean }[] = [];
let stop = () => {};

class FakeSocket {
  readyState = 0;
  onopen?: () => void;
  onclose?: (event: object) => void;
  onmessage?: (event: { data: string }) => void;
  subscription = '';

  constructor() {
    server.tried++;
    if (server.socket === 'throws') throw new DOMException('the operation is insecure', 'SecurityError');
    sockets.add(this);
    if (server.socket === 'closes' || !server.up) setTimeout(() => this.lose());
    else if (server.socket !== 'hangs') setTimeout(() => this.#open());
  }

  #open() {
    this.readyState = 1;
    this.onopen?.();
  }

  lose() {
    this.readyState = 3;
    sockets.delete(this);
    this.onclose?.({ code: 1006, reason: '' });
  }

  close() {
    this.readyState = 3;
    sockets.delete(this);
    setTimeout(() => this.onclose?.({ code: 1000, reason: '' }));
  }

  send(text: string) {
    const { type, id, payload } = JSON.parse(text);
    if (server.socket === 'goes dumb') return;
    if (type === 'connection_init') this.say({ type: 'connection_ack' });
    if (type === 'ping') this.say({ type: 'pong' });
    if (type !== 'subscribe') return;
    this.subscription = id;
    this.tell(payload.variables.after);
  }

  tell(after: string | null) {
    const changes = changesAfter(after);
    const payload = server.signedIn ? { data: { changes } } : { data: null, errors: [signedOut] };
    this.say({ type: 'next', id: this.subscription, payload });
  }

  say(message: object) {
    setTimeout(() => this.onmessage?.({ data: JSON.stringify(message) }));
  }
}

const signedOut = { message: 'sign in', extensions: { code: 'UNAUTHENTICATED' } };

function changesAfter(after: string | null) {
  const items = after === null ? [] : server.items.slice(Number(after) - 1);
  return { position: String(server.position), reset: false, hasMore: false, items };
}

function happens(id: string) {
  server.items.push({ kind: 'ASSET', id, gone: false, day: null });
  server.position++;
  for (const socket of sockets) if (socket.subscription) socket.tell(String(server.position - 1));
}

async function fetch(url: string, init?: RequestInit): Promise<Response> {
  if (!server.up) throw new TypeError('failed to fetch');
  if (url === '/livez') return new Response('');
  const { after } = JSON.parse(String(init?.body)).variables;
  server.asked.push(after);
  if (!server.signedIn) return Response.json({ data: null, errors: [signedOut] });
  return Response.json({ data: { changes: changesAfter(after) } });
}

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
const ids = () => heard.flatMap((batch) => batch.ids);

function listen() {
  stop = onChanges(({ items, reset }) => heard.push({ ids: items.map(({ id }) => id), reset }));
}

beforeEach(() => {
  vi.useFakeTimers();
  Object.assign(server, { position: 1, items: [], up: true, signedIn: true, socket: 'works', asked: [], tried: 0 });
  [heard, page.visibilityState] = [[], 'visible'];
  vi.stubGlobal('fetch', fetch);
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('location', { protocol: 'http:', host: 'photos.example' });
  vi.stubGlobal('document', page);
  vi.stubGlobal('addEventListener', frame.addEventListener.bind(frame));
  vi.stubGlobal('removeEventListener', frame.removeEventListener.bind(frame));
  onUnauthenticated(() => {});
});

afterEach(async () => {
  stop();
  await pass(10_000);
  expect(vi.getTimerCount(), 'nothing goes on').toBe(0);
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test('a socket that works tells everything, and nothing is asked', async () => {
  listen();
  await pass(100);
  happens('asset_1');
  await pass(60_000);
  expect(heard).toEqual([
    { ids: [], reset: true },
    { ids: ['asset_1'], reset: false },
  ]);
  expect([server.asked, server.tried]).toEqual([[], 1]);
});

describe.each(['throws', 'closes', 'hangs', 'goes dumb'] as const)('where the socket %s', (how) => {
  test('the server is asked every few seconds, and the socket tried now and then', async () => {
    server.socket = how;
    listen();
    await pass(6000);
    expect(heard[0]).toEqual({ ids: [], reset: true });
    happens('asset_1');
    await pass(6000);
    happens('asset_2');
    happens('asset_3');
    await pass(11_000);
    expect(ids()).toEqual(['asset_1', 'asset_2', 'asset_3']);
    expect(heard.filter(({ reset }) => reset)).toHaveLength(1);

    // After a while the socket is tried about once a minute, and asking goes on.
    await pass(180_000);
    const [tried, asked] = [server.tried, server.asked.length];
    await pass(600_000);
    expect(server.tried - tried).toBeGreaterThanOrEqual(7);
    expect(server.tried - tried).toBeLessThanOrEqual(14);
    expect(server.asked.length - asked).toBeGreaterThan(95);

    // When it works, it is preferred, and nothing is lost or told twice in between.
    server.socket = 'works';
    await pass(90_000);
    const before = server.asked.length;
    happens('asset_4');
    await pass(60_000);
    expect(ids()).toEqual(['asset_1', 'asset_2', 'asset_3', 'asset_4']);
    expect(server.asked.length).toBe(before);
  });
});

test('a browser without sockets is no different', async () => {
  vi.stubGlobal('WebSocket', undefined);
  listen();
  await pass(100);
  happens('asset_1');
  await pass(6000);
  expect(ids()).toEqual(['asset_1']);
});

test('nothing is asked for a page that nobody sees; once somebody does, or the network is back, at once', async () => {
  server.socket = 'throws';
  page.visibilityState = 'hidden';
  listen();
  await pass(300_000);
  expect(server.asked).toEqual([]);
  page.visibilityState = 'visible';
  page.dispatchEvent(new Event('visibilitychange'));
  await pass(10);
  expect(server.asked[0]).toBe(null);
  await pass(6000);
  const before = server.asked.length;
  happens('asset_1');
  frame.dispatchEvent(new Event('online'));
  await pass(10);
  expect([server.asked.length > before, ids()]).toEqual([true, ['asset_1']]);
});

// The shortest pauses, and the longest.
test.each([0, 1])(
  'while the server is away it is not asked; what happened comes when it is back (%d)',
  async (chance) => {
    vi.spyOn(Math, 'random').mockReturnValue(chance);
    server.socket = 'closes';
    listen();
    await pass(100);
    server.up = false;
    await pass(60_000);
    const before = server.asked.length;
    expect(before).toBeLessThanOrEqual(2);
    happens('asset_1');
    server.up = true;
    await pass(6000);
    expect(ids()).toEqual(['asset_1']);
    expect(server.asked.length).toBeLessThanOrEqual(before + 4);
  },
);

test('a good socket that is lost, or says nothing any more, is tried again soon', async () => {
  listen();
  await pass(30_000);
  for (const socket of [...sockets]) socket.lose();
  happens('asset_1');
  await pass(2000);
  expect([ids(), server.tried]).toEqual([['asset_1'], 2]);

  await pass(30_000);
  server.socket = 'goes dumb';
  await pass(26_000);
  server.socket = 'works';
  happens('asset_2');
  await pass(10_000);
  expect(ids()).toContain('asset_2');
  expect(sockets.size).toBe(1);
});

test.each(['works', 'throws'] as const)('who is signed out is told so once (where the socket %s)', async (how) => {
  const told = vi.fn();
  onUnauthenticated(told);
  server.socket = how;
  server.signedIn = false;
  listen();
  await pass(120_000);
  expect(told).toHaveBeenCalledOnce();
  expect([server.asked.length, server.tried]).toEqual(how === 'works' ? [0, 1] : [1, 1]);
});

test('nobody who has stopped listening hears anything', async () => {
  server.socket = 'throws';
  listen();
  await pass(100);
  stop();
  happens('asset_1');
  const before = server.asked.length;
  await pass(60_000);
  expect([ids(), server.asked.length]).toEqual([[], before]);
});
