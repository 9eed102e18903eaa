import { expect, test, vi } from 'vitest';
import { part } from './part';

const waiting: (() => void)[] = [];
const missed = vi.fn();
vi.mock('./presence.svelte', () => ({
  presence: { missed: () => missed(), again: (_: number, run: () => void) => waiting.push(run) },
}));

/** What is under way has come to its next wait by then. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

const words = [
  'Failed to fetch dynamically imported module: http://x/_app/a.js',
  'error loading dynamically imported module: http://x/_app/a.js',
  'Importing a module script failed.',
  'Unable to preload CSS for /_app/a.css',
];

test.each(words)('a part that can’t be had (%s) is asked for again until it comes', async (message) => {
  let tries = 0;
  const loaded = part(() => (++tries < 3 ? Promise.reject(new TypeError(message)) : Promise.resolve('the part')));
  for (let n = 0; n < 2; n++) {
    await settled();
    expect(waiting).toHaveLength(1);
    waiting.pop()!();
  }
  expect(await loaded).toBe('the part');
  expect(missed).toHaveBeenCalledTimes(2);
  missed.mockReset();
});

test('a part that is broken says so', async () => {
  await expect(part(() => Promise.reject(new Error('x is not defined')))).rejects.toThrow('x is not defined');
  expect(missed).not.toHaveBeenCalled();
});
