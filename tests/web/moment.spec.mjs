// Files of one moment: a Live Photo is one tile, moves when asked, and can be taken apart.
import { assetNamed, expect, openInformation, openPhotos, test, viewer } from './fixtures.mjs';

const tile = (page, id) => page.locator(`[role=gridcell] a[href="/photos/${id}"]`);
const film = (page) => viewer(page).locator('[data-slide="0"] video');

/** Opens the photo at its place among the others, and goes back to them. */
async function beside(page, id) {
  await page.goto(`/photos/${id}`);
  await expect(viewer(page).locator('[data-slide="0"] img.there').first()).toBeVisible();
  await expect(viewer(page).getByRole('button', { name: 'Next photo' })).toBeAttached();
  await page.keyboard.press('Escape');
  await expect(tile(page, id)).toBeInViewport();
}

test('a Live Photo has one tile, which says so, and its film plays over it', async ({ page }) => {
  const { id } = await assetNamed(page, 'train.jpg');
  await beside(page, id);
  await expect(tile(page, id).getByTitle('With a film of the moment')).toBeVisible();
  await tile(page, id).click();
  await viewer(page).getByRole('button', { name: 'Play the film of the moment' }).click();
  await expect.poll(() => film(page).evaluate((video) => video.currentTime)).toBeGreaterThan(0.2);
  await expect(film(page)).toHaveCount(0, { timeout: 10_000 });
  await expect(viewer(page).getByRole('button', { name: 'Play the film of the moment' })).toBeAttached();
});

test('its files are listed; each can be looked at, and they can be shown each by itself', async ({ page }) => {
  const { id } = await assetNamed(page, 'IMG_7943.HEIC');
  await openPhotos(page);
  await openInformation(page, id);
  const panel = page.getByRole('complementary', { name: 'Information' });
  await panel.getByRole('button', { name: 'Show IMG_7943_HEVC.MOV' }).click();
  await expect(viewer(page)).toHaveAccessibleName(/IMG_7943_HEVC\.MOV/);
  const other = page.url().split('/').at(-1);
  expect(other).not.toBe(id);
  await expect(viewer(page).getByRole('button', { name: 'Next photo' })).toBeAttached();
  await panel.getByRole('button', { name: 'Show IMG_7943.HEIC' }).click();
  await expect(viewer(page)).toHaveAccessibleName(/IMG_7943\.HEIC/);

  await panel.getByRole('button', { name: 'Show each by itself' }).click();
  await expect(viewer(page).getByText('Each is shown by itself now.')).toBeVisible();
  await expect(panel.getByRole('button', { name: 'Show each by itself' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(tile(page, id)).toBeVisible();
  await beside(page, other);
});
