// The page of libraries: how their folders stand, and what a person can do about it.
import { ask, expect, test } from './fixtures.mjs';

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
