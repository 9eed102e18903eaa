// One photo on black: its own address, ways on and back, zoom, and what is known about it.
import { setTimeout } from 'node:timers/promises';
import { assetNamed, expect, openInformation, openPhotos, picture, test, tiles, viewer } from './fixtures.mjs';
import { expected, place } from './testdata.mjs';

const panel = (page) => page.getByRole('complementary', { name: 'Information' });
const scale = (page) => picture(page).evaluate((element) => new DOMMatrix(getComputedStyle(element).transform).a);

test('a click opens it at its own address; arrows go on, Escape and Back lead to the photos', async ({ page }) => {
  await openPhotos(page);
  await tiles(page).nth(1).click();
  await page.waitForURL('**/photos/asset_*');
  const second = page.url();
  await expect(viewer(page).locator('[data-slide="0"] img.there').first()).toBeVisible();

  await page.keyboard.press('ArrowRight');
  await expect.poll(() => page.url()).not.toBe(second);
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => page.url()).toBe(second);
  await viewer(page).getByRole('button', { name: 'Previous photo' }).click();
  await expect.poll(() => page.url()).not.toBe(second);
  await expect(viewer(page).getByRole('button', { name: 'Previous photo' })).toHaveCount(0);

  await page.keyboard.press('Escape');
  await expect(viewer(page)).toHaveCount(0);
  await expect(page).toHaveURL(/\/photos$/);
  await page.goForward();
  await expect(viewer(page)).toBeVisible();
  await page.goBack();
  await expect(viewer(page)).toHaveCount(0);
});

test('its address shows it again after a reload, and closing leads to its place among the others', async ({ page }) => {
  const { id, name } = await assetNamed(page, 'classic-car.heic');
  await page.goto(`/photos/${id}`);
  await expect(viewer(page)).toHaveAccessibleName(`Photo ${name}`);
  await page.reload();
  await expect(viewer(page).locator('[data-slide="0"] img.there').first()).toBeVisible();
  await expect(viewer(page).getByRole('button', { name: 'Next photo' })).toBeAttached();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/\/photos$/);
  const tile = page.locator(`[role=gridcell] a[href="/photos/${id}"]`);
  await expect(tile).toBeInViewport();
  await expect(tile).toBeFocused();
});

test('the picture keeps its place and size from the first moment', async ({ page }) => {
  const { id, width, height } = await assetNamed(page, 'classic-car.heic');
  await openPhotos(page);
  await page.route('/media/**', async (route) => {
    await setTimeout(500);
    await route.continue().catch(() => {});
  });
  await page.goto(`/photos/${id}`);
  await expect(picture(page)).toBeVisible();
  const early = await picture(page).boundingBox();
  await expect(viewer(page).locator('[data-slide="0"] img.there')).toHaveCount(2);
  const late = await picture(page).boundingBox();
  for (const side of ['x', 'y', 'width', 'height']) expect(Math.abs(early[side] - late[side])).toBeLessThan(12);
  expect(late.height).toBeCloseTo(900, 0);
  expect(late.width / late.height).toBeCloseTo(width / height, 2);
});

test('keys, double click and wheel zoom, up to its own pixels, and a drag moves it', async ({ page }) => {
  const { id, width } = await assetNamed(page, 'classic-car.heic');
  await page.goto(`/photos/${id}`);
  await expect(viewer(page).locator('[data-slide="0"] img.there').first()).toBeVisible();
  const fitted = (await picture(page).boundingBox()).width;
  await page.keyboard.press('+');
  await expect.poll(() => scale(page)).toBeCloseTo(1.5, 2);
  await page.keyboard.press('z');
  await expect.poll(() => scale(page)).toBe(1);
  await page.mouse.dblclick(720, 450);
  await expect.poll(async () => (await picture(page).boundingBox()).width).toBeCloseTo(width, -1);
  const before = await picture(page).boundingBox();
  await page.mouse.move(720, 450);
  await page.mouse.down();
  await page.mouse.move(620, 350, { steps: 5 });
  await page.waitForTimeout(150);
  await page.mouse.up();
  const after = await picture(page).boundingBox();
  expect(before.y - after.y).toBeGreaterThan(60);
  for (let n = 0; n < 30; n++) await page.mouse.wheel(0, 240);
  await expect.poll(async () => (await picture(page).boundingBox()).width).toBeCloseTo(fitted, 0);
});

