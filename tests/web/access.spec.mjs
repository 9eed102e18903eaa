// Nobody who is not signed in gets anything.
import { request as plain } from '@playwright/test';
import { account, assetNamed, expect, test } from './fixtures.mjs';
import { system } from './system.mjs';

const json = { 'GraphQL-Require-Preflight': '1' };

test('pages lead to the door, data and bytes are refused', async ({ page }) => {
  const { id, tag } = await assetNamed(page, 'classic-car.heic');
  const stranger = await plain.newContext({ baseURL: system().base, storageState: { cookies: [], origins: [] } });
  for (const query of ['{ timeline { count } }', '{ libraries { nodes { id } } }', '{ search(filter: { text: "berlin" }) { totalCount } }', '{ jobs { stages { pending } } }']) {
    const { errors, data } = await (await stranger.post('/graphql', { headers: json, data: { query } })).json();
    expect(errors?.[0].extensions.code, query).toBe('UNAUTHENTICATED');
    expect(data ?? null).toBeNull();
  }
  for (const variant of ['thumbnail', 'preview', 'original']) {
    const answer = await stranger.get(`/media/${id}/${variant}?v=${tag}`);
    expect(answer.status(), variant).toBe(401);
  }
  const upload = { ...json, 'Tus-Resumable': '1.0.0', 'Upload-Length': '5', 'Upload-Metadata': 'filename YS5qcGc=' };
  expect((await stranger.post('/upload', { headers: upload })).status()).toBe(401);
  await stranger.dispose();
});

test('a page of another site can’t make the browser act', async ({ page }) => {
  const bare = await page.request.post(`${system().base}/graphql`, {
    headers: { 'content-type': 'text/plain' },
    data: JSON.stringify({ query: 'mutation { sessionDelete(input: {}) { deletedId } }' }),
  });
  expect(bare.ok()).toBe(false);
  await page.goto('/photos');
  await expect(page).toHaveURL(/\/photos$/);
});

test('a session that ends takes its pages along, and signing in leads back', async ({ browser }) => {
  const context = await browser.newContext({ baseURL: system().base, storageState: { cookies: [], origins: [] } });
  const page = await context.newPage();
  await page.goto('/settings');
  const enter = async () => {
    await page.getByLabel('E-mail').fill(account.email);
    await page.getByLabel('Password', { exact: true }).fill(account.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL('**/settings');
  };
  await enter();
  await page.request.post(`${system().base}/graphql`, { headers: json, data: { query: 'mutation { sessionDelete(input: {}) { deletedId } }' } });
  await page.goto('/photos');
  await page.waitForURL('**/sign-in');
  await context.close();
});

test('an address that is no page says so; a part of the app that is gone is no page', async ({ page }) => {
  await page.goto('/nowhere');
  await expect(page.getByRole('heading', { name: 'This page doesn’t exist' })).toBeVisible();
  const gone = await page.request.get(`${system().base}/_app/immutable/chunks/gone.js`);
  expect(gone.status()).toBe(404);
});
