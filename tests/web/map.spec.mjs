// The photographs where they were taken.
import { ask, assetNamed, expect, openInformation, test, viewer } from './fixtures.mjs';
import { expected } from './testdata.mjs';

const pins = (page) => page.locator('.pin');

test('all that know their place are on the map: heaps with their number, single ones by themselves', async ({ page }) => {
  await page.goto('/map');
  await expect(pins(page).first()).toBeVisible();
  const { search } = await ask(page, '{ search(filter: { text: "has:gps" }) { totalCount } }');
  await page.getByRole('button', { name: 'Show all photos' }).click();
  const total = () =>
    pins(page).evaluateAll((list) => list.reduce((sum, pin) => sum + Number(pin.querySelector('.count')?.textContent ?? 1), 0));
  await expect.poll(total).toBe(search.totalCount);
  await expect(page.locator('canvas').first()).toBeVisible();
});

// The fixture hears what Svelte says of a picture that comes when its pin has gone.
test('pictures that come late, when their pins have gone, are none of the map’s business', async ({ page }) => {
  let come;
  const held = new Promise((resolve) => (come = resolve));
  await page.route('**/media/*/thumbnail*', async (route) => {
    await held;
    await route.continue().catch(() => {});
  });
  await page.goto('/map');
  await expect(pins(page).first()).toBeVisible();
  await page.waitForURL('**/map?at=**');
  await page.evaluate(() => (window.first = [...document.querySelectorAll('.pin img')]));
  const gone = () => page.evaluate(() => window.first.filter((image) => !image.isConnected).length);
  for (let n = 0; n < 4 && (await gone()) === 0; n++) {
    await page.getByRole('button', { name: 'Zoom in', exact: true }).click();
    await page.waitForTimeout(600);
  }
  expect(await gone()).toBeGreaterThan(0);
  come();
  await expect.poll(() => page.evaluate(() => window.first.every((image) => image.complete))).toBe(true);
  await page.waitForTimeout(300);
});

