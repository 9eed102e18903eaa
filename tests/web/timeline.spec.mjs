// Photos by day: exact places, nothing that moves by itself, ways to get about, and what comes while one looks.
import { join } from 'node:path';
import { ask, assetNamed, expect, openPhotos, test, tiles, viewer } from './fixtures.mjs';
import { command, system, until } from './system.mjs';
import { copyTo, place, undated } from './testdata.mjs';
import { bands, decode, walk } from './walk.mjs';

const scroller = (page) => page.locator('.scroller');
const scrubber = (page) => page.getByRole('slider', { name: 'Scroll by date' });
const canvasHeight = (page) =>
  page.waitForFunction(() => parseFloat(document.querySelector('.canvas')?.style.height ?? 0) || null).then((it) => it.jsonValue());

test('every row lies where a recount puts it, and the height is known from the first moment', async ({ page }) => {
  await page.route('/media/**', (route) => setTimeout(() => void route.continue().catch(() => {}), 400));
  await page.goto('/photos');
  const height = await canvasHeight(page);
  const days = await walk(page);
  const { timeline } = await ask(page, '{ timeline { count ratios days { numbers counts } } }');
  const counted = decode(timeline);

  expect(days.map(({ date }) => date)).toEqual(counted.map(({ date }) => date));
  let assets = 0;
  for (const [i, day] of days.entries()) {
    const shown = day.rows.flatMap(({ tiles: list }) => list);
    expect(shown.map(({ asset }) => asset), day.date).toEqual(counted[i].ratios.map((_, n) => assets + n));
    assets += shown.length;
    for (const [n, { width, height: high }] of shown.entries()) {
      // Narrow and wide ones are cropped; whole pixels leave a little.
      const ratio = Math.min(5, Math.max(0.42, counted[i].ratios[n]));
      expect(Math.abs(width - ratio * high), `${day.date}, picture ${n}`).toBeLessThanOrEqual(ratio * 2 + 4);
    }
    let top = day.top + 56;
    for (const row of day.rows) {
      expect(row.top).toBe(top);
      let left = day.left;
      for (const tile of row.tiles) {
        expect(tile.left).toBe(left);
        expect([tile.top, tile.height]).toEqual([row.top, row.height]);
        left += tile.width + 4;
      }
      expect(left - 4).toBeLessThanOrEqual(day.left + day.width);
      top += row.height + 4;
    }
    expect(day.top + day.height).toBe(top - 4);
  }
  expect(assets).toBe(timeline.count);

  let top = 0;
  for (const band of bands(days)) {
    expect(band[0].top).toBe(top);
    top += Math.max(...band.map((day) => day.height)) + 12;
  }
  expect(height).toBe(top + 48);
  expect(await scroller(page).evaluate((element) => element.scrollHeight)).toBe(height);
});

test('nothing shifts while pictures load, and each has its own colours until then', async ({ page }) => {
  let hold = true;
  await page.route('/media/**', async (route) => {
    while (hold) await new Promise((resolve) => setTimeout(resolve, 50));
    await route.continue().catch(() => {});
  });
  await page.addInitScript(() => {
    window.shifts = [];
    new PerformanceObserver((list) => window.shifts.push(...list.getEntries().flatMap(({ sources }) => sources.map(({ node }) => node?.outerHTML ?? node?.data)))).observe({
      type: 'layout-shift',
      buffered: true,
    });
  });
  await page.goto('/photos');
  await expect(page.locator('[role=gridcell] img').first()).toBeAttached();
  const places = () => tiles(page).evaluateAll((list) => list.map((tile) => JSON.stringify(tile.getBoundingClientRect())));
  const before = await places();
  const blurred = await page.locator('[role=gridcell]:has(img)').evaluateAll((cells) =>
    cells.filter((cell) => cell.style.background.includes('data:image/png')).length,
  );
  expect(blurred).toBe(await page.locator('[role=gridcell]:has(img)').count());
  hold = false;
  await expect(page.locator('[role=gridcell] img:not(.loaded)')).toHaveCount(0);
  expect(await places()).toEqual(before);
  expect(await page.evaluate(() => window.shifts)).toEqual([]);
});

test('a day names its date and its place, and stays in sight while its rows pass', async ({ page }) => {
  await openPhotos(page);
  const { id, localTakenAt } = await assetNamed(page, 'classic-car.heic');
  expect(localTakenAt).toContain('2023-10-22T09:39:48');
  await page.goto(`/photos/${id}`);
  await viewer(page).getByRole('button', { name: 'Back to the photos' }).click();
  const day = page.getByRole('rowgroup', { name: /22 Oct/ });
  await expect(day).toBeVisible();
  const top = await scroller(page).evaluate((element) => element.getBoundingClientRect().top);
  const box = await day.boundingBox();
  await scroller(page).evaluate((element, by) => (element.scrollTop += by), box.y - top + 100);
  await expect.poll(async () => (await day.getByRole('rowheader').boundingBox()).y - top).toBeLessThan(40);
  await expect(day.getByRole('rowheader')).toContainText(place('Phones/iPhone/2023-10/classic-car.heic').city);
});

