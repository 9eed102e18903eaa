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
