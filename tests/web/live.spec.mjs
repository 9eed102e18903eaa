// What happens elsewhere is seen without a reload, also where no socket can be had, and in results by how well they match.
import { join } from 'node:path';
import { ask, assetNamed, expect, test, tiles, viewer } from './fixtures.mjs';
import { command, system, until } from './system.mjs';
import { large, library } from './testdata.mjs';

// The browser says so of each socket that comes to nothing.
test.use({ tolerated: [/WebSocket/] });

const PHOTO = join(library, 'Albums/4MinsAroundTheWorld/UTC-20240413-203630-London.jpg');

/** A new photograph comes into the folder, by nothing that the page does. */
async function comesIn(page, name) {
  large(PHOTO, join(system().pictures, 'Albums/4MinsAroundTheWorld', name), 0.01);
  command('tessera-indexer', 'scan', system().pictures);
  let asset;
  await until(async () => (asset = await assetNamed(page, name)).state === 'READY', `${name} is ready`);
  return asset;
}

const refusals = {
  'is closed at once': (page) => page.routeWebSocket(/./, (socket) => socket.close()),
  'is forbidden': (page) =>
    page.addInitScript(() => {
      globalThis.WebSocket = function () {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      };
    }),
  'is opened and hangs': (page) => page.routeWebSocket(/./, () => {}),
};

for (const [how, refuse] of Object.entries(refusals)) {
  test(`where the socket ${how}, what comes in is shown without a reload, and nobody is told of a loss`, async ({ page }) => {
    const name = `live-${Object.keys(refusals).indexOf(how)}.jpg`;
    await refuse(page);
    await page.goto(`/search?q=name:${name}`);
    await expect(page.getByRole('heading', { name: /^Nothing found/ })).toBeVisible();
    await page.evaluate(() => (window.sameVisit = true));
    await comesIn(page, name);
    await expect(tiles(page)).toHaveCount(1);
    await expect(tiles(page).locator('img.loaded')).toBeVisible();
    await expect(page.getByText('can’t be reached')).toHaveCount(0);
    expect(await page.evaluate(() => window.sameVisit)).toBe(true);
  });
}

test.describe('results by how well they match', () => {
  test.use({ viewport: { width: 700, height: 420 } });
  const hits = (page) => page.locator('[data-hit]');
  const count = (page) => page.locator('main').getByRole('status').first();
  const found = async (page, text) => {
    const { search } = await ask(page, 'query ($text: String!) { search(filter: { text: $text }) { totalCount } }', { text });
    return search.totalCount;
  };

  test('grow at their beginning by themselves, and further down when the reader asks', async ({ page }) => {
    const text = 'type:image -unreadable:yes';
    await page.goto(`/search?q=${encodeURIComponent(text)}&by=match`);
    await expect(hits(page).first()).toBeVisible();
    const before = await found(page, text);
    await expect(count(page)).toHaveText(`${before} photos and films`);
    const first = await comesIn(page, 'live-match-1.jpg');
    await expect(count(page)).toHaveText(`${before + 1} photos and films`);
    await expect(page.locator(`[data-hit="${first.id}"]`)).toHaveCount(1);

    const main = page.locator('main');
    await main.evaluate((element) => element.scrollTo({ top: 900 }));
    const button = page.getByRole('button', { name: 'Show 1 new' });
    const places = () =>
      hits(page).evaluateAll((all) => all.slice(0, 20).map((hit) => [hit.dataset.hit, Math.round(hit.getBoundingClientRect().top)]));
    const still = await places();
    const second = await comesIn(page, 'live-match-2.jpg');
    await expect(count(page)).toHaveText(`${before + 2} photos and films`);
    await expect(button).toBeVisible();
    expect(await places(), 'nothing moves under the reader').toEqual(still);
    await button.click();
    await expect(button).toHaveCount(0);
    const tile = page.locator(`[data-hit="${second.id}"]`);
    await expect(tile).toHaveCount(1);
    expect(await main.evaluate((element) => element.scrollTop)).toBe(0);
    await tile.click();
    await expect(viewer(page)).toHaveAccessibleName('Photo live-match-2.jpg');
  });
});