test('the scrubber names month and place in time while it is dragged, and leads there', async ({ page }) => {
  await openPhotos(page);
  const scale = await scrubber(page).boundingBox();
  const years = scrubber(page).locator('.year');
  expect(await years.count()).toBeGreaterThan(3);
  await page.mouse.move(scale.x + 30, scale.y + 60);
  await page.mouse.down();
  await page.mouse.move(scale.x + 30, scale.y + scale.height - 40, { steps: 12 });
  const bubble = scrubber(page).locator('.bubble');
  await expect(bubble).toHaveText(/^[A-Z][a-z]+ \d{4}$/);
  const named = await bubble.textContent();
  await page.mouse.up();
  await expect(page.locator('[role=rowgroup] time').first()).toBeVisible();
  // The place comes to the bubble a moment later.
  const here = await scrubber(page).getAttribute('aria-valuetext');
  expect(named.startsWith(here), `${named} ${here}`).toBe(true);
  await expect(page.locator('[role=gridcell] img.loaded').first()).toBeVisible();
});

test('the keyboard goes everywhere, visibly, and comes back from the viewer to where it was', async ({ page }) => {
  await openPhotos(page);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the photos' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  const focused = () => page.evaluate(() => Number(document.activeElement?.getAttribute('data-asset') ?? NaN));
  expect(await focused()).toBe(0);
  expect(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle)).not.toBe('none');
  await page.keyboard.press('ArrowRight');
  expect(await focused()).toBe(1);
  await page.keyboard.press('End');
  const { timeline } = await ask(page, '{ timeline { count } }');
  await expect.poll(focused).toBe(timeline.count - 1);
  await page.keyboard.press('Home');
  await expect.poll(focused).toBe(0);
  await page.keyboard.press('ArrowDown');
  const below = await focused();
  expect(below).toBeGreaterThan(0);
  await page.keyboard.press('Enter');
  await expect(viewer(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(viewer(page)).toHaveCount(0);
  await expect.poll(focused).toBe(below);
  await page.keyboard.press('/');
  await expect(page.getByRole('combobox', { name: 'Search by words or by keys' })).toBeFocused();
});

test('a file that is put into the folder appears by itself', async ({ page }) => {
  await openPhotos(page);
  await page.evaluate(() => (window.sameVisit = true));
  copyTo(undated[0], join(system().pictures, 'Dropped', 'just-now.png'));
  command('tessera-indexer', 'scan', system().pictures);
  let asset;
  await until(async () => (asset = await assetNamed(page, 'just-now.png')).state === 'READY', 'the new file is ready');
  const tile = page.locator(`[role=gridcell] a[href="/photos/${asset.id}"]`);
  await expect(tile.locator('img.loaded')).toBeVisible();
  expect(await page.evaluate(() => window.sameVisit)).toBe(true);
});

test('a tile of what can’t be shown says so, in words and as its title', async ({ page }) => {
  await page.goto('/search?q=unreadable:yes');
  const tile = tiles(page).first();
  await expect(tile.getByText('Can’t be shown')).toBeVisible();
  await expect(tile).toHaveAttribute('title', /Can’t be shown$/);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('the pictures fill the width, and everything is within reach of a thumb', async ({ page }) => {
    await openPhotos(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    const bar = page.getByRole('navigation', { name: 'Main' });
    for (const link of await bar.getByRole('link').all()) {
      const { height, width } = await link.boundingBox();
      expect(Math.min(height, width)).toBeGreaterThanOrEqual(44);
    }
    const lefts = await page.locator('[role=gridcell]').evaluateAll((cells) => cells.map((cell) => cell.getBoundingClientRect().left));
    expect(Math.min(...lefts)).toBe(0);
    await bar.getByRole('link', { name: 'Map' }).tap();
    await page.waitForURL('**/map**');
  });

  test('a tap opens a photo, a swipe goes on to the next, a swipe down leaves', async ({ page }) => {
    await openPhotos(page);
    await tiles(page).first().tap();
    await page.waitForURL('**/photos/asset_*');
    await expect(viewer(page).locator('[data-slide="1"] .picture')).toBeAttached();
    const first = page.url();
    const touch = await page.context().newCDPSession(page);
    const swipe = async (from, to) => {
      const points = (x, y) => [{ x, y }];
      await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: points(...from) });
      for (let n = 1; n <= 8; n++) {
        const at = (i) => from[i] + ((to[i] - from[i]) * n) / 8;
        await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: points(at(0), at(1)) });
      }
      await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    };
    await swipe([330, 620], [40, 620]);
    await expect.poll(() => page.url()).not.toBe(first);
    await expect(viewer(page).locator('[data-slide="0"].gliding')).toHaveCount(0);
    await swipe([200, 300], [200, 700]);
    await expect(viewer(page)).toHaveCount(0);
    await expect(page).toHaveURL(/\/photos$/);
  });
});
