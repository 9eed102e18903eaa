import { beforeEach, expect, test, vi } from 'vitest';
import { onUnauthenticated, query, request } from './client';
import { ApiError } from './error';
import { graphql } from './graphql';

const told = vi.hoisted(() => [] as string[]);
vi.mock('./presence.svelte', () => ({
  presence: { heard: () => told.push('heard'), missed: () => told.push('missed') },
}));

const Hello = graphql(`
  query Hello($id: ID!) {
    asset(id: $id) {
      name
    }
  }
`);
const fetch = vi.fn<typeof globalThis.fetch>();
const answer = (body: unknown, status = 200) => fetch.mockResolvedValueOnce(Response.json(body, { status }));

beforeEach(() => {
  fetch.mockReset();
  told.length = 0;
  onUnauthenticated(() => {});
});

test('a request is a POST that no other site can make', async () => {
  answer({ data: { asset: { name: 'a.jpg' } } });
  expect(await request(Hello, { id: 'asset_1' }, { fetch })).toEqual({ asset: { name: 'a.jpg' } });
  const [url, init] = fetch.mock.calls[0]!;
  expect([url, init?.method]).toEqual(['/graphql', 'POST']);
  expect(new Headers(init?.headers).get('GraphQL-Require-Preflight')).toBe('1');
  expect(JSON.parse(String(init?.body)).variables).toEqual({ id: 'asset_1' });
});

test('a query is a GET, so that the browser can keep its answer', async () => {
  answer({ data: { asset: null } });
  await query(Hello, { id: 'asset_1' }, { fetch });
  const [url, init] = fetch.mock.calls[0]!;
  const search = new URL(String(url), 'http://x').searchParams;
  expect(init?.method ?? 'GET').toBe('GET');
  expect(search.get('query')).toBe('query Hello($id: ID!) { asset(id: $id) { name } }');
  expect(JSON.parse(search.get('variables')!)).toEqual({ id: 'asset_1' });
});

test('a query too long for an address is a POST', async () => {
  answer({ data: { asset: null } });
  await query(Hello, { id: 'x'.repeat(8000) }, { fetch });
  expect(fetch.mock.calls[0]![1]?.method).toBe('POST');
});

test.each([
  [{ errors: [{ message: 'no', extensions: { code: 'NOT_FOUND' } }] }, 200, 'NOT_FOUND'],
  [{ data: null, errors: [{ message: 'no', extensions: { code: 'SOMETHING_NEW' } }] }, 200, 'INTERNAL'],
  [{ errors: [{ message: 'no', extensions: { code: 'UNAVAILABLE' } }] }, 200, 'UNAVAILABLE'],
  [{ errors: [{ message: 'no', extensions: { code: 'REQUEST_INVALID' } }] }, 200, 'INVALID'],
  [{ code: 'UNAVAILABLE', message: 'the database is away', id: null }, 503, 'UNAVAILABLE'],
  [{}, 429, 'RATE_LIMITED'],
  [{}, 502, 'OFFLINE'],
  [{}, 500, 'INTERNAL'],
])('%j with %i is %s', async (body, status, code) => {
  answer(body, status);
  await expect(request(Hello, { id: '1' }, { fetch })).rejects.toMatchObject({ code });
});

test('a server out of reach is OFFLINE, a request given up is what it is', async () => {
  fetch.mockRejectedValueOnce(new TypeError('failed to fetch'));
  await expect(request(Hello, { id: '1' }, { fetch })).rejects.toMatchObject({ code: 'OFFLINE' });
  const abort = new AbortController();
  abort.abort();
  fetch.mockRejectedValueOnce(new DOMException('aborted', 'AbortError'));
  const { signal } = abort;
  await expect(request(Hello, { id: '1' }, { fetch, signal })).rejects.toMatchObject({ name: 'AbortError' });
});

test('whoever is signed out is told so once per answer', async () => {
  const told = vi.fn();
  onUnauthenticated(told);
  answer({ data: null, errors: [{ message: 'sign in', extensions: { code: 'UNAUTHENTICATED' } }] });
  await expect(request(Hello, { id: '1' }, { fetch })).rejects.toBeInstanceOf(ApiError);
  expect(told).toHaveBeenCalledOnce();
});

test('a filter error says where', async () => {
  const extensions = { code: 'FILTER_INVALID', start: 3, end: 6, suggestion: 'iso' };
  answer({ errors: [{ message: 'unknown key', extensions }] });
  const error = (await request(Hello, { id: '1' }, { fetch }).catch((caught) => caught)) as ApiError;
  expect(error.filter).toEqual({ start: 3, end: 6, suggestion: 'iso' });
});

test.each([
  ['an answer', Response.json({ data: { asset: null } }), 'heard'],
  ['a refusal', Response.json({ errors: [{ message: 'no', extensions: { code: 'NOT_FOUND' } }] }), 'heard'],
  ['a part that is away', Response.json({ code: 'UNAVAILABLE', message: 'no' }, { status: 503 }), 'heard'],
  ['a gateway’s excuse', new Response('<html>', { status: 502 }), 'missed'],
])('%s tells whether the server is there', async (_, response, word) => {
  fetch.mockResolvedValueOnce(response);
  await request(Hello, { id: '1' }, { fetch }).catch(() => undefined);
  expect(told).toEqual([word]);
});

test('so does a request that comes to nothing, or takes long, but not one that was given up', async () => {
  fetch.mockRejectedValueOnce(new TypeError('failed to fetch'));
  await request(Hello, { id: '1' }, { fetch }).catch(() => undefined);
  expect(told).toEqual(['missed']);

  const abort = new AbortController();
  abort.abort();
  fetch.mockRejectedValueOnce(new DOMException('aborted', 'AbortError'));
  await request(Hello, { id: '1' }, { fetch, signal: abort.signal }).catch(() => undefined);
  expect(told).toEqual(['missed']);

  vi.useFakeTimers();
  fetch.mockReturnValueOnce(new Promise(() => {}));
  void request(Hello, { id: '1' }, { fetch });
  vi.advanceTimersByTime(8000);
  expect(told).toEqual(['missed', 'missed']);
  vi.useRealTimers();
});
