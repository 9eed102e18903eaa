// The page of libraries: how their folders stand, which files need a look, and what a person can do about it.
import { dirname } from 'node:path';
import { account, answered, ask, expect, test } from './fixtures.mjs';

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

test('a library without folders gives the command that fills it, with its name and whose it is', async ({ page }) => {
  await answered(page, 'LibrariesNow', ({ libraries }) => Object.assign(libraries.nodes[0], { name: "Ann's best", folders: [] }));
  await page.goto('/libraries');
  const command = `bin/tessera-indexer import /path/to/photos --owner ${account.email} --library 'Ann'\\''s best'`;
  await expect(page.locator('code').filter({ hasText: '--owner' })).toHaveText(command);
});

test('what can’t be shown is sorted by its kind, each file with its folder and what differs', async ({ page }) => {
  const document = '{ search(filter: { text: "unreadable:yes" }, sort: TAKEN_NEWEST, first: 500) { nodes { name path problem } } }';
  const { nodes } = (await ask(page, document)).search;
  expect(nodes.length).toBeGreaterThan(0);
  await page.goto('/libraries');
  const list = page.locator('section').filter({ has: page.getByRole('heading', { level: 2, name: `Can’t be shown ${nodes.length}` }) });
  const sentence = (text) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  const wordsOf = ({ problem }) => sentence(problem.replace('not readable yet: ', ''));
  const kindOf = (node) => wordsOf(node).split(': ')[0];
  const kinds = new Set(nodes.map(kindOf));
  await expect(list.locator('.reason')).toHaveCount(kinds.size);
  for (const kind of kinds) {
    const files = nodes.filter((node) => kindOf(node) === kind);
    const alike = new Set(files.map(wordsOf)).size === 1;
    const name = `${alike ? wordsOf(files[0]) : kind} ${files.length} ${files.length === 1 ? 'file' : 'files'}`;
    const group = list.locator('.reason').filter({ has: page.getByRole('heading', { level: 3, name, exact: true }) });
    await expect(group).toHaveCount(1);
    const all = group.getByRole('button', { name: `Show all ${files.length}` });
    if (files.length > 6) await all.click();
    await expect(group.getByRole('link')).toHaveText(files.map((file) => file.name));
    for (const file of files) {
      const line = group.getByRole('listitem').filter({ has: page.getByRole('link', { name: file.name, exact: true }) }).first();
      await expect(line).toContainText(dirname(file.path));
      if (!alike && wordsOf(file) !== kind) await expect(line).toContainText(sentence(wordsOf(file).slice(kind.length + 2)));
    }
  }
});

test('of files in other people’s libraries an administrator is told the number alone', async ({ page }) => {
  const files = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((letter, n) => ({
    assetId: `asset_${n + 1}`,
    name: `${letter}.jpg`,
    path: n ? `/photos/2019/${letter}.jpg` : null,
    stage: 'renditions',
    error: n < 2 ? 'the decoder gave up on this file: it crashed' : `the file is damaged: it ends at byte ${n}`,
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
    'The file is damaged 5 files',
    'The decoder gave up on this file: it crashed 2 files',
  ]);
  await expect(list.getByText('12 files in other people’s libraries')).toBeVisible();
  await expect(list.getByRole('link')).toHaveCount(7);
  await expect(list.getByRole('listitem').filter({ hasText: 'b.jpg' })).toContainText('/photos/2019');
  await expect(list.getByRole('listitem').filter({ hasText: 'd.jpg' })).toContainText('It ends at byte 3');
});