test('a heap comes nearer with a click, and a single photograph opens and closes over the map', async ({ page }) => {
  const exif = expected('Phones/LGE/2018-05/aarhus.jpg');
  const { id } = await assetNamed(page, 'aarhus.jpg');
  await openInformation(page, id);
  await page.getByRole('link', { name: /on the map/ }).click();
  await page.waitForURL('**/map?at=**');
  const pin = page.locator(`a.pin[href="/photos/${id}"]`);
  await expect(pin).toBeVisible();
  // It lies in the middle, for the address leads to its position.
  const box = await pin.boundingBox();
  const ground = await page.locator('.ground').boundingBox();
  expect(box.x + box.width / 2).toBeCloseTo(ground.x + ground.width / 2, -1);
  expect(box.y + box.height / 2).toBeCloseTo(ground.y + ground.height / 2, -1);
  expect(exif.GPSLatitude).toBeCloseTo(56.15, 1);
  await pin.click();
  await expect(viewer(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await page.waitForURL('**/map?at=**');
});

/** Three photographs at one spot in an empty sea, for as long as a test takes. */
const spot = { latitude: -54.5, longitude: -28.25 };
const names = ['aarhus.jpg', 'classic-car.heic', 'digikam.jpg'];

async function put(page, position) {
  const ids = [];
  for (const name of names) ids.push((await assetNamed(page, name)).id);
  const mutation = 'mutation ($input: AssetUpdateInput!) { assetUpdate(input: $input) { userErrors { message } } }';
  const { assetUpdate } = await ask(page, mutation, { input: { assetIds: ids, position } });
  expect(assetUpdate.userErrors).toEqual([]);
  return ids;
}

test.describe('photographs of one spot', () => {
  test.afterEach(({ page }) => put(page, null));

  const heap = (page) => page.locator('button.pin', { hasText: '3' });
  const links = (page) => page.locator('main a[href^="/photos/"]');

  test('lie around it after one click, from far away, and are there again after one of them was looked at', async ({ page }) => {
    const ids = await put(page, spot);
    await page.goto(`/map?at=${spot.latitude},${spot.longitude},5`);
    await heap(page).click();
    const group = page.getByRole('group', { name: '3 photos and films at this place' });
    await expect(group.getByRole('link')).toHaveCount(3);
    const hrefs = await group.getByRole('link').evaluateAll((found) => found.map((link) => link.getAttribute('href')));
    expect(hrefs.sort()).toEqual(ids.map((id) => `/photos/${id}`).sort());
    await expect(group.getByRole('link', { name: 'Open 1 of 3' })).toBeFocused();
    // They come out of their middle.
    await expect
      .poll(async () => {
        const boxes = await Promise.all([0, 1, 2].map((n) => group.getByRole('link').nth(n).boundingBox()));
        return boxes.every((a, n) => boxes.slice(n + 1).every((b) => Math.hypot(a.x - b.x, a.y - b.y) > a.width));
      })
      .toBe(true);

    await page.keyboard.press('ArrowRight');
    await expect(group.getByRole('link', { name: 'Open 2 of 3' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(viewer(page)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(group.getByRole('link')).toHaveCount(3);
    await page.keyboard.press('Escape');
    await expect(group).toHaveCount(0);
    // From near by, too, and a press beside them puts them together again.
    await page.goto(`/map?at=${spot.latitude},${spot.longitude},17`);
    await heap(page).click();
    await expect(links(page)).toHaveCount(3);
    await page.locator('.ground').click({ position: { x: 20, y: 300 } });
    await expect(links(page)).toHaveCount(0);
  });

  test.describe('on a phone', () => {
    test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

    test('lie side by side in a sheet', async ({ page }) => {
      await put(page, spot);
      await page.goto(`/map?at=${spot.latitude},${spot.longitude},5`);
      await heap(page).click();
      const sheet = page.getByRole('dialog', { name: '3 photos and films at this place' });
      await expect(sheet.getByRole('link', { name: /^Open \d of 3$/ })).toHaveCount(3);
      await sheet.getByRole('button', { name: 'Close' }).click();
      await expect(sheet).toHaveCount(0);
    });
  });
});

test('wheel, keys and buttons zoom; the part in sight is in the address', async ({ page }) => {
  await page.goto('/map');
  await expect(pins(page).first()).toBeVisible();
  await page.waitForURL('**/map?at=**');
  const first = page.url();
  await page.getByRole('button', { name: 'Zoom in', exact: true }).click();
  await expect.poll(() => page.url()).not.toBe(first);
  const near = page.url();
  await page.locator('.ground').focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => page.url()).not.toBe(near);
  await page.reload();
  await expect(pins(page).first()).toBeVisible();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('it begins where photographs are, without the ice in the south', async ({ page }) => {
    // As from far away: meanwhile the map comes to rest.
    await page.route('**/graphql?*MapSpots*', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 400));
      await route.continue().catch(() => {});
    });
    await page.goto('/map');
    await expect(pins(page).first()).toBeVisible();
    await page.waitForURL('**/map?at=**');
    await page.waitForTimeout(600);
    const [lat, , zoom] = new URL(page.url()).searchParams.get('at').split(',').map(Number);
    const { height } = await page.locator('.ground').boundingBox();
    // Web Mercator, from the north down, 0 to 1; 60° south is at 0.71.
    const middle = 0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);
    expect(middle + height / 2 / (512 * 2 ** zoom)).toBeLessThan(0.71);
    const { search } = await ask(page, '{ search(filter: { text: "has:gps" }) { totalCount } }');
    const shown = await pins(page).evaluateAll((list) =>
      list.filter((pin) => pin.getBoundingClientRect().left > 0).reduce((sum, pin) => sum + Number(pin.querySelector('.count')?.textContent ?? 1), 0),
    );
    expect(shown).toBeGreaterThan(search.totalCount / 3);
  });

  test('where no photograph knows its place, it says so', async ({ page }) => {
    await page.route('**/graphql?*MapSpots*', (route) => route.fulfill({ json: { data: { map: { cells: [], points: [] } } } }));
    await page.goto('/map');
    await page.waitForTimeout(1000);
    await expect(page.getByRole('heading', { name: 'Your photos, where they were taken' })).toBeVisible();
  });
});
