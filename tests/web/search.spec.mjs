// Finding: by words, by keys, in both orders; and being told where a text can't be read.
import { basename } from 'node:path';
import { ask, expect, openPhotos, test, tiles, viewer } from './fixtures.mjs';
import { filesOf, place } from './testdata.mjs';

const field = (page) => page.getByRole('combobox', { name: 'Search by words or by keys' });
const many = (n) => `${n} ${n === 1 ? 'photo or film' : 'photos and films'}`;
const head = (page) => page.locator('main').getByRole('status');
const option = (page, name) => page.getByRole('option', { name, exact: typeof name === 'string' });
const query = (page) => new URL(page.url()).searchParams.get('q');
const filters = (page) => page.getByRole('complementary', { name: 'Filters' });
const chips = (page) => page.getByRole('list', { name: 'What the search is narrowed to' });
const meanings = (page) => page.getByRole('list', { name: 'What the words may mean' });
const remembered = async (page) => (await ask(page, '{ searchHistory { text } }')).searchHistory.map(({ text }) => text);
const kept = async (page) => (await ask(page, '{ savedSearches { name text } }')).savedSearches;
const found = async (page, text) =>
  (await ask(page, 'query ($text: String!) { search(filter: { text: $text }) { totalCount } }', { text })).search.totalCount;

/** Photographs of one folder, each from another country. Others have come to lie beside them. */
const AROUND = 'path:4MinsAroundTheWorld name:UTC*';
const around = filesOf('Albums/4MinsAroundTheWorld').map((path) => basename(path)).filter((name) => name.startsWith('UTC'));
const countries = around.map((name) => place(`Albums/4MinsAroundTheWorld/${name}`).country);
const value = (within, name, n) => within.getByRole('checkbox', { name: `${name}: ${many(n)}`, exact: true });

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
  await ask(page, 'mutation { searchHistoryClear { cleared } }');
  await openPhotos(page);
  await search(page, 'berlin');
  await expect(tiles(page).first()).toBeVisible();
  await expect.poll(() => remembered(page)).toContain('berlin');
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await page.keyboard.press('/');
  await expect(option(page, 'berlin')).toBeVisible();
  // The page beneath lists the keys already.
  await expect(page.getByRole('option').filter({ hasText: 'Maker or model' })).toHaveCount(0);
  await page.keyboard.press('ArrowDown');
  await expect(option(page, 'berlin')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Shift+Delete');
  await expect(option(page, 'berlin')).toHaveCount(0);
  await expect.poll(() => remembered(page)).not.toContain('berlin');
  await field(page).fill('cam');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(field(page)).toHaveValue('camera:');
});

test('what exists is suggested with its number, and takes the place of what was typed', async ({ page }) => {
  await openPhotos(page);
  const { city, country } = place('Phones/iPhone/2023-10/classic-car.heic');
  // As somebody types who has forgotten the rest, in the midst of other words.
  await field(page).fill(`type:image ${city.slice(0, 4).toLowerCase()}`);
  const entity = option(page, new RegExp(`^${city} City`));
  await expect(entity).toContainText(many(await found(page, `city:="${city}"`)));
  await entity.click();
  await expect.poll(() => query(page)).toBe(`type:image city:="${city}"`);
  await expect(head(page)).toHaveText(many(await found(page, `type:image city:="${city}"`)));

  // Tab takes a value into the text at the cursor, and leaves what stands behind it.
  await field(page).fill('country: type:image');
  await field(page).evaluate((input) => input.setSelectionRange(8, 8));
  await page.keyboard.type(country.slice(0, 2).toLowerCase());
  await expect(option(page, new RegExp(`^${country}`))).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(option(page, new RegExp(`^${country}`))).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Tab');
  await expect(field(page)).toHaveValue('country:es type:image');
  await expect(field(page)).toBeFocused();
  await expect(page.getByRole('listbox')).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect.poll(() => query(page)).toBe('country:es type:image');
});

test('a misspelt key is mended in its place', async ({ page }) => {
  await openPhotos(page);
  await field(page).fill('berlin cammera:canon');
  await option(page, 'camera').click();
  await expect.poll(() => query(page)).toBe('berlin camera:canon');
});

