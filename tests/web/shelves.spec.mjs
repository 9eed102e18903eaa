// What is put aside: hearts, the archive, the trash with its way back, and the folder that only its person opens.
import { account, ask, assetNamed, expect, openPhotos, test, tiles, viewer } from './fixtures.mjs';
import { system } from './system.mjs';

const shop = 'digikam.jpg';
const PIN = '271828';

const toast = (page, text) => page.locator('.toast', { hasText: text }).last();
const undo = (page, text) => toast(page, text).getByRole('button', { name: 'Undo' }).click();
const count = async (page, filter) =>
  (await ask(page, 'query ($filter: AssetFilter) { timeline(filter: $filter) { count } }', { filter })).timeline.count;
const asset = async (page, id) => (await ask(page, 'query ($id: ID!) { asset(id: $id) { life favourite } }', { id })).asset;
const act = (page, name, id) =>
  ask(page, `mutation ($id: ID!) { ${name}(input: { assetIds: [$id] }) { userErrors { message } } }`, { id });

/** As it was, whatever a test has done. */
test.afterEach(async ({ page }) => {
  await ask(page, 'mutation { trashRestore(input: {}) { count } }');
  await ask(page, 'mutation ($pin: String!) { lockedFolderOpen(input: { pin: $pin }) { openUntil } }', { pin: PIN });
  const { lockedFolder } = await ask(page, '{ lockedFolder { assets { nodes { id } } } }');
  for (const { id } of lockedFolder.assets?.nodes ?? []) await act(page, 'assetsUnlock', id);
  await ask(page, 'mutation { lockedFolderClose { openUntil } }');
  for (const name of ['assetsUnarchive', 'assetsUnfavourite']) {
    const text = name === 'assetsUnarchive' ? 'archived:yes' : 'favourite:yes';
    await ask(page, `mutation ($text: String!) { ${name}(input: { filter: { text: $text } }) { count } }`, { text });
  }
});

test('a heart is given by F, seen on the tile and on its own page, and taken back', async ({ page }) => {
  const { id } = await assetNamed(page, shop);
  await page.goto(`/photos/${id}`);
  await expect(viewer(page).getByRole('button', { name: 'Favourite', exact: true })).toBeVisible();
  await page.keyboard.press('f');
  await expect(toast(page, '1 photo or film is a favourite now')).toBeVisible();
  await expect(viewer(page).getByRole('button', { name: 'Not a favourite' })).toBeVisible();
  await page.goto('/favourites');
  await expect(page.getByRole('heading', { name: 'Favourites', level: 1 })).toBeVisible();
  await expect(tiles(page)).toHaveCount(1);
  await expect(tiles(page).first()).toHaveAccessibleName(/Favourite$/);
  await tiles(page).first().focus();
  await page.keyboard.press('f');
  await undo(page, 'is no favourite any more');
  await expect(toast(page, 'Undone')).toBeVisible();
  await expect.poll(async () => (await asset(page, id)).favourite).toBe(true);
});

test('what is archived leaves the timeline and comes back from its page', async ({ page }) => {
  const { id } = await assetNamed(page, shop);
  const before = await count(page, null);
  await page.goto(`/photos/${id}`);
  await expect(viewer(page).getByRole('button', { name: 'Archive' })).toBeVisible();
  await page.keyboard.press('Shift+A');
  await expect(toast(page, 'archived')).toBeVisible();
  await expect.poll(() => count(page, null)).toBe(before - 1);
  await expect.poll(() => count(page, { text: 'archived:yes' })).toBe(1);
  await page.goto(`/archive/${id}`);
  await viewer(page).getByRole('button', { name: 'Back to the timeline' }).click();
  await expect(page.getByRole('heading', { name: 'Nothing is archived' })).toBeVisible();
  expect(await count(page, null)).toBe(before);
});

test('photos that are chosen go to the trash together, and come back by Undo or one by one', async ({ page }) => {
  await openPhotos(page);
  const before = await count(page, null);
  await tiles(page).nth(0).click({ modifiers: ['ControlOrMeta'] });
  await tiles(page).nth(1).click();
  const bar = page.getByRole('toolbar', { name: '2 selected' });
  await expect(bar).toBeVisible();
  await bar.getByRole('button', { name: 'Move to the trash' }).click();
  await expect(bar).toBeHidden();
  await expect.poll(() => count(page, null)).toBeLessThan(before);
  await undo(page, 'moved to the trash');
  await expect.poll(() => count(page, null)).toBe(before);

  await tiles(page).nth(0).focus();
  await page.keyboard.press('Delete');
  await expect(toast(page, 'moved to the trash')).toBeVisible();
  await page.goto('/trash');
  await expect(page.getByRole('heading', { name: /^Deleted for good in \d+ days$/ })).toBeVisible();
  await page.getByRole('button', { name: 'Restore all' }).click();
  await expect(page.getByRole('heading', { name: 'The trash is empty' })).toBeVisible();
  await expect.poll(() => count(page, null)).toBe(before);
});

test('all that a search finds is changed as one, after saying how many that are', async ({ page }) => {
  const all = await count(page, { text: 'type:image' });
  await page.goto('/search?q=type%3Aimage');
  await expect(tiles(page).first()).toBeVisible();
  await tiles(page).first().focus();
  await page.keyboard.press('x');
  await page.getByRole('button', { name: 'All that were found' }).click();
  await page.getByRole('toolbar').getByRole('button', { name: 'Favourite' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('heading', { name: `Make ${all} photos and films your favourites?` })).toBeVisible();
  await dialog.getByRole('button', { name: 'Favourite' }).click();
  await expect.poll(() => count(page, { text: 'favourite:yes' })).toBe(all);
  await undo(page, 'are favourites now');
  await expect.poll(() => count(page, { text: 'favourite:yes' })).toBe(0);
});

test('the locked folder takes a PIN, shows what is in it while it is open, and nothing once it is locked', async ({ page }) => {
  const { id } = await assetNamed(page, shop);
  await page.goto('/locked');
  const fresh = page.getByRole('heading', { name: 'A folder that only you open' });
  await expect(fresh.or(page.getByRole('heading', { name: 'The folder is locked' }))).toBeVisible();
  if (await fresh.isVisible()) {
    await page.getByLabel('Your password').fill(account.password);
    await page.getByLabel('New PIN').fill(PIN);
    await page.getByRole('button', { name: 'Choose this PIN' }).click();
    await expect(page.getByRole('heading', { name: 'Nothing is locked' })).toBeVisible();
    await page.getByRole('button', { name: 'Lock now' }).click();
  }
  await page.goto(`/photos/${id}`);
  await viewer(page).getByRole('button', { name: 'Move to the locked folder' }).click();
  await expect(toast(page, 'moved to the locked folder')).toBeVisible();
  expect(await asset(page, id)).toBeNull();
  await page.goto('/locked');
  await page.getByLabel('PIN', { exact: true }).fill('314159');
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(page.getByText('This is not the PIN of your locked folder')).toBeVisible();
  await page.getByLabel('PIN', { exact: true }).fill(PIN);
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(page.locator(`[data-shelved="${id}"]`)).toBeVisible();
  const kept = await page.request.get(`${system().base}/media/${id}/thumbnail`);
  expect(kept.headers()['cache-control']).toBe('no-store');
  await page.getByRole('button', { name: 'Lock now' }).click();
  await expect(page.locator(`[data-shelved="${id}"]`)).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'The folder is locked' })).toBeVisible();
});
