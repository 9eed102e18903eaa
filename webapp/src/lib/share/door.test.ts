import { expect, test, vi } from 'vitest';
import { open } from './door';

const TOKEN = 'aB3-_678'.repeat(5);

test.each([
  [204, null, 'open'],
  [401, 'PASSWORD_REQUIRED', 'asks'],
  [401, 'WRONG_PASSWORD', 'wrong'],
  [404, 'NOT_FOUND', 'gone'],
] as const)('an answer of %d %s', async (status, code, entry) => {
  const fetch = vi.fn<typeof globalThis.fetch>();
  fetch.mockResolvedValue(code ? Response.json({ code }, { status }) : new Response(null, { status }));
  expect(await open(TOKEN, 'open sesame', fetch)).toBe(entry);
  const [url, init] = fetch.mock.calls[0]!;
  expect(url).toBe('/shared/aB3-_678/open');
  // Neither the token nor the password stands in the address.
  expect(JSON.parse(String(init?.body))).toEqual({ token: TOKEN, password: 'open sesame' });
});

test.each([
  [429, 'RATE_LIMITED'],
  [503, 'OFFLINE'],
  [500, 'INTERNAL'],
])('what fails with %d says so', async (status, code) => {
  const fetch = vi.fn<typeof globalThis.fetch>().mockResolvedValue(Response.json({}, { status }));
  await expect(open(TOKEN, null, fetch)).rejects.toMatchObject({ code });
});

test('a network that has gone is no wrong password', async () => {
  const fetch = vi.fn<typeof globalThis.fetch>().mockRejectedValue(new TypeError('failed to fetch'));
  await expect(open(TOKEN, null, fetch)).rejects.toMatchObject({ code: 'OFFLINE' });
});
