// The server goes away while one looks, and comes back: the page says so, and mends by itself.
import { expect, openPhotos, test, tiles } from './fixtures.mjs';
import { ready, start, stop, system } from './system.mjs';

// The browser says so of each request that comes to nothing.
test.use({ tolerated: [/Failed to load resource|WebSocket connection/] });
test.describe.configure({ mode: 'serial' });

const notice = (page) => page.getByText('Tessera’s server can’t be reached. Trying again…');
const rail = (page) => page.getByRole('navigation', { name: 'Main' });
const scroller = (page) => page.locator('.scroller');

async function back() {
  start('tessera-api');
  await ready();
}

test.afterEach(async () => {
  if (!system().pids['tessera-api']) await back();
});

test('photos that were scrolled to meanwhile, their days and their notice come and go by themselves', async ({ page }) => {
  await openPhotos(page);
  await page.evaluate(() => (window.sameVisit = true));
  await stop('tessera-api', 'SIGKILL');
  await expect(notice(page)).toBeVisible();
  await scroller(page).evaluate((element) => (element.scrollTop = element.scrollHeight));
  await expect(tiles(page).last()).toBeInViewport();
  await page.waitForTimeout(1500);
  const waiting = page.locator('[role=gridcell] img:not(.loaded)');
  await expect(page.locator('[role=gridcell] img.loaded')).toHaveCount(0);
  const named = await page.locator('[role=rowheader] .place').count();
  await back();
  await expect(notice(page)).toHaveCount(0);
  await expect(waiting).toHaveCount(0);
  await expect(page.locator('[role=gridcell] img.loaded').last()).toBeInViewport();
  await expect.poll(() => page.locator('[role=rowheader] .place').count()).toBeGreaterThan(named);
  expect(await page.evaluate(() => window.sameVisit)).toBe(true);
});

test('a picture that could not be fetched is asked for again', async ({ page }) => {
  const refused = new Set();
  await page.route('/media/**', (route) => {
    const url = route.request().url();
    if (refused.has(url)) return route.continue();
    refused.add(url);
    return route.abort();
  });
  await page.goto('/photos');
  await expect(page.locator('[role=gridcell] img').first()).toBeAttached();
  await expect(page.locator('[role=gridcell] img:not(.loaded)')).toHaveCount(0);
  await expect(page.locator('[role=gridcell] img.loaded').first()).toBeVisible();
  expect(refused.size).toBeGreaterThan(5);
  await expect(notice(page)).toHaveCount(0);
});

test('another page comes by itself, too, in a frame that stays', async ({ page }) => {
  // Before the other pages are fetched ahead.
  await page.goto('/settings');
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  await page.evaluate(() => (window.sameVisit = true));
  await stop('tessera-api', 'SIGKILL');
  await rail(page).getByRole('link', { name: 'Map' }).click();
  const failed = page.getByRole('alert');
  await expect(failed).toContainText('The server can’t be reached');
  await expect(failed).toContainText('Tessera goes on trying by itself.');
  await expect(rail(page)).toBeVisible();
  await expect(page.getByRole('combobox')).toBeVisible();
  // Long enough for the connection of the change feed to be lost, and for each try of its own.
  await page.waitForTimeout(4000);
  await back();
  const pin = page.locator('.pin').first();
  await expect(pin).toBeVisible();
  await expect(pin, 'with its styles').toHaveCSS('position', 'absolute');
  await expect(failed).toHaveCount(0);
  expect(await page.evaluate(() => window.sameVisit)).toBe(true);
});
