// Places: those one has been to, and those of the world by their names.
import AxeBuilder from '@axe-core/playwright';
import { ask, assetNamed, expect, openInformation, test } from './fixtures.mjs';
import { place } from './testdata.mjs';

const car = 'Phones/iPhone/2023-10/classic-car.heic';
/** Where GeoNames has it. */
const barcelona = { latitude: 41.38879, longitude: 2.15899 };

const many = (n) => `${n} ${n === 1 ? 'photo or film' : 'photos and films'}`;
const count = async (page, text) => (await ask(page, 'query ($text: String!) { search(filter: { text: $text }) { totalCount } }', { text })).search.totalCount;
const found = (page) => page.locator('main').getByRole('status');
const field = (within) => within.getByRole('combobox', { name: 'Find a city, town or village' });

/** The middle of the map, as its address says it. */
async function middle(page) {
  await page.waitForURL('**/map?at=**');
  const [latitude, longitude, zoom] = new URL(page.url()).searchParams.get('at').split(',').map(Number);
  return { latitude, longitude, zoom };
}

/** No serious complaint of axe about what is on screen. */
async function judge(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))).toEqual([]);
}

test('countries lead to their cities, and these to what was taken there and to the map', async ({ page }) => {
  const { country, cc, lat, lon } = place(car);
  const code = cc.toLowerCase();
  const { city } = (await assetNamed(page, car.split('/').at(-1))).place;
  const all = await count(page, `country:${code}`);

  await page.goto('/map');
  await page.getByRole('link', { name: 'Places', exact: true }).click();
  await page.waitForURL('**/places');
  await page.getByRole('link', { name: `${country}: ${many(all)}` }).click();
  await page.waitForURL(`**/places/${code}`);
  await expect(page.getByRole('heading', { level: 1, name: country })).toBeVisible();
  await judge(page);

  await page.getByRole('link', { name: 'Show all' }).click();
  await page.waitForURL((url) => url.pathname === '/search' && url.searchParams.get('q') === `country:${code}`);
  await expect(found(page)).toHaveText(many(all));
  await page.goBack();

  const there = await count(page, `country:${code} city:="${city}"`);
  expect(there).toBeGreaterThan(0);
  await page.getByRole('link', { name: `${city}: ${many(there)}` }).first().click();
  await page.waitForURL((url) => url.pathname === '/search' && url.searchParams.get('q').includes(`city:="${city}"`));
  await expect(found(page)).toHaveText(many(there));
  await page.goBack();

  await page.getByRole('link', { name: `${city} on the map` }).first().click();
  const { latitude, longitude, zoom } = await middle(page);
  expect(Math.abs(latitude - Number(lat))).toBeLessThan(0.5);
  expect(Math.abs(longitude - Number(lon))).toBeLessThan(0.5);
  expect(zoom).toBeGreaterThan(5);
  await expect(page.locator('.pin').first()).toBeVisible();
});

test('a country of which there is nothing, or that there is not, says so', async ({ page }) => {
  for (const code of ['kp', 'zz', 'portugal']) {
    await page.goto(`/places/${code}`);
    await expect(page.getByRole('heading', { name: 'No photos from there' })).toBeVisible();
  }
  await page.getByRole('link', { name: 'All places' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Places' })).toBeVisible();
});

test('where no photograph knows its place, it says what to do', async ({ page }) => {
  const none = { places: { totalCount: 0, nodes: [], pageInfo: { hasNextPage: false, endCursor: null } } };
  await page.route('**/graphql?*query+Places*', (route) => route.fulfill({ json: { data: none } }));
  await page.goto('/places');
  await expect(page.getByRole('heading', { name: 'Your photos by place' })).toBeVisible();
  await expect(page.getByRole('main').getByRole('link', { name: 'Upload photos' })).toBeVisible();
});

test('the map goes to a place by the beginning of its name, with keys alone', async ({ page }) => {
  await page.goto('/map');
  await expect(page.locator('.pin').first()).toBeVisible();
  await field(page).focus();
  await page.keyboard.type('BARCEL');
  const first = page.getByRole('option').first();
  await expect(first).toContainText('Barcelona');
  await expect(first).toContainText('Catalonia, Spain');
  await page.keyboard.press('ArrowDown');
  await expect(first).toHaveAttribute('aria-selected', 'true');
  await judge(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('listbox')).toHaveCount(0);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(field(page)).toHaveValue('Barcelona');
  await expect.poll(async () => Math.abs((await middle(page)).latitude - barcelona.latitude)).toBeLessThan(0.2);
  expect(Math.abs((await middle(page)).longitude - barcelona.longitude)).toBeLessThan(0.2);

  await field(page).fill('Xqzptl');
  await expect(page.getByRole('paragraph').filter({ hasText: 'No city, town or village is known' })).toBeVisible();
});

test('a photo is given the place of a city by its name; Enter and Escape leave the dialog as it is', async ({ page }) => {
  await openInformation(page, (await assetNamed(page, car.split('/').at(-1))).id);
  await page.getByRole('button', { name: 'Change the place' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change the place' });
  await field(dialog).fill('Barcelona');
  await expect(dialog.getByRole('option').first()).toContainText('Barcelona');
  await page.keyboard.press('Escape');
  await expect(dialog.getByRole('listbox')).toHaveCount(0);
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeVisible();
  const number = async (name) => Number(await dialog.getByRole('textbox', { name }).inputValue());
  await expect.poll(async () => Math.abs((await number('Latitude')) - barcelona.latitude)).toBeLessThan(0.2);
  expect(Math.abs((await number('Longitude')) - barcelona.longitude)).toBeLessThan(0.2);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
});

test.describe('while the server is away', () => {
  test.use({ tolerated: [/ERR_FAILED|ERR_INTERNET_DISCONNECTED|Failed to load resource/] });

  test('places say so, and come when it is back', async ({ page }) => {
    const asked = '**/graphql?*query+Places*';
    await page.route(asked, (route) => route.abort());
    await page.goto('/places');
    await expect(page.getByRole('alert')).toContainText('The server can’t be reached');
    await page.unroute(asked);
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Places' })).toBeVisible();
    await expect(page.locator('article').first()).toBeVisible();
  });
});
