// A page that must not complain: no error on its console and no warning of Svelte, no breach of the content policy, no word to any other host.
import { test as plain, expect } from '@playwright/test';
import { lastWords, system } from './system.mjs';

export { expect };
export const account = { name: 'Ann', email: 'ann@example.org', password: 'correct horse battery' };

export const test = plain.extend({
  baseURL: async ({}, use) => use(system().base),
  /** Complaints on the console that a test brings about itself. */
  tolerated: [[], { option: true }],
  quiet: [
    async ({ context, tolerated }, use, info) => {
      const complaints = [];
      context.on('console', (message) => {
        const text = `${message.text()} (${message.location().url})`;
        const told = message.type() === 'error' || (message.type() === 'warning' && /\bsvelte\b/.test(text));
        if (told && !tolerated.some((known) => known.test(text))) complaints.push(text);
      });
      context.on('weberror', (error) => complaints.push(error.error().stack ?? String(error.error())));
      context.on('request', (request) => {
        const { protocol, origin } = new URL(request.url());
        if (protocol.startsWith('http') && origin !== system().base) complaints.push(`asked ${request.url()}`);
      });
      await context.addInitScript(() => {
        addEventListener('securitypolicyviolation', (event) =>
          console.error(`content policy: ${event.violatedDirective} refused ${event.blockedURI}`),
        );
      });
      await use();
      if (info.status !== info.expectedStatus || complaints.length > 0) console.log(lastWords('tessera-api'));
      expect(complaints, 'what the page complained of').toEqual([]);
    },
    { auto: true },
  ],
});

/** Asks the API as the person of a page. */
export async function ask(page, query, variables) {
  const answer = await page.request.post(`${system().base}/graphql`, {
    headers: { 'GraphQL-Require-Preflight': '1' },
    data: { query, variables },
  });
  const { data, errors } = await answer.json();
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

/** Changes what the server answers to a document of this name. */
export async function answered(page, name, change) {
  await page.route('**/graphql', async (route) => {
    if (!route.request().postData()?.includes(`query ${name}`)) return route.fallback();
    const response = await route.fetch();
    const json = await response.json();
    change(json.data);
    await route.fulfill({ response, json });
  });
}

/** True when all folders have been looked through and nothing is left to do. */
export async function idle(page) {
  const { libraries, jobs } = await ask(page, '{ libraries { nodes { folders { state } } } jobs { stages { pending running } } }');
  const folders = libraries.nodes.flatMap((library) => library.folders);
  return folders.every(({ state }) => state === 'IDLE') && jobs.stages.every(({ pending, running }) => pending + running === 0);
}

/** The asset of a file, by its name. */
export async function assetNamed(page, name) {
  const fields = 'id name path width height tag state takenAt localTakenAt place { city region country }';
  const { search } = await ask(page, `query ($text: String!) { search(filter: { text: $text }) { nodes { ${fields} } } }`, {
    text: `name:"${name}"`,
  });
  const found = search.nodes.find((node) => node.name === name);
  if (!found) throw new Error(`the search knows no ${name}`);
  return found;
}

export const tiles = (page) => page.locator('[role=gridcell] a[data-asset]');
export const viewer = (page) => page.getByRole('dialog');
export const picture = (page) => viewer(page).locator('[data-slide="0"] .picture');

/** A photo with its information beside it. */
export async function openInformation(page, id) {
  await page.goto(`/photos/${id}`);
  await expect(viewer(page)).toBeVisible();
  // A visit before may have left it open.
  const toggle = viewer(page).getByRole('button', { name: /^(Information|Hide the information)$/ }).first();
  if ((await toggle.getAttribute('aria-pressed')) === 'false') await page.keyboard.press('i');
  await expect(page.getByRole('complementary', { name: 'Information' })).toBeVisible();
}

/** The photos' page, with its first pictures. */
export async function openPhotos(page) {
  await page.goto('/photos');
  await expect(page.locator('[role=gridcell] img.loaded').first()).toBeVisible();
}
