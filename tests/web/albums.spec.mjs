// Albums: made from what is picked, changed where they stand, within each other, live, taken back.
import { ask, expect, openPhotos, test, tiles, viewer } from './fixtures.mjs';

const albums = async (page) =>
  (await ask(page, '{ albums(sort: NAME) { nodes { id name assetCount live parent { name } } } }')).albums.nodes;
const albumNamed = async (page, name) => (await albums(page)).find((album) => album.name === name);
const bar = (page) => page.getByRole('toolbar', { name: / selected$/ });
const dialog = (page, name) => page.getByRole('dialog', { name });
const toast = (page, text) => page.locator('.toast', { hasText: text });
const picks = (page) => page.locator('[role=gridcell]:has(a[data-asset]) [role=checkbox]');

/** Makes an album by the API, with the first photos of the library in it. */
async function make(page, name, count = 3, more = {}) {
  const { albumCreate } = await ask(
    page,
    'mutation ($input: AlbumCreateInput!) { albumCreate(input: $input) { album { id } userErrors { message } } }',
    { input: { name, ...more } },
  );
  expect(albumCreate.userErrors).toEqual([]);
  const { search } = await ask(page, 'query ($n: Int!) { search(filter: { text: "type:image" }, sort: TAKEN_NEWEST, first: $n) { nodes { id } } }', { n: Math.max(1, count) });
  const assetIds = search.nodes.slice(0, count).map(({ id }) => id);
  if (assetIds.length === 0) return { id: albumCreate.album.id, assetIds };
  const { albumAssetsAdd } = await ask(
    page,
    'mutation ($input: AlbumAssetsAddInput!) { albumAssetsAdd(input: $input) { userErrors { message } } }',
    { input: { albumIds: [albumCreate.album.id], assetIds } },
  );
  expect(albumAssetsAdd.userErrors).toEqual([]);
  return { id: albumCreate.album.id, assetIds };
}

