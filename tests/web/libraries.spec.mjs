// The page of libraries: how their folders stand, which files need a look, and what a person can do about it.
import { dirname } from 'node:path';
import { account, ask, expect, test } from './fixtures.mjs';

const card = (page) => page.locator('section').filter({ has: page.getByRole('heading', { name: 'Pictures', exact: true }) });

async function lastScan(page) {
  const { libraries } = await ask(page, '{ libraries { nodes { name folders { lastScanAt } } } }');
  return libraries.nodes.find(({ name }) => name === 'Pictures').folders[0].lastScanAt;
}

test('a look for changes is done at once, and the page says when it was', async ({ page }) => {
  const before = await lastScan(page);
  await page.goto('/libraries');
  const button = card(page).getByRole('button', { name: 'Look for changes' });
  await button.click();
  await expect.poll(() => lastScan(page)).not.toBe(before);
  await expect(card(page).getByText('Looked through just now')).toBeVisible();
  await expect(button).toBeEnabled();
});

/** Changes what the server answers to a document of this name. */
async function answered(page, name, change) {
  await page.route('**/graphql', async (route) => {
    if (!route.request().postData()?.includes(`query ${name}`)) return route.fallback();
    const response = await route.fetch();
    const json = await response.json();
    change(json.data);
    await route.fulfill({ response, json });
  });
}

test('a library without folders gives the command that fills it, with its name and whose it is', async ({ page }) => {
  await answered(page, 'LibrariesNow', ({ libraries }) => Object.assign(libraries.nodes[0], { name: "Ann's best", folders: [] }));
  await page.goto('/libraries');
  const command = `bin/tessera-indexer import /path/to/photos --owner ${account.email} --library 'Ann'\\''s best'`;
  await expect(page.locator('code').filter({ hasText: '--owner' })).toHaveText(command);
});

test('what can’t be shown is sorted by its reason, each file with its folder', async ({ page }) => {
  const document = '{ search(filter: { text: "unreadable:yes" }, sort: TAKEN_NEWEST, first: 500) { nodes { name path problem } } }';
  const { nodes } = (await ask(page, document)).search;
  expect(nodes.length).toBeGreaterThan(0);
  await page.goto('/libraries');
  const list = page.locator('section').filter({ has: page.getByRole('heading', { level: 2, name: `Can’t be shown ${nodes.length}` }) });
  for (const problem of new Set(nodes.map((node) => node.problem))) {
    const files = nodes.filter((node) => node.problem === problem);
    const words = problem.replace('not readable yet: ', '');
    const name = `${words.charAt(0).toUpperCase()}${words.slice(1)} ${files.length}`;
    const group = list.locator('.reason').filter({ has: page.getByRole('heading', { level: 3, name, exact: true }) });
    await expect(group).toHaveCount(1);
    const all = group.getByRole('button', { name: `Show all ${files.length}` });
    if (files.length > 6) await all.click();
    await expect(group.getByRole('link')).toHaveText(files.map((file) => file.name));
    for (const { path } of files) await expect(group).toContainText(dirname(path));
  }
});

test('of files in other people’s libraries an administrator is told the number alone', async ({ page }) => {
  const files = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((letter, n) => ({
    assetId: `asset_${n + 1}`,
    name: `${letter}.jpg`,
    path: n ? `/photos/2019/${letter}.jpg` : null,
    stage: 'renditions',
    error: n < 6 ? 'the decoder gave up on this file: it crashed' : 'the file is damaged: it ends too early',
    attempts: n + 1,
    at: '2026-05-17T10:00:00Z',
  }));
  await answered(page, 'BuriedFiles', ({ jobs }) => {
    const pageInfo = { endCursor: 'x', hasNextPage: false };
    Object.assign(jobs.buried, { totalCount: 7, elsewhereCount: 12, nodes: [...files].reverse(), pageInfo });
  });
  await page.goto('/libraries');
  const list = page.locator('section').filter({ has: page.getByRole('heading', { level: 2, name: 'Needs a look 7' }) });
  await expect(list.getByRole('heading', { level: 3 })).toHaveText([
    'The decoder gave up on this file: it crashed 6',
    'The file is damaged: it ends too early 1',
  ]);
  await expect(list.getByText('12 files in other people’s libraries')).toBeVisible();
  await expect(list.getByRole('link')).toHaveCount(7);
  await expect(list.getByRole('listitem').filter({ hasText: 'b.jpg' })).toContainText('/photos/2019');
});
