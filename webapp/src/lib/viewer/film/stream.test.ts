import { afterEach, expect, it, vi } from 'vitest';
import { reachOf, ready } from './stream';

const list = (fragments: number, end = '') => `#EXTM3U\n${'#EXTINF:4.000000,\n720.mp4\n'.repeat(fragments)}${end}`;
const END = '#EXT-X-ENDLIST\n';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('a list reaches as far as its parts, or to the end', () => {
  expect(reachOf(list(0))).toBe(0);
  expect(reachOf(list(2) + '#EXTINF:0.5,\n')).toBe(8.5);
  expect(reachOf(list(2, END))).toBe(Infinity);
});

it.each([
  // Where somebody is, what the server answers in turn, what comes of it, what was heard meanwhile
  [0, [503, 503, list(1)], 'ready', []],
  [30, [503, list(1), list(5), list(12)], 'ready', [4, 20]],
  [30, [list(1), list(8, END)], 'ready', [4]],
  [0, [503, 422], 'unmade', []],
  [0, [404], 'unmade', []],
  [0, [503, null], 'cut', []],
] as const)('at %s s and with %j it is %s', async (at, answers, wanted, heard) => {
  vi.useFakeTimers();
  const left = [...answers];
  vi.stubGlobal('fetch', async () => {
    const next = left.shift();
    if (next == null) throw new TypeError('no connection');
    return typeof next === 'number' ? new Response('', { status: next }) : new Response(next);
  });
  const made: number[] = [];
  const wish = { address: '/720.m3u8', at: () => at, made: (to: number) => made.push(to) };
  const found = ready({ ...wish, signal: new AbortController().signal });
  await vi.advanceTimersByTimeAsync(20_000);
  expect([await found, made, left]).toEqual([wanted, heard, []]);
});

it('nobody waits for ever, and who no longer wants it hears nothing of it', async () => {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', async () => new Response('', { status: 503 }));
  const stop = new AbortController();
  const wish = { address: '/720.m3u8', at: () => 0, made: () => undefined };
  const [found, stopped] = [
    ready({ ...wish, signal: new AbortController().signal }),
    ready({ ...wish, signal: stop.signal }),
  ];
  await vi.advanceTimersByTimeAsync(10_000);
  stop.abort();
  await vi.advanceTimersByTimeAsync(150_000);
  expect(await found).toBe('unmade');
  expect(await stopped).toBe('stopped');
});
