// A film on black: its poster, playing it, leaving it, and what is said where it can't be seen.
import { ask, assetNamed, expect, test, viewer } from './fixtures.mjs';

const NAME = 'webm_480.webm'; // 30.5 seconds, of a kind that every build of Chromium plays
const shown = (page) => viewer(page).locator('[data-slide="0"]');
const video = (page) => shown(page).locator('video');
const start = (page) => shown(page).getByRole('button', { name: /^Play the film/ });
const place = (page) => viewer(page).getByRole('slider', { name: 'Place in the film' });
const now = (page) => video(page).evaluate((element) => element.currentTime);
const paused = (page) => video(page).evaluate((element) => element.paused);

/** Opens a film and tells what is asked of its original from then on. */
async function openFilm(page) {
  const { id } = await assetNamed(page, NAME);
  const asked = [];
  page.on('request', (request) => request.url().includes(`/media/${id}/original`) && asked.push(request.method()));
  await page.goto(`/photos/${id}`);
  await expect(start(page)).toBeVisible();
  await expect(shown(page).locator('img.there').first()).toBeVisible();
  return { id, asked };
}

async function play(page) {
  await page.keyboard.press('k');
  await expect.poll(() => now(page)).toBeGreaterThan(0.3);
}

test('a film shows its poster and is not fetched before somebody plays it', async ({ page }) => {
  const { asked } = await openFilm(page);
  await expect(viewer(page)).toHaveAccessibleName(`Film ${NAME}`);
  await expect(start(page)).toHaveAccessibleName('Play the film, 0:31');
  const { width, height } = await start(page).boundingBox();
  expect(Math.min(width, height)).toBeGreaterThanOrEqual(56);
  await page.waitForTimeout(500);
  expect(asked).toEqual([]);
  expect(await paused(page)).toBe(true);

  await start(page).click();
  await expect.poll(() => now(page)).toBeGreaterThan(0.3);
  expect(asked).toContain('GET');
  await expect(start(page)).toHaveCount(0);
  const film = await video(page).boundingBox();
  expect(film.width / film.height).toBeCloseTo(480 / 270, 2);
  expect(film.width).toBeCloseTo(1440, 0);
});

test('Space, k and a click play and pause it', async ({ page }) => {
  await openFilm(page);
  await page.keyboard.press('Space');
  await expect.poll(() => now(page)).toBeGreaterThan(0);
  await page.keyboard.press('k');
  await expect.poll(() => paused(page)).toBe(true);
  await page.mouse.click(300, 300);
  await expect.poll(() => paused(page)).toBe(false);
  await page.mouse.move(320, 320);
  await viewer(page).getByRole('button', { name: 'Pause' }).click();
  await expect.poll(() => paused(page)).toBe(true);
});

test('keys and a drag wind it in the seek bar, and nowhere else', async ({ page }) => {
  const { id } = await openFilm(page);
  await play(page);
  await page.keyboard.press('k');
  await place(page).focus();
  await page.keyboard.press('Home');
  await expect(place(page)).toHaveAttribute('aria-valuetext', '0:00 of 0:31');
  for (let n = 0; n < 4; n++) await page.keyboard.press('ArrowRight');
  await expect(place(page)).toHaveAttribute('aria-valuetext', '0:06 of 0:31');
  await expect.poll(() => now(page)).toBeCloseTo(30.5 / 5, 0);
  expect(page.url()).toContain(id);

  const { x, y, width, height } = await place(page).boundingBox();
  await page.mouse.move(x + width / 4, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width / 2, y + height / 2, { steps: 5 });
  await page.mouse.up();
  await expect.poll(() => now(page)).toBeCloseTo(15.3, 0);
  expect(page.url()).toContain(id);

  await shown(page).click({ position: { x: 300, y: 300 } });
  await page.locator('.stage').focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => page.url()).not.toContain(id);
});

test('leaving it stops it and lets go of its file, and coming back plays nothing', async ({ page }) => {
  const { id } = await openFilm(page);
  await play(page);
  const old = await video(page).elementHandle();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => page.url()).not.toContain(id);
  await expect.poll(() => old.evaluate((element) => [element.paused, element.getAttribute('src')])).toEqual([true, null]);
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => page.url()).toContain(id);
  await expect(start(page)).toBeVisible();
  expect(await paused(page)).toBe(true);
});

test('how loud it is stays from visit to visit', async ({ page }) => {
  await openFilm(page);
  await play(page);
  const volume = viewer(page).getByRole('slider', { name: 'Volume' });
  await volume.focus();
  for (let n = 0; n < 6; n++) await page.keyboard.press('ArrowLeft');
  await expect(volume).toHaveAttribute('aria-valuetext', '70 %');
  await page.keyboard.press('m');
  await page.reload();
  await expect(start(page)).toBeVisible();
  const heard = () => video(page).evaluate(({ volume, muted }) => [Math.round(volume * 100), muted]);
  expect(await heard()).toEqual([70, true]);
  await page.keyboard.press('m');
  expect(await heard()).toEqual([70, false]);
});

test('its controls step back with the others', async ({ page }) => {
  await openFilm(page);
  await play(page);
  const controls = viewer(page).getByRole('group', { name: 'Film' });
  await page.mouse.move(600, 500);
  await expect(controls).toHaveCSS('opacity', '1');
  await expect(controls).toHaveCSS('opacity', '0', { timeout: 4000 });
  await page.mouse.move(640, 520);
  await expect(controls).toHaveCSS('opacity', '1');
});

