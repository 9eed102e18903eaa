import { afterEach, expect, test, vi } from 'vitest';
import { Stretches } from './stretches.svelte';
import { columnsOf } from './testing/made-up';

const before = columnsOf([{ number: 30, ratios: [128] }], '1');
const after = columnsOf([{ number: 30, ratios: [128, 147] }], '2');

function answer(columns: typeof before) {
  const ratios = Buffer.from(columns.ratios).toString('base64');
  const ids = [...columns.ratios].map((_, index) => `asset_${index}`);
  const stretch = { ids, ratios, tags: ids.map(() => 1), flags: ids.map(() => 0), thumbhashes: '', next: null };
  return { timeline: { version: columns.version, stretch } };
}

afterEach(() => vi.unstubAllGlobals());

test('tiles that belong to newer columns are asked for again, even where those came in the meantime', async () => {
  let asked = 0;
  vi.stubGlobal('fetch', async () => {
    asked++;
    return new Response(JSON.stringify({ data: answer(after) }), { headers: { 'content-type': 'application/json' } });
  });
  const told: unknown[] = [];
  const stretches = new Stretches(
    null,
    (columns) => {
      told.push(columns);
      // What the grid does when it is told to look again.
      stretches.need(after, 0, 0);
    },
    (error) => expect.unreachable(String(error)),
  );
  stretches.need(before, 0, 0);
  // The newer columns are here before the answer: for now its day is under way.
  stretches.need(after, 0, 0);
  expect(asked).toBe(1);
  while (!stretches.of(30)) await new Promise((resolve) => setTimeout(resolve));
  expect(stretches.of(30)?.ids).toEqual(['asset_0', 'asset_1']);
  expect([told, asked]).toEqual([[before], 2]);
});

test('whoever forgets days that have changed says so, for they are on screen perhaps', async () => {
  vi.stubGlobal('fetch', async () => {
    return new Response(JSON.stringify({ data: answer(after) }), { headers: { 'content-type': 'application/json' } });
  });
  const stretches = new Stretches(
    null,
    () => {},
    (error) => expect.unreachable(String(error)),
  );
  await stretches.load(after, 0);
  expect(stretches.replace(new Map(), [7])).toBe(false);
  expect(stretches.replace(new Map(), [7, 30])).toBe(true);
  expect(stretches.of(30)).toBeUndefined();
  expect(stretches.replace(new Map(), [30])).toBe(false);
});
