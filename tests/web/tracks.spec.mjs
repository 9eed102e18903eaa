// A recorded track over the map: what it would do, what is chosen of that, saving and undoing it.
import AxeBuilder from '@axe-core/playwright';
import { ask, assetNamed, expect, test } from './fixtures.mjs';
import { expected } from './testdata.mjs';

/** Its time is known to the second, with its offset; of its place it says nothing. */
const photo = 'Phones/Galaxy/2021-04/two_ratings.jpg';
const name = photo.split('/').at(-1);

const panel = (page) => page.getByRole('region', { name: 'Places from a track' });
const toast = (page, text) => page.locator('.toast', { hasText: text }).last();
const rows = (page) => panel(page).getByRole('list', { name: 'Photos that would get a place' }).getByRole('listitem');
const position = async (page, id) => (await ask(page, 'query ($id: ID!) { asset(id: $id) { position { latitude longitude } } }', { id })).asset.position;

/** When the photograph was taken, as exiftool says. */
function taken() {
  const { DateTimeOriginal, OffsetTimeOriginal } = expected(photo);
  const [day, time] = DateTimeOriginal.split(' ');
  return Date.parse(`${day.replaceAll(':', '-')}T${time}${OffsetTimeOriginal}`);
}

/** A walk of a minute due north, the photograph in the middle of it; `late` seconds later. */
function walk(late = 0) {
  const at = (seconds) => new Date(taken() + (seconds + late) * 1000).toISOString();
  const points = [
    [48.1, -30],
    [48.16, 30],
  ].map(([latitude, seconds]) => `<trkpt lat="${latitude}" lon="11.5"><time>${at(seconds)}</time></trkpt>`);
  return `<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>${points.join('')}</trkseg></trk></gpx>`;
}

async function add(page, text, file = 'walk.gpx') {
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Add a track' }).click();
  await (await choosing).setFiles({ name: file, mimeType: 'application/gpx+xml', buffer: Buffer.from(text) });
  await expect(panel(page)).toBeVisible();
}

async function openMap(page) {
  await page.goto('/map');
  await expect(page.locator('.pin').first()).toBeVisible();
}

/** As its file says it, whatever an earlier test has said. */
test.beforeEach(async ({ page }) => {
  const { id } = await assetNamed(page, name);
  const mutation = 'mutation ($input: AssetUpdateInput!) { assetUpdate(input: $input) { userErrors { message } } }';
  await ask(page, mutation, { input: { assetIds: [id], position: null } });
  expect(await position(page, id)).toBeNull();
});

test('a photo is put where the track was when it was taken, and back again', async ({ page }) => {
  const { id } = await assetNamed(page, name);
  await openMap(page);
  await add(page, walk());
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page).first()).toContainText('48.1300, 11.5000');
  await expect(rows(page).first()).toContainText('12:38:47');
  // The track is framed.
  await expect.poll(() => page.url()).toMatch(/at=48\.13\d*,11\.50?\d*,/);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id: rule }) => rule)).toEqual([]);

  const box = rows(page).first().getByRole('checkbox');
  await box.uncheck();
  await expect(panel(page).getByRole('button', { name: 'Save 0 places' })).toBeDisabled();
  await box.check();
  expect(await position(page, id), 'nothing was saved yet').toBeNull();
  await panel(page).getByRole('button', { name: 'Save 1 place' }).click();
  await expect(toast(page, '1 photo or film placed along the track')).toBeVisible();
  await expect(panel(page)).toHaveCount(0);
  // A minute along a meridian is even: half of it is in the middle.
  const there = await position(page, id);
  expect(there.latitude).toBeCloseTo(48.13, 4);
  expect(there.longitude).toBeCloseTo(11.5, 4);
  await expect(page.locator(`.pin[href="/photos/${id}"]`)).toBeVisible();

  await toast(page, 'placed along the track').getByRole('button', { name: 'Undo' }).click();
  await expect(toast(page, 'Undone')).toBeVisible();
  expect(await position(page, id)).toBeNull();
});

test('a camera whose clock was wrong is told by so much', async ({ page }) => {
  await openMap(page);
  await add(page, walk(3600));
  await expect(panel(page).getByRole('heading', { name: 'No photos were taken along this track' })).toBeVisible();
  await panel(page).getByText('Options', { exact: true }).click();
  await panel(page).getByLabel('The camera’s clock').selectOption('Was slow by');
  await panel(page).getByLabel('Hours and minutes').fill('an hour');
  await expect(panel(page).getByText('Such as 1:00 or 2d 0:30')).toBeVisible();
  await panel(page).getByLabel('Hours and minutes').fill('1:00');
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page).first()).toContainText('48.1300, 11.5000');
  await panel(page).getByLabel('The camera’s clock').selectOption('Was fast by');
  await expect(panel(page).getByRole('heading', { name: 'No photos were taken along this track' })).toBeVisible();
});

test('a search narrows it, and says where it can’t be read', async ({ page }) => {
  await openMap(page);
  await add(page, walk());
  await expect(rows(page)).toHaveCount(1);
  await panel(page).getByText('Options', { exact: true }).click();
  const search = panel(page).getByLabel('Only what a search finds');
  await search.fill('name:nosuchname');
  await expect(rows(page)).toHaveCount(0);
  await search.fill('cammera:canon');
  await expect(search).toHaveAttribute('aria-invalid', 'true');
  await search.fill(`name:"${name}"`);
  await expect(rows(page)).toHaveCount(1);
});

test('what is no track is refused in a sentence; Escape closes', async ({ page }) => {
  await openMap(page);
  await add(page, '<html></html>');
  await expect(panel(page).getByRole('alert')).toContainText('This is neither GPX nor KML');
  await expect(panel(page)).toContainText('Nothing was changed.');
  await page.keyboard.press('Escape');
  await expect(panel(page)).toHaveCount(0);
});

test('a track is dropped on the map, and goes to no library', async ({ page }) => {
  await openMap(page);
  // Whoever takes all files has to be there, or the test proves nothing.
  await page.waitForTimeout(1500);
  const transfer = await page.evaluateHandle((text) => {
    const made = new DataTransfer();
    made.items.add(new File([text], 'walk.gpx'));
    return made;
  }, walk());
  for (const type of ['dragenter', 'dragover', 'drop']) await page.dispatchEvent('.ground', type, { dataTransfer: transfer });
  await expect(rows(page)).toHaveCount(1);
  await expect(page.getByText('Drop to add')).toHaveCount(0);
  await page.goto('/uploads');
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible();
  await expect(page.getByText('walk.gpx')).toHaveCount(0);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('the track lies above its list, and all of it can be reached', async ({ page }) => {
    await openMap(page);
    await add(page, walk());
    await expect(rows(page)).toHaveCount(1);
    const save = panel(page).getByRole('button', { name: 'Save 1 place' });
    await expect(save).toBeInViewport();
    expect((await save.boundingBox()).height).toBeGreaterThanOrEqual(44);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
    await panel(page).getByRole('button', { name: 'Close' }).click();
    await expect(panel(page)).toHaveCount(0);
  });
});