test('a zoom stays when its neighbours become known later', async ({ page }) => {
  const { id } = await assetNamed(page, 'classic-car.heic');
  let known;
  const zoomed = new Promise((resolve) => (known = resolve));
  await page.route('**/graphql*', async (route) => {
    if (decodeURIComponent(route.request().url()).includes('TimelineColumns')) await zoomed;
    await route.continue().catch(() => {});
  });
  await page.goto(`/photos/${id}`);
  await expect(viewer(page).locator('[data-slide="0"] img.there').first()).toBeVisible();
  await page.keyboard.press('+');
  await expect.poll(() => scale(page)).toBeCloseTo(1.5, 2);
  await expect(viewer(page).getByRole('button', { name: 'Next photo' })).toHaveCount(0);
  known();
  await expect(viewer(page).getByRole('button', { name: 'Next photo' })).toBeAttached();
  expect(await scale(page)).toBeCloseTo(1.5, 2);
});

test('the controls step back when nobody moves, and come again', async ({ page }) => {
  await openPhotos(page);
  await tiles(page).first().click();
  const controls = viewer(page).locator('.controls');
  await page.mouse.move(600, 500);
  await expect(controls).toHaveCSS('opacity', '1');
  await expect(controls).toHaveCSS('opacity', '0', { timeout: 4000 });
  await page.mouse.move(640, 520);
  await expect(controls).toHaveCSS('opacity', '1');
});

test('the panel tells when, where, with what and how, as exiftool does', async ({ page }) => {
  const path = 'Phones/iPhone/2023-10/classic-car.heic';
  const exif = expected(path);
  const { id } = await assetNamed(page, 'classic-car.heic');
  await openInformation(page, id);

  expect(exif.DateTimeOriginal).toBe('2023:10:22 09:39:48');
  await expect(panel(page)).toContainText('Sunday, 22 October 2023');
  await expect(panel(page)).toContainText('9:39:48');
  const { city, region, country } = place(path);
  for (const name of [city, region, country]) await expect(panel(page)).toContainText(name);
  await expect(panel(page)).toContainText(`${exif.GPSLatitude.toFixed(5)}, ${exif.GPSLongitude.toFixed(5)}`);
  await expect(panel(page)).toContainText(`${exif.Make} ${exif.Model}`);
  await expect(panel(page)).toContainText(exif.LensModel);
  await expect(panel(page)).toContainText(`ISO ${exif.ISO}`);
  await expect(panel(page)).toContainText(`f/${exif.FNumber}`);
  await expect(panel(page)).toContainText(`1/${Math.round(1 / exif.ExposureTime)} s`);
  await expect(panel(page)).toContainText(`${exif.FocalLength} mm`);
  await expect(panel(page)).toContainText('3024 × 4032');
  await expect(panel(page).locator('canvas')).toBeVisible();

  const order = await panel(page).getByRole('heading', { level: 3 }).allTextContents();
  expect(order).toEqual(['When', 'Where', 'Words', 'Albums', 'Camera', 'File']);
  await panel(page).getByRole('link', { name: /on the map/ }).click();
  await page.waitForURL('**/map?at=**');
});

