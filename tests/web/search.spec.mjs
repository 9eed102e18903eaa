// Finding: by words, by keys, in both orders; and being told where a text can't be read.
import { ask, expect, openPhotos, test, tiles, viewer } from './fixtures.mjs';
import { place } from './testdata.mjs';

const field = (page) => page.getByRole('combobox', { name: 'Search by words or by keys' });
const many = (n) => `${n} ${n === 1 ? 'photo or film' : 'photos and films'}`;
const head = (page) => page.locator('main').getByRole('status');

async function search(page, text) {
  await field(page).fill(text);
  await field(page).press('Enter');
  await page.waitForURL((url) => url.pathname === '/search' && url.searchParams.get('q') === text);
}

test('words find the place, the camera and the file name', async ({ page }) => {
  await openPhotos(page);
  const { city } = place('Phones/iPhone/2023-10/classic-car.heic');
  for (const [text, name] of [
    [city.toLowerCase(), 'classic-car.heic'],
    ['classic car', 'classic-car.heic'],
    ['huawei berlin', 'digikam.jpg'],
  ]) {
    await search(page, text);
    await expect(tiles(page).first()).toBeVisible();
    const { search: found } = await ask(page, 'query ($text: String!) { search(filter: { text: $text }) { totalCount nodes { name id } } }', { text });
    expect(found.nodes.map((node) => node.name)).toContain(name);
    await expect(head(page)).toHaveText(many(found.totalCount));
    const { id } = found.nodes.find((node) => node.name === name);
    await expect(page.locator(`[role=gridcell] a[href^="/search/${id}?"]`)).toBeVisible();
  }
});

test('keys narrow it down, and a photo opens over what was found', async ({ page }) => {
  await openPhotos(page);
  await search(page, 'type:video');
  const { all } = await ask(page, '{ all: search(filter: { text: "type:video" }) { totalCount } }');
  expect(all.totalCount).toBeGreaterThan(5);
  await expect(head(page)).toHaveText(many(all.totalCount));

  await search(page, 'camera:iphone taken:2023-10 country:es');
  await expect(head(page)).toHaveText(many(1));
  await tiles(page).first().click();
  await page.waitForURL('**/search/asset_*');
  await expect(viewer(page)).toHaveAccessibleName('Photo classic-car.heic');
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/\/search\?q=/);

  await page.getByRole('link', { name: 'Best match' }).click();
  await expect(page.locator('[data-hit]')).toHaveCount(1);
});

test('a text that can’t be read is marked at its place, with what may be meant', async ({ page }) => {
  await openPhotos(page);
  await search(page, 'berlin cammera:canon');
  const note = page.getByRole('alert').filter({ has: page.locator('mark') });
  await expect(note.locator('mark')).toHaveText('cammera');
  await expect(field(page)).toHaveAttribute('aria-invalid', 'true');
  await note.getByRole('button', { name: 'Search for berlin camera:canon' }).click();
  await page.waitForURL((url) => url.searchParams.get('q') === 'berlin camera:canon');
  await expect(note).toHaveCount(0);
});

test('nothing found offers ways on', async ({ page }) => {
  await page.goto('/search?q=berlin+nosuchword');
  await expect(page.getByRole('heading', { name: 'Nothing found for “berlin nosuchword”' })).toBeVisible();
  // The change feed has begun meanwhile, and asks a grid that is not there any more for nothing.
  await page.waitForTimeout(2500);
  await page.getByRole('link', { name: 'Without nosuchword' }).click();
  await expect(tiles(page).first()).toBeVisible();
});

test('the keyboard picks a key and an earlier search from under the field', async ({ page }) => {
  await openPhotos(page);
  await search(page, 'berlin');
  await expect(tiles(page).first()).toBeVisible();
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await page.keyboard.press('/');
  await expect(page.getByRole('option', { name: 'berlin' })).toBeVisible();
  // The page beneath lists the keys already.
  await expect(page.getByRole('option').filter({ hasText: 'Maker or model' })).toHaveCount(0);
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('option', { name: 'berlin' })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Shift+Delete');
  await expect(page.getByRole('option', { name: 'berlin' })).toHaveCount(0);
  await field(page).fill('cam');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(field(page)).toHaveValue('camera:');
});
