// What a new user does, from the one-time address to the first upload.
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { library, missing, pick, start } from './system.mjs';

const reason = missing();
test.skip(reason !== undefined, reason);
test.describe.configure({ mode: 'serial' });

let system;
let page;

test.beforeAll(async ({ browser }) => {
  system = await start((folder) => pick(folder, ['Phones', 'Albums/Time zones', 'Albums/Animals and food'], 15));
  page = await browser.newPage();
});

test.afterAll(async () => {
  await page?.close();
  await system?.stop();
});

const tiles = () => page.locator('[role=gridcell] a[data-asset]');

test('the one-time address makes the first account and shows the library while it fills', async () => {
  await page.goto(system.link);
  await page.getByLabel('Name').fill('Ann');
  await page.getByLabel('E-mail').fill('ann@example.org');
  await page.locator('input[name=password]').fill('correct horse battery');
  await page.locator('button[type=submit]').click();
  await page.waitForURL('**/photos');
  await expect(tiles().first()).toBeVisible();
  await expect(page.locator('[role=gridcell] img.loaded').first()).toBeVisible();
});

test('the one-time address works once', async ({ browser }) => {
  const other = await browser.newPage();
  await other.goto(system.link);
  await expect(other.locator('input[name=name]')).toHaveCount(0);
  await other.close();
});

test('a click opens the viewer at its own address, arrows go on, Escape comes back', async () => {
  await tiles().first().click();
  await page.waitForURL('**/photos/asset_*');
  const first = page.url();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => page.url()).not.toBe(first);
  await page.keyboard.press('i');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.waitForURL('**/photos');
  await expect(tiles().first()).toBeVisible();
});

test('search finds by a filter, and says where a text is wrong', async () => {
  await page.goto(`${system.base}/search?q=type:image`);
  await expect(tiles().first()).toBeVisible();
  await page.goto(`${system.base}/search?q=cammera:canon`);
  await expect(page.getByText('camera', { exact: false }).first()).toBeVisible();
});

test('an uploaded file appears, and is known the second time', async () => {
  const file = join(system.scratch, 'new.jpg');
  copyFileSync(join(library, 'Albums/4MinsAroundTheWorld/20240413-203800-Unknown.jpg'), file);
  await page.goto(`${system.base}/uploads`);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: /choose files|upload/i }).first().click();
  await (await chooser).setFiles(file);
  await expect(page.getByText(/done|stored|uploaded/i).first()).toBeVisible();
});
