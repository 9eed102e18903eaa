// Each screen, light and dark, large and small: readable by all (axe), nothing wider than the screen, nothing cut off.
// TESSERA_SCREENSHOTS names a folder that gets a picture of each.
import AxeBuilder from '@axe-core/playwright';
import { join } from 'node:path';
import { answered, ask, assetNamed, expect, openInformation, openPhotos, test, tiles } from './fixtures.mjs';

/** A walk through Munich, at the time of a photograph that has no position. */
const track = Buffer.from(
  `<gpx version="1.1"><trk><trkseg>${[48.1, 48.13, 48.16]
    .map((latitude, n) => `<trkpt lat="${latitude}" lon="${11.5 + (n % 2) / 50}"><time>2021-04-23T10:38:${17 + 20 * n}Z</time></trkpt>`)
    .join('')}</trkseg></trk></gpx>`,
);

/** An album of its own for these screens, made once. */
async function openAlbum(page) {
  const { albums } = await ask(page, '{ albums { nodes { id name } } }');
  const known = albums.nodes.find(({ name }) => name === 'To be looked at');
  await page.goto(`/albums/${known?.id ?? (await makeAlbum(page))}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('To be looked at');
  await expect(tiles(page).first()).toBeVisible({ timeout: 15_000 });
}

async function makeAlbum(page) {
  const input = { name: 'To be looked at', rule: 'type:image country:de' };
  const made = await ask(page, 'mutation ($input: AlbumCreateInput!) { albumCreate(input: $input) { album { id } } }', { input });
  return made.albumCreate.album.id;
}

async function openShelf(page, path) {
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

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
  'the date being changed': async (page) => {
    await screens.information(page);
    await page.getByRole('button', { name: 'Change the date' }).click();
    await expect(page.getByRole('dialog', { name: 'Change the date' })).toBeVisible();
  },
  'the place being changed': async (page) => {
    await screens.information(page);
    await page.getByRole('button', { name: 'Change the place' }).click();
    await expect(page.getByRole('dialog', { name: 'Change the place' }).locator('canvas')).toBeVisible();
  },
  film: async (page) => {
    await page.goto(`/photos/${(await assetNamed(page, 'webm_480.webm')).id}`);
    await expect(page.locator('[data-slide="0"]').getByRole('button', { name: /^Play the film/ })).toBeVisible();
    await expect(page.locator('[data-slide="0"] img.there').first()).toBeVisible();
  },
  'a film that plays': async (page) => {
    await screens.film(page);
    await page.keyboard.press('k');
    await page.getByRole('slider', { name: 'Place in the film' }).focus();
    await page.keyboard.press('k');
    await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  },
  'the sizes of a film': async (page) => {
    await screens['a film that plays'](page);
    await page.getByRole('button', { name: /^Quality/ }).click();
    await expect(page.getByRole('menuitemradio', { name: 'Original' })).toBeFocused();
  },
  'a file that can’t be shown': async (page) => {
    await page.goto(`/photos/${(await assetNamed(page, 'sony-a7-xavc.MP4')).id}`);
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
  'what is suggested': async (page) => {
    await screens.photos(page);
    await page.getByRole('combobox').fill('type:image cam');
    await expect(page.getByRole('option', { name: /^camera:/ })).toBeVisible();
  },
  'values that are suggested': async (page) => {
    await screens.photos(page);
    await page.getByRole('combobox').fill('camera:');
    await expect(page.getByRole('option', { name: /photos and films/ }).first()).toBeVisible();
  },
  filters: async (page) => {
    await screens.found(page);
    const panel = page.getByRole('complementary', { name: 'Filters' });
    if (!(await panel.isVisible())) await page.getByRole('button', { name: 'Filters' }).click();
    const boxes = panel.or(page.getByRole('dialog', { name: 'Filters' })).getByRole('checkbox');
    await boxes.first().click();
    await expect(boxes.and(page.locator('[aria-checked=true]')).first()).toBeVisible();
  },
  'words that mean something': async (page) => {
    await page.goto('/search?q=berlin+huawei+type:image');
    await expect(page.getByRole('list', { name: 'What the words may mean' }).getByRole('link').first()).toBeVisible();
  },
  'a search being saved': async (page) => {
    await screens.found(page);
    await page.getByRole('button', { name: 'Save search' }).click();
    await expect(page.getByRole('dialog').getByRole('textbox', { name: 'Name' })).toBeVisible();
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
  'a place being looked for': async (page) => {
    await screens.map(page);
    await page.getByRole('combobox', { name: 'Find a city, town or village' }).fill('barc');
    await expect(page.getByRole('option').first()).toBeVisible();
  },
  'a track': async (page) => {
    await screens.map(page);
    await page.locator('input[type=file][accept*=gpx]').setInputFiles({ name: 'walk.gpx', mimeType: 'application/gpx+xml', buffer: track });
    const panel = page.getByRole('region', { name: 'Places from a track' });
    await expect(panel.getByRole('listitem').first()).toBeVisible();
  },
  places: async (page) => {
    await page.goto('/places');
    await expect(page.locator('main img').first()).toBeVisible();
  },
  'a country': async (page) => {
    await page.goto('/places/es');
    await expect(page.locator('main img').first()).toBeVisible();
  },
  libraries: async (page) => {
    await page.goto('/libraries');
    await expect(page.getByRole('heading', { name: 'Libraries' })).toBeVisible();
    await expect(page.getByText(/^Looked through/).first()).toBeVisible();
  },
  'damaged files': async (page) => {
    await answered(page, 'UnreadableFiles', ({ search }) => {
      const [one] = search.nodes;
      const damages = ['it ends too early', 'an unexpected marker stands at byte 41,202', 'its second half holds no picture', 'its size is told twice, as 4000 × 3000 and as 400 × 300'];
      const damaged = Array.from({ length: 22 }, (_, n) => ({
        ...one,
        id: `asset_${9000 + n}`,
        name: `IMG_${2040 + n}.jpg`,
        path: `/photos/2019/Rome/IMG_${2040 + n}.jpg`,
        problem: `the file is damaged: ${damages[n % damages.length]}`,
      }));
      search.nodes = [...damaged, ...search.nodes];
      search.totalCount += damaged.length;
    });
    await screens.libraries(page);
    await page.getByRole('heading', { level: 2, name: /^Can’t be shown/ }).scrollIntoViewIfNeeded();
    await page.getByRole('heading', { level: 2, name: /^Can’t be shown/ }).evaluate((heading) => heading.scrollIntoView());
  },
  uploads: async (page) => {
    await page.goto('/uploads');
    await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible();
  },
  settings: async (page) => {
    await page.goto('/settings');
    await expect(page.getByText('This browser').first()).toBeVisible();
  },
  'a key being made': async (page) => {
    await screens.settings(page);
    await page.getByRole('button', { name: 'Make a key' }).click();
    await expect(page.getByRole('dialog', { name: 'Make a key' })).toBeVisible();
  },
  users: async (page) => {
    await page.goto('/users');
    await expect(page.getByRole('button', { name: /^Change: / }).first()).toBeVisible();
    await expect(page.getByText(/^Signed in/).first()).toBeVisible();
  },
  'somebody being invited': async (page) => {
    await screens.users(page);
    await page.getByRole('button', { name: 'Invite somebody' }).click();
    await expect(page.getByRole('dialog', { name: 'Invite somebody' })).toBeVisible();
  },
  'an account being changed': async (page) => {
    await screens.users(page);
    await page.getByRole('button', { name: /^Change: / }).first().click();
    await expect(page.getByRole('dialog', { name: /^Account of / })).toBeVisible();
  },
  'photos being chosen': async (page) => {
    await openPhotos(page);
    await tiles(page).first().focus();
    await page.keyboard.press('x');
    await expect(page.getByRole('toolbar', { name: '1 selected' })).toBeVisible();
  },
  albums: async (page) => {
    await openAlbum(page);
    await page.goto('/albums');
    await expect(page.getByRole('link', { name: /To be looked at/ })).toBeVisible();
  },
  album: openAlbum,
  'an album being shared': async (page) => {
    await openAlbum(page);
    await page.getByRole('button', { name: 'Share album' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
  },
  'what is said of an album': async (page) => {
    await openAlbum(page);
    await page.getByRole('button', { name: 'Comments' }).click();
    await expect(page.getByRole('complementary', { name: 'Comments' })).toBeVisible();
  },
  favourites: (page) => openShelf(page, '/favourites'),
  archive: (page) => openShelf(page, '/archive'),
  trash: (page) => openShelf(page, '/trash'),
  'the locked folder': (page) => openShelf(page, '/locked'),
  'not a page': async (page) => {
    await page.goto('/nowhere');
    await expect(page.getByRole('heading', { name: 'This page doesn’t exist' })).toBeVisible();
  },
  // Last, for what it makes of the server's answers stays.
  'a photo whose folder is away': async (page) => {
    await answered(page, 'ViewedAsset', ({ asset }) => (asset.offline = true));
    await screens.information(page);
    await expect(page.getByRole('complementary', { name: 'Information' }).getByText('Not connected', { exact: true }).last()).toBeInViewport();
  },
};

const desktop = { viewport: { width: 1440, height: 900 } };
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
const looks = [
  { name: 'desktop, light', ...desktop, colorScheme: 'light' },
  { name: 'desktop, dark', ...desktop, colorScheme: 'dark' },
  { name: 'phone, light', ...phone, colorScheme: 'light' },
  { name: 'phone, dark', ...phone, colorScheme: 'dark' },
];

/** Nothing but the screen's width, and no serious complaint of axe. */
async function judge(page, name, look) {
  // What fades in has come.
  await page.waitForTimeout(250);
  const folder = process.env.TESSERA_SCREENSHOTS;
  if (folder) await page.screenshot({ path: join(folder, `${name}-${look}.png`.replaceAll(/[ ,/]+/g, '-')) });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect.soft(wide, `${name} is wider than the screen`).toBe(0);
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const said = serious.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`));
  expect.soft(said, name).toEqual([]);
}

for (const { name: look, ...options } of looks) {
  test.describe(look, () => {
    test.use({ ...options, reducedMotion: 'reduce' });

    test('every screen can be read by all', async ({ page }) => {
      test.setTimeout(300_000);
      for (const [name, open] of Object.entries(screens)) {
        await test.step(name, async () => {
          await open(page);
          await judge(page, name, look);
        });
      }
    });

    test.describe('signed out', () => {
      test.use({ storageState: { cookies: [], origins: [] } });

      test('the door can be read by all', async ({ page }) => {
        for (const path of ['/sign-in', '/setup', '/invite#a-wrong-one', '/reset#a-wrong-one']) {
          await page.goto(path);
          await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
          await judge(page, `door${path.replace('#', ' ')}`, look);
        }
      });
    });
  });
}
