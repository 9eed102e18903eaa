// What lies beneath the map: our own outlines, a file of the server, and what is said where that can't be drawn.
import { expect, test } from './fixtures.mjs';
import { pmtiles, send } from './pmtiles.mjs';

const PROTOMAPS = ['boundaries', 'earth', 'landuse', 'places', 'roads', 'water'];
const pins = (page) => page.locator('.pin');
const drawn = (page) => page.locator('.tiles.ready canvas');
const note = (page) => page.getByRole('status').filter({ hasText: 'plain' });

/** The server says that a file is set, and sends this one. */
async function withFile(page, answer) {
  await page.route(/\/graphql\?.*MapGround/, (route) =>
    route.fulfill({ json: { data: { server: { mapPmtiles: '/map/ground.pmtiles', mapStyleUrl: null } } } }),
  );
  await page.route('**/map/ground.pmtiles', answer);
}

test('where nothing is set no map library is loaded, and countries and cities are asked for at our own server', async ({ page }) => {
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto('/map');
  await expect(pins(page).first()).toBeVisible();
  await expect.poll(() => asked.some((url) => url.includes('LargeCities'))).toBe(true);
  expect(asked.filter((url) => /maplibre|pmtiles/.test(url))).toEqual([]);
  await expect(page.locator('.tiles')).toHaveCount(0);
});

test('a file of the server lies beneath the pins, which stay where they are and move with it', async ({ page }) => {
  await withFile(page, (route) => send(route, pmtiles(...PROTOMAPS)));
  await page.goto('/map');
  await expect(drawn(page)).toBeVisible();
  await expect(page.getByRole('link', { name: '© OpenStreetMap' })).toBeVisible();
  await expect(note(page)).toHaveCount(0);
  await expect(pins(page).first()).toBeVisible();
  await page.waitForURL('**/map?at=**');
  const first = page.url();
  await page.locator('.ground').focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => page.url()).not.toBe(first);
  // In the dark it is another colour, and the same map.
  const colour = () => page.screenshot({ clip: { x: 700, y: 130, width: 1, height: 1 } }).then((png) => png.toString('base64'));
  const light = await colour();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(colour).not.toBe(light);
  await expect(drawn(page)).toBeVisible();
});

test.describe('the plain map with a word', () => {
  test.use({ tolerated: [/ground\.pmtiles/] });

  test('where the file can’t be read; it is read when it is asked for again', async ({ page }) => {
    let there = false;
    await withFile(page, (route) => (there ? send(route, pmtiles(...PROTOMAPS)) : route.fulfill({ status: 503, json: {} })));
    await page.goto('/map');
    await expect(note(page)).toContainText('can’t be read');
    await expect(pins(page).first()).toBeVisible();
    there = true;
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(drawn(page)).toBeVisible();
    await expect(note(page)).toHaveCount(0);
  });

  test('where the file is another kind of map', async ({ page }) => {
    await withFile(page, (route) => send(route, pmtiles('place', 'transportation', 'water')));
    await page.goto('/map');
    await expect(note(page)).toContainText('Protomaps');
    await page.getByRole('button', { name: 'Hide this note' }).click();
    await expect(note(page)).toHaveCount(0);
  });

  test('where the browser has no WebGL', async ({ page }) => {
    await page.addInitScript(() => {
      const of = HTMLCanvasElement.prototype.getContext;
      HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
        return kind.startsWith('webgl') ? null : of.call(this, kind, ...rest);
      };
    });
    await withFile(page, (route) => send(route, pmtiles(...PROTOMAPS)));
    await page.goto('/map');
    await expect(note(page)).toContainText('WebGL');
    await expect(pins(page).first()).toBeVisible();
  });
});
