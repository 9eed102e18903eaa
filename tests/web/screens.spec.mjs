// Each screen, light and dark, large and small: readable by all (axe), nothing wider than the screen, nothing cut off.
// TESSERA_SCREENSHOTS names a folder that gets a picture of each.
import AxeBuilder from '@axe-core/playwright';
import { join } from 'node:path';
import { assetNamed, expect, openInformation, test } from './fixtures.mjs';

const screens = {
  photos: async (page) => {
    await page.goto('/photos');
    await expect(page.locator('[role=gridcell] img.loaded').first()).toBeVisible();
  },
  viewer: async (page) => {
    await page.goto(`/photos/${(await assetNamed(page, 'classic-car.heic')).id}`);
    await expect(page.locator('[data-slide="0"] img.there').first()).toBeVisible();
  },
  information: async (page) => {
    await openInformation(page, (await assetNamed(page, 'classic-car.heic')).id);
    await expect(page.locator('[data-slide="0"] img.there').first()).toBeVisible();
    await expect(page.getByRole('complementary', { name: 'Information' }).locator('canvas')).toBeVisible();
  },
  film: async (page) => {
    await page.goto('/search?q=type:video');
    await page.locator('[role=gridcell] a[data-asset]').first().click();
    await expect(page.getByRole('dialog').getByRole('status')).toBeVisible();
  },
  search: async (page) => {
    await page.goto('/search');
    await expect(page.getByRole('heading', { name: 'Find any photo' })).toBeVisible();
  },
  found: async (page) => {
    await page.goto('/search?q=camera:iphone');
    await expect(page.locator('[role=gridcell] img.loaded').first()).toBeVisible();
  },
  matches: async (page) => {
    await page.goto('/search?q=camera:iphone&by=match');
    await expect(page.locator('[data-hit] img').first()).toBeVisible();
  },
  'under the field': async (page) => {
    await screens.photos(page);
    await page.getByRole('combobox').focus();
    await expect(page.getByRole('listbox')).toBeVisible();
  },
  'a search that can’t be read': async (page) => {
    await page.goto('/search?q=berlin+cammera:canon');
    await expect(page.locator('mark')).toBeVisible();
  },
  'nothing found': async (page) => {
    await page.goto('/search?q=nosuchword');
    await expect(page.getByRole('heading', { name: /Nothing found/ })).toBeVisible();
  },
  map: async (page) => {
    await page.goto('/map');
    await expect(page.locator('.pin img').first()).toBeVisible();
  },
  libraries: async (page) => {
    await page.goto('/libraries');
    await expect(page.getByRole('heading', { name: 'Libraries' })).toBeVisible();
    await expect(page.getByText('Up to date').first()).toBeVisible();
  },
  uploads: async (page) => {
    await page.goto('/uploads');
    await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible();
  },
  settings: async (page) => {
    await page.goto('/settings');
    await expect(page.getByText('This browser').first()).toBeVisible();
  },
  'not a page': async (page) => {
    await page.goto('/nowhere');
    await expect(page.getByRole('heading', { name: 'This page doesn’t exist' })).toBeVisible();
  },
};

const sizes = {
  desktop: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
};

for (const [size, device] of Object.entries(sizes)) {
  for (const colorScheme of ['light', 'dark']) {
    test.describe(`${size}, ${colorScheme}`, () => {
      test.use({ ...device, colorScheme, reducedMotion: 'reduce' });

      for (const [name, open] of Object.entries(screens)) {
        test(name, async ({ page }) => {
          await open(page);
          await page.waitForTimeout(350);
          if (process.env.TESSERA_SCREENSHOTS)
            await page.screenshot({ path: join(process.env.TESSERA_SCREENSHOTS, `${name}-${size}-${colorScheme}.png`.replaceAll(' ', '-')) });
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(device.viewport.width);
          const { violations } = await new AxeBuilder({ page }).analyze();
          const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
          expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('\n')}`)).toEqual([]);
        });
      }
    });
  }
}

for (const colorScheme of ['light', 'dark']) {
  test.describe(`the door, ${colorScheme}`, () => {
    test.use({ colorScheme, storageState: { cookies: [], origins: [] } });
    for (const path of ['/sign-in', '/setup']) {
      test(path, async ({ page }) => {
        await page.goto(path);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        if (process.env.TESSERA_SCREENSHOTS)
          await page.screenshot({ path: join(process.env.TESSERA_SCREENSHOTS, `door${path.replace('/', '-')}-${colorScheme}.png`) });
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
      });
    }
  });
}