test('without the server’s suggestions the keys are still there, and Escape shuts them away', async ({ page }) => {
  await page.route('**/graphql', (route) => {
    if (!route.request().postData()?.includes('query SearchSuggestions')) return route.fallback();
    return route.fulfill({ json: { errors: [{ message: 'not now', extensions: { code: 'UNAVAILABLE' } }] } });
  });
  await openPhotos(page);
  await field(page).fill('dog cam');
  await expect(option(page, /^camera:/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('listbox')).toHaveCount(0);
  await expect(field(page)).toHaveValue('dog cam');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await expect(field(page)).toHaveValue('dog camera:');
});

test('searches that the browser remembered by itself are told to nobody; those of the server can be forgotten and brought back', async ({ page }) => {
  await openPhotos(page);
  await page.evaluate(() => localStorage.setItem('tessera:searches', JSON.stringify(['somebody else’s'])));
  await ask(page, 'mutation { searchRemember(input: { text: "my own" }) { userErrors { message } } }');
  await page.reload();
  await field(page).focus();
  await expect(option(page, 'my own')).toBeVisible();
  await expect(option(page, 'somebody else’s')).toHaveCount(0);
  expect(await remembered(page)).not.toContain('somebody else’s');
  expect(await page.evaluate(() => localStorage.getItem('tessera:searches'))).toBeNull();

  const before = await remembered(page);
  await option(page, 'Clear recent searches').click();
  await expect.poll(() => remembered(page)).toEqual([]);
  await expect(option(page, 'my own')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => remembered(page)).toEqual(before);
});

test('whoever only passes by has not searched, and whoever opens a photo has', async ({ page }) => {
  const text = 'taken:2024-04-13';
  await page.goto(`/search?q=${text}`);
  await expect(tiles(page).first()).toBeVisible();
  expect(await remembered(page)).not.toContain(text);
  await tiles(page).first().click();
  await expect(viewer(page)).toBeVisible();
  await expect.poll(() => remembered(page)).toContain(text);
});

test('filters count what there is, narrow the search, and are taken away again', async ({ page }) => {
  await page.goto(`/search?q=${encodeURIComponent(AROUND)}`);
  await expect(head(page)).toHaveText(many(around.length));
  await filters(page).getByRole('button', { name: `Show all ${countries.length} (Country)` }).click();
  for (const country of countries) await expect(value(filters(page), country, 1)).toBeVisible();

  const [country] = countries;
  await value(filters(page), country, 1).click();
  await expect(head(page)).toHaveText(many(1));
  await expect(tiles(page)).toHaveCount(1);
  const { filter } = await ask(page, 'query ($text: String!) { filter: search(filter: { text: $text }) { nodes { place { country } } } }', { text: query(page) });
  expect(filter.nodes.map((node) => node.place.country)).toEqual([country]);
  const chip = chips(page).getByRole('link', { name: `Remove the filter Country ${country}` });
  await expect(chip).toBeVisible();
  // Who has chosen one country still sees the others.
  await expect(value(filters(page), countries[1], 1)).not.toBeChecked();
  await expect(value(filters(page), country, 1)).toBeChecked();

  await chip.click();
  await expect(head(page)).toHaveText(many(around.length));
  await expect(chip).toHaveCount(0);
  await page.goBack();
  await expect(head(page)).toHaveText(many(1));

  await page.getByRole('button', { name: 'Filters' }).click();
  await expect(filters(page)).toHaveCount(0);
  await page.reload();
  await expect(tiles(page)).toHaveCount(1);
  await expect(filters(page)).toHaveCount(0);
  await page.getByRole('button', { name: 'Filters' }).click();
  await expect(filters(page)).toBeVisible();
});

test('several values of a key are chosen with keys alone, and taken out again', async ({ page }) => {
  await page.goto(`/search?q=${encodeURIComponent(AROUND)}`);
  await expect(head(page)).toHaveText(many(around.length));
  await filters(page).getByRole('button', { name: `Show all ${countries.length} (Country)` }).click();
  const [first, second] = countries.map((country) => value(filters(page), country, 1));
  await first.focus();
  await page.keyboard.press('Space');
  await expect(head(page)).toHaveText(many(1));
  await expect(first).toBeChecked();
  await expect(first).toBeFocused();
  await second.focus();
  await page.keyboard.press('Enter');
  await expect(head(page)).toHaveText(many(2));
  for (const box of [first, second]) await expect(box).toBeChecked();
  // Its own values are counted as before.
  await expect(filters(page).getByRole('group', { name: 'Country' }).getByRole('checkbox', { checked: true })).toHaveCount(2);
  await expect(value(filters(page), countries[2], 1)).not.toBeChecked();
  expect(query(page).match(/country:\w\w,\w\w/g)).toHaveLength(1);
  expect(await found(page, query(page))).toBe(2);
  await expect(chips(page).getByRole('link', { name: new RegExp(`^Remove the filter Country ${countries[0]} or ${countries[1]}$`) })).toBeVisible();

  await first.focus();
  await page.keyboard.press('Space');
  await expect(head(page)).toHaveText(many(1));
  await expect(first).not.toBeChecked();
  await expect(second).toBeChecked();
  await expect(first).toBeFocused();
  await second.focus();
  await page.keyboard.press('Space');
  await expect(head(page)).toHaveText(many(around.length));
});

test('words that are the name of something are offered as what they mean, and can be sent away', async ({ page }) => {
  await openPhotos(page);
  const { city } = place('Phones/iPhone/2023-10/classic-car.heic');
  await search(page, `${city.toLowerCase()} 2023 type:image`);
  const meant = (name) => meanings(page).getByRole('link', { name, exact: true });
  await expect(meant(`${city} as City`)).toBeVisible();
  await meanings(page).getByRole('button', { name: '2023 isn’t meant as year' }).click();
  await expect(meant('2023 as Year')).toHaveCount(0);
  await meant(`${city} as City`).click();
  const text = `city:="${city}" 2023 type:image`;
  await expect.poll(() => query(page)).toBe(text);
  await expect(head(page)).toHaveText(many(await found(page, text)));
  await expect(chips(page).getByRole('link', { name: `Remove the filter City ${city}` })).toBeVisible();
  await expect(meanings(page)).toHaveCount(0);
  // The keys go on from there.
  await expect(chips(page).getByRole('link').first()).toBeFocused();

  // A word that is no name, and one that is ruled out.
  const others = `webm_480 -${city.toLowerCase()}`;
  const answered = page.waitForResponse((response) => response.request().postData()?.includes('query SearchSuggestions') ?? false);
  await page.goto(`/search?q=${encodeURIComponent(others)}`);
  await expect(head(page)).toHaveText(many(await found(page, others)));
  await answered;
  await expect(meanings(page)).toHaveCount(0);
});

test('what was found is scrolled through by month and year, as all photos are', async ({ page }) => {
  await page.goto('/search?q=type:image');
  await expect(tiles(page).first()).toBeVisible();
  const scale = page.getByRole('slider', { name: 'Scroll by date' });
  const { search: oldest } = await ask(page, '{ search(filter: { text: "type:image" }, sort: TAKEN_OLDEST, first: 1) { nodes { id } } }');
  const newest = await scale.getAttribute('aria-valuetext');
  await scale.focus();
  await page.keyboard.press('End');
  await expect(scale).toHaveAttribute('aria-valuenow', '100');
  await expect(scale).not.toHaveAttribute('aria-valuetext', newest);
  await expect(page.locator(`[role=gridcell] a[href^="/search/${oldest.nodes[0].id}?"]`)).toBeInViewport();
  await page.keyboard.press('Home');
  await expect(scale).toHaveAttribute('aria-valuetext', newest);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('filters are a sheet that stays while they are chosen', async ({ page }) => {
    await page.goto(`/search?q=${encodeURIComponent(AROUND)}`);
    await expect(head(page)).toHaveText(many(around.length));
    await page.getByRole('button', { name: 'Filters' }).click();
    const sheet = page.getByRole('dialog', { name: 'Filters' });
    await sheet.getByRole('button', { name: `Show all ${countries.length} (Country)` }).click();
    await value(sheet, countries[0], 1).click();
    await value(sheet, countries[1], 1).click();
    const done = sheet.getByRole('button', { name: `Show ${many(2)}` });
    await expect(done).toBeVisible();
    await done.click();
    await expect(sheet).toHaveCount(0);
    await expect(tiles(page)).toHaveCount(2);
  });
});

test('a search is saved under a name, found again, changed, removed, and brought back', async ({ page }) => {
  await page.goto(`/search?q=${encodeURIComponent(AROUND)}`);
  await expect(head(page)).toHaveText(many(around.length));
  await page.getByRole('button', { name: 'Save search' }).click();
  const dialog = page.getByRole('dialog');
  const send = (name) => dialog.getByRole('button', { name }).click();
  await send('Save search');
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveAccessibleDescription('Give the search a name');
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Four minutes');
  await send('Save search');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Saved as “Four minutes”: keep it no longer' })).toBeVisible();
  expect(await kept(page)).toEqual([{ name: 'Four minutes', text: AROUND }]);

  await page.goto('/search');
  const line = page.getByRole('listitem').filter({ hasText: AROUND });
  await expect(line).toContainText(many(around.length));
  await expect(line.locator('img')).toBeVisible();
  await line.getByRole('button', { name: 'Change the saved search Four minutes' }).click();
  await dialog.getByRole('textbox', { name: 'What it searches for' }).fill('cammera:canon');
  await send('Save changes');
  await expect(dialog.getByRole('textbox', { name: 'What it searches for' })).toHaveAttribute('aria-invalid', 'true');
  await dialog.getByRole('textbox', { name: 'What it searches for' }).fill(AROUND);
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Around the world');
  await send('Save changes');
  await expect(line).toContainText('Around the world');

  await line.getByRole('button', { name: 'Remove the saved search Around the world' }).click();
  await expect(line).toHaveCount(0);
  expect(await kept(page)).toEqual([]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(line).toBeVisible();
  await line.getByRole('link').click();
  await expect(head(page)).toHaveText(many(around.length));
  await page.getByRole('button', { name: 'Saved as “Around the world”: keep it no longer' }).click();
  await expect.poll(() => kept(page)).toEqual([]);
});