test('a film of a kind that no browser knows plays as one made of it', async ({ page }) => {
  const { id } = await assetNamed(page, 'avi.avi');
  const how = async () => (await ask(page, 'query ($id: ID!) { asset(id: $id) { playback { state } } }', { id })).asset.playback.state;
  await expect.poll(how, { timeout: 60_000 }).toBe('TRANSCODED');
  const asked = page.waitForRequest((request) => request.url().includes(`/media/${id}/film?`));
  await page.goto(`/photos/${id}`);
  await expect(shown(page).locator('img.there').first()).toBeVisible();
  await play(page);
  await asked;
  expect(await video(page).evaluate((element) => element.videoWidth / element.videoHeight)).toBeCloseTo(4 / 3, 1);
});

test.describe('in another size', () => {
  test.slow();
  // Until the first seconds are made, the server says so with this status.
  test.use({ tolerated: [/Failed to load resource.*\/hls\//] });
  const quality = (page) => viewer(page).getByRole('button', { name: /^Quality/ });
  const height = (page) => video(page).evaluate((element) => element.videoHeight);
  const choose = async (page, name) => {
    await page.mouse.move(640, 520);
    await quality(page).click();
    await viewer(page).getByRole('menuitemradio', { name, exact: true }).click();
  };

  test('a film goes on in the size that is chosen, from where it was, and the choice stays', async ({ page }) => {
    const { asked } = await openFilm(page);
    await play(page);
    await expect(quality(page)).toHaveText('Original');
    expect(await height(page)).toBe(270);
    await place(page).focus();
    for (let n = 0; n < 6; n++) await page.keyboard.press('ArrowRight');
    await expect.poll(() => now(page)).toBeGreaterThan(8);
    const before = await now(page);

    await quality(page).click();
    await expect(viewer(page).getByRole('menuitemradio')).toHaveText(['Auto', 'Original', '270p', '144p']);
    await expect(viewer(page).getByRole('menuitemradio', { name: 'Original' })).toBeFocused();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await expect.poll(() => height(page), { timeout: 60_000 }).toBe(144);
    await expect.poll(() => now(page)).toBeGreaterThan(before);
    await expect.poll(() => paused(page)).toBe(false);
    expect(await now(page)).toBeLessThan(before + 30);
    await expect(quality(page)).toHaveText(/^144p/);
    await expect(place(page)).toHaveAttribute('aria-valuetext', /of 0:3\d$/);

    await choose(page, 'Original');
    await expect.poll(() => height(page)).toBe(270);
    await choose(page, '144p');
    await expect.poll(() => height(page), { timeout: 30_000 }).toBe(144);

    await page.reload();
    await expect(start(page)).toBeVisible();
    const [original] = [asked.length];
    await play(page);
    expect(await height(page)).toBe(144);
    expect(asked.length).toBe(original);
    await choose(page, 'Auto');
    await expect(quality(page)).toHaveText('Auto');
    await expect.poll(() => paused(page)).toBe(false);
  });

  test('it is played as it is on a network of which the browser only guesses', async ({ page }) => {
    const guessed = { saveData: false, effectiveType: '4g', downlink: 0.1, rtt: 100 };
    await page.addInitScript((value) => Object.defineProperty(navigator, 'connection', { value }), guessed);
    const streamed = [];
    page.on('request', (request) => request.url().includes('/hls/') && streamed.push(request.url()));
    await openFilm(page);
    await play(page);
    await expect.poll(() => now(page)).toBeGreaterThan(0.3);
    expect(streamed).toEqual([]);
  });

  test('it is streamed by itself where data are to be saved, and says what to do where that can’t be', async ({ page }) => {
    await page.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true } }));
    await openFilm(page);
    await page.route('**/hls/*', (route) => route.fulfill({ status: 422, json: { code: 'NO_STREAM' } }));
    await page.keyboard.press('k');
    const status = shown(page).getByRole('status');
    await expect(status).toContainText('can’t be had in this size');
    await status.getByRole('button', { name: 'Play it in full' }).click();
    await expect.poll(() => now(page)).toBeGreaterThan(0.3);
    expect(await height(page)).toBe(270);

    await page.unroute('**/hls/*');
    await page.reload();
    await expect(start(page)).toBeVisible();
    await play(page);
    await expect(quality(page)).toHaveText(/^Auto/);
    await page.mouse.move(640, 520);
    await quality(page).click();
    await page.keyboard.press('Escape');
    await expect(quality(page)).toBeFocused();
    await expect(viewer(page)).toBeVisible();
  });
});

test.describe('where it can’t be seen', () => {
  test.use({ tolerated: [/Failed to load resource.*\/original/] });
  const answer = (page, response) => page.route('**/original?*', (route) => route.fulfill(response));
  const status = (page) => shown(page).getByRole('status');

  test('a kind that the browser doesn’t know leaves its poster and the file', async ({ page }) => {
    await openFilm(page);
    await answer(page, { status: 200, contentType: 'video/mp4', body: 'no film at all' });
    await page.keyboard.press('k');
    await expect(status(page)).toContainText('This browser can’t play this kind of film');
    await expect(status(page).getByRole('link', { name: 'Download' })).toHaveAttribute('download', NAME);
    await expect(status(page).getByRole('button')).toHaveText('Make a copy that plays');
    await expect(video(page)).toHaveCSS('opacity', '0');
    await expect(shown(page).locator('img.there').first()).toBeVisible();
  });

  test('a file that isn’t there says so, and plays once it is', async ({ page }) => {
    await openFilm(page);
    await answer(page, { status: 503, json: { code: 'UNAVAILABLE', message: 'the file is not there right now' } });
    await page.keyboard.press('k');
    await expect(status(page)).toContainText('The file of this film isn’t there right now');
    await page.unroute('**/original?*');
    await status(page).getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => now(page)).toBeGreaterThan(0.3);
    await page.keyboard.press('k');
    await expect.poll(() => paused(page)).toBe(true);
  });
});
