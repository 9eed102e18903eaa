// Uploads by the app itself: chosen, dropped, a whole folder, gone on with after an interruption of any kind.
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { assetNamed, expect, openInformation, openPhotos, test } from './fixtures.mjs';
import { ready, start, stop, system, until } from './system.mjs';
import { copyTo, filesOf, kept, large, library, undated } from './testdata.mjs';

test.describe.configure({ mode: 'serial' });

/** Some of it has gone, but far from all. */
const underWay = /Uploading · (?:[3-9]|1\d)(?:\.\d)? MB of/;

const main = (page) => page.getByRole('main');
const row = (page, name) => main(page).getByRole('listitem').filter({ hasText: name });
const photos = () => filesOf(kept.uploads).filter((path) => path.endsWith('.jpg'));
const scratch = (name) => join(system().scratch, 'from', name);

/** What the page sends by tus: `POST`s and the offsets of `PATCH`es. */
function sends(page) {
  const seen = [];
  page.on('request', (request) => {
    if (!/\/upload($|\/)/.test(new URL(request.url()).pathname)) return;
    const offset = request.headers()['upload-offset'];
    if (request.method() !== 'HEAD') seen.push({ method: request.method(), offset: offset === undefined ? null : Number(offset) });
  });
  return seen;
}

async function choose(page, button, files) {
  const chooser = page.waitForEvent('filechooser');
  await main(page).getByRole('button', { name: button }).click();
  await (await chooser).setFiles(files);
}

/** As a slow line does. */
async function slow(page, bytesPerSecond) {
  const devtools = await page.context().newCDPSession(page);
  const conditions = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: bytesPerSecond };
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', conditions);
  return () => devtools.send('Network.emulateNetworkConditions', { ...conditions, uploadThroughput: -1 });
}

test('chosen files are added, and those that the library has are known before anything is sent', async ({ page }) => {
  const [first, second] = photos();
  const known = scratch('known by another name.jpg');
  copyTo(first, known);
  await page.goto('/uploads');
  // One's own, not the one that a folder fills.
  await expect(main(page).getByLabel('Add to').locator('option:checked')).toHaveText('Ann');
  const sent = sends(page);
  await choose(page, 'Choose files', [first, second]);
  await expect(main(page).getByText('Upload finished')).toBeVisible();
  await expect(main(page).getByText('2 added')).toBeVisible();
  expect(sent.map(({ method }) => method)).toEqual(['POST', 'POST']);

  await page.reload();
  await choose(page, 'Choose files', known);
  await expect(row(page, 'known by another name.jpg')).toContainText('Already here');
  expect(sent).toHaveLength(2);
  await row(page, 'known by another name.jpg').getByRole('link').click();
  await page.waitForURL('**/photos/asset_*');
  await expect(page.getByRole('dialog')).toHaveAccessibleName(`Photo ${basename(first)}`);
  await page.goBack();
  await page.waitForURL('**/uploads');
});

test('what another library of one’s own has is known, too', async ({ page }) => {
  const known = scratch('in the folder already.jpg');
  copyTo(join(library, 'Albums/4MinsAroundTheWorld/UTC-20240413-203630-London.jpg'), known);
  await page.goto('/uploads');
  await main(page).getByLabel('Add to').selectOption('Ann');
  const sent = sends(page);
  await choose(page, 'Choose files', known);
  await expect(row(page, 'in the folder already.jpg')).toContainText('Already in “Pictures”');
  expect(sent).toEqual([]);
});

test('what was uploaded is on the timeline without a reload', async ({ page }) => {
  await openPhotos(page);
  const shot = scratch('a new one.png');
  copyTo(undated[1], shot);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('banner').getByRole('button', { name: 'Upload' }).click();
  await (await chooser).setFiles(shot);
  await expect(page.getByRole('region', { name: 'Uploads' })).toContainText('1 added');
  await until(async () => (await assetNamed(page, 'a new one.png')).state === 'READY', 'it is ready');
  const { id } = await assetNamed(page, 'a new one.png');
  await expect(page.locator(`[role=gridcell] a[href="/photos/${id}"] img.loaded`)).toBeVisible();
});

test('a sidecar goes with the picture that it lies beside, can be forgotten, and is written anew', async ({ page }) => {
  const shot = large(photos()[0], scratch('beside.jpg'), 0.1);
  const words = '<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">A title from beside</rdf:li></rdf:Alt></dc:title></rdf:Description>';
  writeFileSync(`${shot}.xmp`, `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">${words}</rdf:RDF></x:xmpmeta>`);
  await page.goto('/uploads');
  await choose(page, 'Choose files', [shot, `${shot}.xmp`]);
  await expect(row(page, 'beside.jpg')).toContainText('with beside.jpg.xmp');
  await expect(main(page).getByText('1 added')).toBeVisible();
  await until(async () => (await assetNamed(page, 'beside.jpg')).state === 'READY', 'it is ready');
  const { id } = await assetNamed(page, 'beside.jpg');
  await openInformation(page, id);
  const title = page.getByRole('complementary', { name: 'Information' }).getByRole('textbox', { name: 'Title' });
  await expect(title).toHaveValue('A title from beside');
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download as XMP' }).click();
  expect((await download).suggestedFilename()).toBe('beside.jpg.xmp');
  await page.getByRole('button', { name: 'Forget it' }).click();
  await expect(title).toHaveValue('');
});