test('the panel tells what people wrote, and a keyword leads to all that have it', async ({ page }) => {
  const exif = expected('Phones/HUAWEI/2020-10/digikam.jpg');
  const { id } = await assetNamed(page, 'digikam.jpg');
  await openInformation(page, id);
  await expect(panel(page).getByRole('group', { name: `Stars: ${exif.Rating} of 5` })).toBeVisible();
  for (const word of exif.Subject) await expect(panel(page).getByRole('link', { name: word, exact: true })).toBeVisible();
  await panel(page).getByRole('link', { name: 'Shop', exact: true }).click();
  await page.waitForURL((url) => url.searchParams.get('q') === 'tag:="Shop"');
  await expect(page.locator(`[role=gridcell] a[href^="/search/${id}?"]`)).toBeVisible();
});

test('what is odd about a file is told beside its name', async ({ page }) => {
  const path = 'Phones/iPhone/2018-01/this-is-a-jpeg.png';
  expect(expected(path).FileType).toBe('JPEG');
  const { id } = await assetNamed(page, 'this-is-a-jpeg.png');
  await openInformation(page, id);
  const odd = panel(page).getByRole('list', { name: 'What is odd about this file' });
  await expect(odd).toContainText('Its name ends in .png, but it is a JPEG, and is treated as one');
  const usual = await assetNamed(page, 'classic-car.heic');
  await openInformation(page, usual.id);
  await expect(panel(page)).toContainText('classic-car.heic');
  await expect(odd).toHaveCount(0);
});

test('what can’t be shown says so, and offers the file', async ({ page }) => {
  // Its first 2,745 bytes alone.
  const film = await assetNamed(page, 'sony-a7-xavc.MP4');
  expect(film.state).toBe('UNREADABLE');
  await page.goto(`/photos/${film.id}`);
  await expect(viewer(page).getByRole('status')).toContainText('This file can’t be shown');
  await expect(viewer(page).getByRole('status').getByRole('link', { name: 'Download the original' })).toHaveAttribute('download', film.name);
  // The panel beside it knows of no other reason.
  const reason = await viewer(page).getByRole('status').locator('.problem').textContent();
  await openInformation(page, film.id);
  const told = panel(page).getByRole('list', { name: 'What is odd about this file' }).getByRole('listitem');
  await expect(told.first()).toHaveText(reason);
  expect((await told.allTextContents()).filter((text) => /file.* is damaged|can’t be read/.test(text) && text !== reason)).toEqual([]);
});

test('a time zone and a date that nobody stated are told as assumed and guessed', async ({ page }) => {
  const plain = expected('Cameras/DiMAGE Z3/2005/Konica_Minolta_DiMAGE_Z3.jpg');
  expect([plain.DateTimeOriginal, plain.OffsetTimeOriginal, plain.GPSLatitude]).toEqual(['2005:03:10 15:10:48', undefined, undefined]);
  await openInformation(page, (await assetNamed(page, 'Konica_Minolta_DiMAGE_Z3.jpg')).id);
  await expect(panel(page)).toContainText('(time zone assumed)');
  await expect(panel(page)).not.toContainText('Date guessed');

  expect(expected('Albums/nature/wood_anemones.jpg').DateTimeOriginal).toBeUndefined();
  await openInformation(page, (await assetNamed(page, 'wood_anemones.jpg')).id);
  await expect(panel(page)).toContainText('Date guessed: the file states none, so this is when it was last saved');

  await openInformation(page, (await assetNamed(page, 'classic-car.heic')).id);
  await expect(panel(page)).toContainText('9:39:48');
  await expect(panel(page)).not.toContainText('assumed');
});

test('a panorama is called one', async ({ page }) => {
  expect(expected('Phones/Galaxy/2020-05/panorama360.jpg').ProjectionType).toBe('equirectangular');
  await openInformation(page, (await assetNamed(page, 'panorama360.jpg')).id);
  await expect(panel(page)).toContainText('360° panorama');
});

test('an address of a photo that isn’t there says so and leads back', async ({ page }) => {
  await page.goto('/photos/asset_999999');
  await expect(viewer(page)).toContainText('This photo isn’t here');
  await viewer(page).getByRole('status').getByRole('button', { name: 'Back to the photos' }).click();
  await expect(page).toHaveURL(/\/photos$/);
});
