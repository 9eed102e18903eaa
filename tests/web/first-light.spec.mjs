// What a new person does first: the one-time address, the account, and the library while it fills.
import { account, ask, expect, idle, test, tiles } from './fixtures.mjs';
import { command, signedIn, start, system, until } from './system.mjs';
import { livePhotos } from './testdata.mjs';

test.describe.configure({ mode: 'serial' });

let page;

test.beforeAll(async ({ browser }) => {
  page = await (await browser.newContext({ baseURL: system().base })).newPage();
});
test.afterAll(() => page.context().close());

test('nobody is let in before there is an account', async () => {
  await page.goto('/photos');
  await page.waitForURL('**/setup');
  await expect(page.getByRole('heading', { name: 'Open the address that the server printed' })).toBeVisible();
  await expect(page.locator('input')).toHaveCount(0);
});

/** Where the parts of a form stand. */
const places = (shown) =>
  shown.locator('main :is(h1, label, input, form > button)').evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect().top));

test('the one-time address asks for name, e-mail and password, and says what is wrong with them', async () => {
  await page.goto(system().link);
  await expect(page.getByLabel('Name')).toBeVisible();
  const before = await places(page);
  await page.getByRole('button', { name: 'Make the account' }).click();
  await expect(page.getByLabel('Name')).toBeFocused();
  await page.getByLabel('Name').fill(account.name);
  await page.getByLabel('E-mail').fill('not an address');
  await page.getByLabel('Password', { exact: true }).fill('short');
  await page.getByRole('button', { name: 'Make the account' }).click();
  await expect(page).toHaveURL(/\/setup/);
  await expect(page.getByText('That doesn’t look like an e-mail address')).toBeVisible();
  expect(await places(page), 'nothing moves for a message').toEqual(before);
});

test('the first account leads to an empty library that teaches', async () => {
  await page.getByLabel('E-mail').fill(account.email);
  await page.getByLabel('Password', { exact: true }).fill(account.password);
  await page.getByRole('button', { name: 'Make the account' }).click();
  await page.waitForURL('**/photos');
  await expect(page.getByRole('heading', { name: 'A place for your photos' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Upload photos' })).toBeVisible();
});

test('a folder fills the page while one looks at it', async () => {
  test.setTimeout(180_000);
  await page.evaluate(() => (window.sameVisit = true));
  command('tessera-indexer', 'library', 'add', system().pictures);
  start('tessera-indexer');
  await expect(tiles(page).first()).toBeVisible();
  await expect(page.locator('[role=gridcell] img.loaded').first()).toBeVisible();

  // The grid grows without a reload, up to what the library holds in the end.
  const shown = () => page.evaluate(() => Number(document.querySelector('[role=grid]')?.ariaRowCount ?? 0));
  const early = await shown();
  await until(() => idle(page), 'all is done', 150);
  await expect.poll(shown).toBeGreaterThan(early);
  const { libraries } = await ask(page, '{ libraries { nodes { name assetCount folders { found imported duplicates refused } } } }');
  const { assetCount, folders } = libraries.nodes.find(({ name }) => name === 'Pictures');
  const [{ found, imported, duplicates, refused }] = folders;
  expect(imported).toBe(assetCount + livePhotos());
  expect(imported + duplicates + refused).toBe(found);
  await expect.poll(() => page.locator('.rail .stored').textContent()).toContain(`${assetCount} photos`);
  expect(await page.evaluate(() => window.sameVisit)).toBe(true);
});

test('the one-time address works once', async ({ browser }) => {
  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto(system().link);
  await expect(stranger.getByRole('heading', { name: 'This server has its first account' })).toBeVisible();
  await expect(stranger.locator('input')).toHaveCount(0);
  await stranger.context().close();
});

test('a wrong password is refused in words, the right one leads back to where one wanted to go', async ({ browser }) => {
  const other = await (await browser.newContext({ baseURL: system().base })).newPage();
  await other.goto('/map');
  await other.waitForURL('**/sign-in?to=%2Fmap');
  await expect(other.getByLabel('E-mail')).toBeVisible();
  const before = await places(other);
  await other.getByLabel('E-mail').fill(account.email);
  await other.getByLabel('Password', { exact: true }).fill('wrong horse battery');
  await other.getByRole('button', { name: 'Sign in' }).click();
  await expect(other.getByText('This e-mail address and password do not belong together')).toBeVisible();
  await expect(other.getByLabel('Password', { exact: true })).toBeFocused();
  expect(await places(other), 'nothing moves for a message').toEqual(before);
  await other.route('**/graphql', (route) => route.fulfill({ status: 429, json: {} }));
  await other.getByRole('button', { name: 'Sign in' }).click();
  await expect(other.getByRole('alert')).toContainText('Too many tries in a short time');
  expect(await places(other), 'nothing moves for a problem').toEqual(before);
  await other.unroute('**/graphql');
  await other.getByLabel('Password', { exact: true }).fill(account.password);
  await other.getByRole('button', { name: 'Sign in' }).click();
  await other.waitForURL('**/map');
  await other.context().close();
});

test('who signs in on the way to the photos sees them at once, also without a live connection', async ({ browser }) => {
  const context = await browser.newContext({ baseURL: system().base });
  await context.addInitScript(() => {
    new MutationObserver(() => {
      if (document.body?.innerText.includes('You are signed out')) globalThis.wasSignedOut = true;
    }).observe(document, { childList: true, subtree: true });
  });
  const other = await context.newPage();
  await other.routeWebSocket(/./, (socket) => socket.close());
  await other.goto('/photos');
  await other.waitForURL('**/sign-in');
  await other.getByLabel('E-mail').fill(account.email);
  await other.getByLabel('Password', { exact: true }).fill(account.password);
  await other.getByRole('button', { name: 'Sign in' }).click();
  await other.waitForURL('**/photos');
  await expect(tiles(other).first()).toBeVisible();
  expect(await other.evaluate(() => globalThis.wasSignedOut)).toBeUndefined();
  await context.close();
});

test('an address that can’t be read leads to the photos', async () => {
  await page.goto('/photos/%ff%00');
  await page.waitForURL('**/photos');
  await expect(tiles(page).first()).toBeVisible();
});

test('the browser stays signed in', async () => {
  await page.reload();
  await expect(tiles(page).first()).toBeVisible();
  await page.context().storageState({ path: signedIn });
});