test('files and folders can be dropped anywhere', async ({ page }) => {
  await openPhotos(page);
  await page.waitForTimeout(1200);
  const folder = scratch('Holiday');
  for (const path of photos().slice(2, 5)) copyTo(path, join(folder, 'deeper', basename(path)));
  copyTo(join(library, 'Albums/Transylvania 2015/IMG_5910.jpg.xmp'), join(folder, 'notes.txt'));
  const loose = scratch('loose.jpg');
  copyTo(photos()[5], loose);
  const devtools = await page.context().newCDPSession(page);
  const data = { items: [], files: [folder, loose], dragOperationsMask: 1 };
  const at = { x: 700, y: 500, data };
  await devtools.send('Input.dispatchDragEvent', { type: 'dragEnter', ...at });
  await expect(page.getByText('Drop to add')).toBeVisible();
  await devtools.send('Input.dispatchDragEvent', { type: 'dragOver', ...at });
  await devtools.send('Input.dispatchDragEvent', { type: 'drop', ...at });
  const panel = page.getByRole('region', { name: 'Uploads' });
  await expect(panel).toContainText('4 added');
  await page.goto('/uploads');
});

test('a folder is chosen as a whole, and what doesn’t look like a photo is asked about', async ({ page }) => {
  const folder = scratch('Chosen');
  copyTo(photos()[6], join(folder, 'a', basename(photos()[6])));
  copyTo(join(library, 'Albums/Transylvania 2015/IMG_5910.jpg.xmp'), join(folder, 'notes.txt'));
  await page.goto('/uploads');
  await choose(page, 'Choose a folder', folder);
  await expect(main(page).getByText('1 added')).toBeVisible();
  await expect(main(page).getByText('1 file left out')).toBeVisible();
  await main(page).getByRole('button', { name: 'Leave out' }).click();
  await expect(main(page).getByText('1 file left out')).toHaveCount(0);
});

test.describe('when the server goes away in the middle', () => {
  // The browser says so of each request that comes to nothing.
  test.use({ tolerated: [/Failed to load resource|WebSocket connection/] });

  test('an upload goes on by itself from where it was once the server is back', async ({ page }) => {
    const file = large(photos()[7], scratch('server restart.jpg'), 24);
    await page.goto('/uploads');
    await slow(page, 4_000_000);
    const sent = sends(page);
    await choose(page, 'Choose files', file);
    await expect(row(page, 'server restart.jpg')).toContainText(underWay);
    await page.waitForTimeout(1500);
    await stop('tessera-api', 'SIGKILL');
    await expect(main(page).getByText('Waiting for the server')).toBeVisible();
    start('tessera-api');
    await ready();
    await expect(row(page, 'server restart.jpg')).toContainText('Added', { timeout: 40_000 });
    const offsets = sent.filter(({ method }) => method === 'PATCH').map(({ offset }) => offset);
    expect(offsets[0]).toBe(0);
    expect(offsets.at(-1)).toBeGreaterThan(1_000_000);
  });
});

test('an upload can be paused, and goes on after the page was closed when the file is chosen again', async ({ page, context }) => {
  const file = large(photos()[8], scratch('browser restart.jpg'), 24);
  await page.goto('/uploads');
  await slow(page, 4_000_000);
  await choose(page, 'Choose files', file);
  await expect(row(page, 'browser restart.jpg')).toContainText(underWay);
  await main(page).getByRole('button', { name: 'Pause' }).click();
  await expect(main(page).getByText(/Paused at/)).toBeVisible();
  await page.close();

  const again = await context.newPage();
  await again.goto('/uploads');
  await expect(main(again).getByText('1 file from an earlier visit is not finished')).toBeVisible();
  const sent = sends(again);
  await choose(again, 'Choose files', file);
  await expect(row(again, 'browser restart.jpg')).toContainText('Added');
  expect(sent.map(({ method }) => method)).toEqual(['PATCH']);
  expect(sent[0].offset).toBeGreaterThan(0);
  await expect(main(again).getByText('from an earlier visit')).toHaveCount(0);
});

test.describe('what is no picture', () => {
  test.use({ tolerated: [/Failed to load resource.*415/] });

  test('a file that is empty or no picture is told apart, with the reason, and never tried again', async ({ page }) => {
    await page.goto('/uploads');
    const chooser = page.waitForEvent('filechooser');
    await main(page).getByRole('button', { name: 'Choose files' }).click();
    const none = { name: 'empty.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(0) };
    await (await chooser).setFiles([none, { name: 'letter.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('this is text') }]);
    await expect(row(page, 'empty.jpg')).toContainText('This file is empty, so there is nothing to keep.');
    await expect(row(page, 'letter.jpg')).toContainText('The file is neither a picture nor a film, whatever its name says');
    await expect(main(page).getByText('Upload finished, 2 files failed')).toBeVisible();
    await expect(main(page).getByRole('button', { name: /^Try / })).toHaveCount(0);
  });
});