test('photos are picked and added to a new album, which then shows them', async ({ page }) => {
  await openPhotos(page);
  await tiles(page).nth(0).hover();
  await picks(page).nth(0).click();
  await tiles(page).nth(1).click();
  await expect(bar(page)).toContainText('2 selected');
  await bar(page).getByRole('button', { name: 'Add to album' }).click();
  const adding = dialog(page, 'Add to album');
  await adding.getByRole('textbox').fill('Picked today');
  await adding.getByRole('checkbox', { name: 'New album “Picked today”' }).click();
  await adding.getByRole('button', { name: 'Add to 1 album' }).click();
  await expect(toast(page, '2 photos and films added to “Picked today”')).toBeVisible();
  await expect(bar(page)).toBeHidden();

  const { id } = await albumNamed(page, 'Picked today');
  await page.goto(`/albums/${id}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Picked today');
  // The index hears of it a moment later.
  await expect(tiles(page)).toHaveCount(2, { timeout: 15_000 });
  await tiles(page).first().click();
  await page.waitForURL(`**/albums/${id}/asset_*`);
  await expect(viewer(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await page.waitForURL(`**/albums/${id}`);
});

test('escape lets go of what is picked, and shift picks all from the last one on', async ({ page }) => {
  await openPhotos(page);
  await tiles(page).nth(0).hover();
  await picks(page).nth(0).click();
  await tiles(page).nth(3).click({ modifiers: ['Shift'] });
  await expect(bar(page)).toContainText('4 selected');
  await page.keyboard.press('Escape');
  await expect(bar(page)).toBeHidden();
});

test('name and description are changed where they stand', async ({ page }) => {
  const { id } = await make(page, 'Before');
  await page.goto(`/albums/${id}`);
  await page.getByRole('button', { name: 'Before' }).click();
  await page.getByRole('textbox', { name: 'Change the name' }).fill('After');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('After');
  await page.getByRole('button', { name: 'Add a description' }).click();
  await page.getByRole('textbox', { name: 'Description' }).fill('Two days by the sea');
  await page.getByRole('heading', { level: 1 }).click();
  await expect(page.getByText('Two days by the sea')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('After');
  await expect(page.getByText('Two days by the sea')).toBeVisible();
});

test('what is removed from an album, and an album that is deleted, come back by Undo', async ({ page }) => {
  const { id } = await make(page, 'Undone', 2);
  await page.goto(`/albums/${id}`);
  await expect(tiles(page)).toHaveCount(2, { timeout: 15_000 });
  await tiles(page).nth(0).hover();
  await picks(page).nth(0).click();
  await bar(page).getByRole('button', { name: 'Remove from album' }).click();
  await expect.poll(async () => (await albumNamed(page, 'Undone')).assetCount).toBe(1);
  await toast(page, 'removed from the album').getByRole('button', { name: 'Undo' }).click();
  await expect.poll(async () => (await albumNamed(page, 'Undone')).assetCount).toBe(2);

  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('button', { name: 'Delete album' }).click();
  await page.waitForURL('**/albums');
  expect(await albumNamed(page, 'Undone')).toBeUndefined();
  await toast(page, '“Undone” is deleted').getByRole('button', { name: 'Undo' }).click();
  await expect.poll(async () => (await albumNamed(page, 'Undone'))?.assetCount).toBe(2);
});

test('albums lie in each other, and lead back', async ({ page }) => {
  const outer = await make(page, 'Travels', 0);
  await make(page, 'Lisbon trip', 2, { parentId: outer.id });
  await page.goto('/albums');
  await expect(page.getByRole('link', { name: /^Travels:/ })).toBeVisible();
  await expect(page.getByRole('link', { name: /^Lisbon trip:/ })).toBeHidden();
  // By its name it is found wherever it lies.
  await page.getByRole('searchbox', { name: 'Find an album' }).fill('lisbon tr');
  await page.getByRole('link', { name: /^Lisbon trip:/ }).click();
  const path = page.getByRole('navigation', { name: 'Where this album lies' });
  await path.getByRole('link', { name: 'Travels' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Travels');
  await expect(page.getByRole('list', { name: 'Albums in it' }).getByRole('link')).toHaveCount(1);
});

test('a live album takes in what its rule finds', async ({ page }) => {
  const { id } = await make(page, 'Films of mine', 0);
  const { search } = await ask(page, '{ search(filter: { text: "type:video" }) { totalCount } }');
  await page.goto(`/albums/${id}`);
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('button', { name: 'Make it a live album' }).click();
  const rule = dialog(page, 'Rule of this live album');
  await rule.getByRole('combobox').fill('type:video');
  await expect(rule.getByText(/^Finds /)).toBeVisible();
  await page.keyboard.press('Escape');
  await rule.getByRole('button', { name: 'Apply' }).click();
  await expect.poll(async () => (await albumNamed(page, 'Films of mine')).assetCount, { timeout: 20_000 }).toBe(search.totalCount);
  expect((await albumNamed(page, 'Films of mine')).live).toBe(true);
});

test('comments come and go', async ({ page }) => {
  const { id } = await make(page, 'Talked about', 1);
  await page.goto(`/albums/${id}`);
  await page.getByRole('button', { name: 'Comments' }).click();
  const panel = page.getByRole('complementary', { name: 'Comments' });
  await panel.getByRole('textbox', { name: 'Say something' }).fill('The light that evening');
  await page.keyboard.press('Enter');
  await expect(panel.getByText('The light that evening')).toBeVisible();
  await panel.getByRole('button', { name: 'Delete this comment' }).click();
  await expect(panel.getByText('Nothing has been said yet.')).toBeVisible();
  await page.getByRole('button', { name: 'Like this album' }).click();
  await expect(page.getByRole('button', { name: 'Like it no longer' })).toHaveText('1');
});

test('the viewer tells the albums of a photo, and adds it to more', async ({ page }) => {
  const { id, assetIds } = await make(page, 'Told by the viewer', 1);
  await page.goto(`/photos/${assetIds[0]}`);
  await expect(viewer(page)).toBeVisible();
  await viewer(page).getByRole('button', { name: 'Add to album' }).first().click();
  await expect(dialog(page, 'Add to album')).toBeVisible();
  await page.keyboard.press('Escape');
  const toggle = viewer(page).getByRole('button', { name: /^(Information|Hide the information)$/ }).first();
  if ((await toggle.getAttribute('aria-pressed')) === 'false') await page.keyboard.press('i');
  await page.getByRole('complementary', { name: 'Information' }).getByRole('link', { name: 'Told by the viewer' }).click();
  await page.waitForURL(`**/albums/${id}`);
});
