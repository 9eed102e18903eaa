// What people say of a photo themselves: in its information, each change with Undo, and back to what the file says.
import AxeBuilder from '@axe-core/playwright';
import { ask, assetNamed, expect, openInformation, test, viewer } from './fixtures.mjs';
import { expected, place } from './testdata.mjs';

const car = 'Phones/iPhone/2023-10/classic-car.heic';
const shop = 'Phones/HUAWEI/2020-10/digikam.jpg';

const panel = (page) => page.getByRole('complementary', { name: 'Information' });
const field = (page, name) => panel(page).getByRole('textbox', { name });
const toast = (page, text) => page.getByRole('dialog').first().locator('.toast', { hasText: text }).last();
const undo = (page, text) => toast(page, text).getByRole('button', { name: 'Undo' }).click();
const lit = (page, stars) => expect(panel(page).getByRole('group', { name: stars ? `Stars: ${stars} of 5` : 'Stars: none' })).toBeVisible();
const ids = async (page, text) => (await ask(page, 'query ($text: String!) { search(filter: { text: $text }) { nodes { id } } }', { text })).search.nodes.map(({ id }) => id);
/** The search hears of it a moment later. */
const found = (page, text, id) => expect.poll(() => ids(page, text), text).toContain(id);
const lost = (page, text, id) => expect.poll(() => ids(page, text), text).not.toContain(id);
const asset = async (page, id) => (await ask(page, 'query ($id: ID!) { asset(id: $id) { title caption creator keywords rating localTakenAt offsetMinutes timeZone position { latitude longitude } edited } }', { id })).asset;

const shown = (page) => expect.poll(() => new URL(page.url()).pathname);
const at = (page, id) => shown(page).toBe(`/photos/${id}`);
const away = (page, id) => shown(page).not.toBe(`/photos/${id}`);
/** The photo that Next leads to, as the stage has it ready. */
const next = (page, id) => viewer(page).locator(`[data-slide="1"] img[src*="/${id}/"]`).first();

/** No serious complaint of axe about what is on screen. */
async function judge(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))).toEqual([]);
}

/** Another window says something of a photo. */
async function say(page, id, said) {
  const mutation = 'mutation ($input: AssetUpdateInput!) { assetUpdate(input: $input) { userErrors { message } } }';
  const { assetUpdate } = await ask(page, mutation, { input: { assetIds: [id], ...said } });
  expect(assetUpdate.userErrors).toEqual([]);
}

const nothing = { taken: null, position: null, title: null, caption: null, creator: null, copyright: null, keywords: null, rating: null };

/** As its file says it, whatever an earlier test has said. */
async function untouched(page, path) {
  const { id } = await assetNamed(page, path.split('/').at(-1));
  await say(page, id, nothing);
  expect((await asset(page, id)).edited).toEqual([]);
  await openInformation(page, id);
  await expect(viewer(page).locator('[data-slide="0"] img.there').first()).toBeVisible();
  return id;
}

test.afterEach(async ({ page }) => {
  for (const name of [car, shop].map((path) => path.split('/').at(-1))) await say(page, (await assetNamed(page, name)).id, nothing);
});

test('keys and clicks give stars at once; the same star again, Undo and the file’s word take them back', async ({ page }) => {
  const id = await untouched(page, shop);
  const { Rating } = expected(shop);
  await lit(page, Rating);
  // The server takes its time; the stars do not.
  await page.route('**/graphql', async (route) => {
    if (route.request().postData()?.includes('AssetUpdate')) await new Promise((resolve) => setTimeout(resolve, 500));
    await route.continue();
  });
  await page.keyboard.press('4');
  await page.keyboard.press('2');
  await lit(page, 2);
  await expect(toast(page, '2 stars')).toBeVisible();
  await page.unroute('**/graphql');
  await found(page, `rating:2 name:"digikam.jpg"`, id);

  await panel(page).getByRole('button', { name: '5 stars' }).click();
  await lit(page, 5);
  await expect(toast(page, '5 stars')).toBeVisible();
  await panel(page).getByRole('button', { name: '5 stars' }).click();
  await lit(page, 0);
  await undo(page, 'No stars');
  await lit(page, 5);
  await page.keyboard.press('0');
  await lit(page, 0);
  await expect(toast(page, 'No stars')).toBeVisible();
  await page.keyboard.press('Control+z');
  await lit(page, 5);
  await page.keyboard.press('Control+z');
  await lit(page, 2);
  await page.keyboard.press('5');
  await expect.poll(async () => (await asset(page, id)).rating).toBe(5);

  await page.reload();
  await lit(page, 5);
  await panel(page).getByRole('button', { name: 'Edited: back to the stars of the file' }).click();
  await lit(page, Rating);
  await expect(panel(page).getByRole('button', { name: /^Edited/ })).toHaveCount(0);
});

test('title and caption are written where they stand; Escape gives back what was', async ({ page }) => {
  const id = await untouched(page, car);
  const title = field(page, 'Title');
  await title.fill('A zeppelin of a car 3');
  await title.press('Escape');
  await expect(title).toHaveValue('');
  await expect(viewer(page), 'only the words went back').toBeVisible();
  await title.fill('A zeppelin of a car');
  await title.press('Enter');
  await expect(toast(page, 'Title saved')).toBeVisible();
  await expect(title).not.toBeFocused();

  const caption = field(page, 'Caption');
  await caption.click();
  await page.keyboard.type('In the shade 5');
  await page.keyboard.press('Enter');
  await page.keyboard.type('of a pine');
  await page.keyboard.press('Control+Enter');
  await expect(toast(page, 'Caption saved')).toBeVisible();
  expect(await asset(page, id)).toMatchObject({ title: 'A zeppelin of a car', caption: 'In the shade 5\nof a pine', rating: null });
  await found(page, 'title:zeppelin', id);
  await page.reload();
  await expect(title).toHaveValue('A zeppelin of a car');
  await expect(caption).toHaveValue('In the shade 5\nof a pine');

  await panel(page).getByRole('button', { name: 'Edited: back to the title of the file' }).click();
  await expect(title).toHaveValue('');
  await undo(page, 'Title as the file says');
  await expect(title).toHaveValue('A zeppelin of a car');
  await panel(page).getByRole('button', { name: 'Edited: back to the caption of the file' }).click();
  await expect(caption).toHaveValue('');
  await panel(page).getByRole('button', { name: 'Edited: back to the title of the file' }).click();
  await lost(page, 'title:zeppelin', id);
});

test('what is typed is saved on the way to another photo and back to all of them', async ({ page }) => {
  const id = await untouched(page, car);
  await field(page, 'Title').fill('Kept by Next');
  await viewer(page).getByRole('button', { name: 'Next photo' }).click();
  await away(page, id);
  await expect.poll(async () => (await asset(page, id)).title).toBe('Kept by Next');
  await expect(field(page, 'Title')).toHaveValue('');
  await viewer(page).getByRole('button', { name: 'Previous photo' }).click();
  await expect(field(page, 'Title')).toHaveValue('Kept by Next');

  await page.keyboard.press('Escape');
  await page.locator(`[role=gridcell] a[href="/photos/${id}"]`).click();
  await panel(page).getByRole('button', { name: 'Creator and copyright' }).click();
  await field(page, 'Creator').fill('Kept by Back');
  await page.goBack();
  await expect(viewer(page)).toHaveCount(0);
  await expect(page.locator('.toast', { hasText: 'Creator saved' })).toBeVisible();
  expect((await asset(page, id)).creator).toBe('Kept by Back');
});

test('keywords come by comma and Enter, with those above them, and go one by one', async ({ page }) => {
  const id = await untouched(page, shop);
  const { Subject } = expected(shop);
  const chip = (name) => panel(page).getByRole('link', { name, exact: true });
  await field(page, 'Add a keyword').click();
  await page.keyboard.type('Places|Portugal|Lisbon, quayside,');
  await expect(chip('Places › Portugal › Lisbon')).toBeVisible();
  await expect(chip('quayside')).toBeVisible();
  await page.keyboard.type('dusk');
  await page.keyboard.press('Enter');
  await expect(chip('dusk')).toBeVisible();
  await expect(field(page, 'Add a keyword')).toHaveValue('');
  await found(page, 'tag:="Portugal" tag:quayside', id);

  await panel(page).getByRole('button', { name: 'Remove the keyword dusk' }).click();
  await expect(chip('dusk')).toHaveCount(0);
  await expect(panel(page).getByRole('button', { name: /^Remove the keyword/ }).and(page.locator(':focus'))).toHaveCount(1);
  await undo(page, 'Keyword “dusk” removed');
  await expect(chip('dusk')).toBeVisible();
  await page.reload();
  await expect(chip('dusk')).toBeVisible();
  await panel(page).getByRole('button', { name: 'Edited: back to the keywords of the file' }).click();
  await expect(chip('dusk')).toHaveCount(0);
  for (const word of [Subject].flat()) await expect(chip(word)).toBeVisible();
  await lost(page, 'tag:quayside', id);
});

test('the date is set in a dialog that shows what comes of it, and the photo moves among the others', async ({ page }) => {
  const id = await untouched(page, car);
  const before = await asset(page, id);
  const change = panel(page).getByRole('button', { name: 'Change the date' });
  const dialog = page.getByRole('dialog', { name: 'Change the date' });
  await change.click();
  await judge(page);
  await dialog.getByLabel('Date').fill('2019-07-04');
  await dialog.getByLabel('Time', { exact: true }).fill('18:30:15');
  await dialog.getByLabel('Time zone').fill('Atlantis');
  await dialog.getByRole('button', { name: 'Change date' }).click();
  await expect(dialog.getByLabel('Time zone')).toBeFocused();
  await expect(dialog).toContainText('Name a zone such as Europe/Lisbon');
  await dialog.getByLabel('Time zone').fill('tokyo');
  await expect(dialog.getByRole('status')).toContainText('Thursday, 4 July 2019');
  await expect(dialog.getByRole('status')).toContainText('Tokyo, UTC+9');
  await dialog.getByLabel('Date').fill('1799-07-04');
  await dialog.getByRole('button', { name: 'Change date' }).click();
  await expect(dialog).toContainText('Photographs are not older than 1826');
  await dialog.getByLabel('Date').fill('2019-07-04');
  await dialog.getByRole('button', { name: 'Change date' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(change).toBeFocused();
  await expect(panel(page)).toContainText('Thursday, 4 July 2019');
  expect(await asset(page, id)).toMatchObject({ localTakenAt: '2019-07-04T18:30:15', offsetMinutes: 540, timeZone: 'Asia/Tokyo', edited: ['TAKEN'] });
  await found(page, 'taken:2019-07-04', id);

  // Previous and Next follow it to its new place among the others, without asking for the page again.
  const beside = async () => {
    const { search } = await ask(page, '{ search(filter: { text: "taken:2015..2023" }, first: 500) { nodes { id localTakenAt } } }');
    const at = search.nodes.findIndex((node) => node.id === id);
    return [search.nodes[at - 1].id, search.nodes[at + 1].id];
  };
  const [newer, older] = await beside();
  await expect(next(page, older)).toBeAttached();
  await page.keyboard.press('ArrowRight');
  await at(page, older);
  await page.keyboard.press('ArrowLeft');
  await at(page, id);
  await page.keyboard.press('ArrowLeft');
  await at(page, newer);
  await page.keyboard.press('ArrowRight');

  await change.click();
  await dialog.getByRole('button', { name: 'As the file says' }).click();
  await expect(panel(page)).toContainText('Sunday, 22 October 2023');
  await found(page, 'taken:2023-10-22 name:"classic-car.heic"', id);
  const [, earlier] = await beside();
  await expect(next(page, earlier)).toBeAttached();
  await page.keyboard.press('ArrowRight');
  await at(page, earlier);
  await page.keyboard.press('ArrowLeft');
  await at(page, id);
  await undo(page, 'Date as the file says');
  await expect(panel(page)).toContainText('Thursday, 4 July 2019');
  await panel(page).getByRole('button', { name: 'Edited: back to the date of the file' }).click();
  await expect(panel(page)).toContainText('Sunday, 22 October 2023');
  expect(await asset(page, id)).toEqual(before);
});

test('the place is set by a pin or by coordinates, taken away, and given back', async ({ page }) => {
  const id = await untouched(page, car);
  const before = await asset(page, id);
  const change = panel(page).getByRole('button', { name: 'Change the place' });
  const dialog = page.getByRole('dialog', { name: /^(Change the|Add a) place$/ });
  await change.click();
  await expect(dialog.locator('canvas')).toBeVisible();
  await judge(page);
  await dialog.getByLabel('Latitude').fill('38.7223, -9.1393');
  await expect(dialog.getByLabel('Longitude')).toHaveValue('-9.1393');
  await dialog.getByRole('button', { name: 'Save place' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(panel(page)).toContainText('Lisbon');
  await expect(panel(page)).toContainText('38.72230, -9.13930');
  await found(page, 'place:lisbon name:"classic-car.heic"', id);

  await change.click();
  const map = dialog.getByRole('application', { name: 'Map: choose a place' });
  const box = await map.boundingBox();
  await map.click({ position: { x: box.width / 2 + 120, y: box.height / 2 } });
  // East of it, by 120 of the 512 × 2⁶ pixels around the world.
  expect(Number(await dialog.getByLabel('Longitude').inputValue())).toBeCloseTo(-9.1393 + (120 / (512 * 64)) * 360, 1);
  expect(Number(await dialog.getByLabel('Latitude').inputValue())).toBeCloseTo(38.7223, 1);
  await map.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  expect(Number(await dialog.getByLabel('Longitude').inputValue())).toBeCloseTo(-9.1393 + (80 / (512 * 64)) * 360, 1);
  await dialog.getByLabel('Latitude').fill('91');
  await dialog.getByRole('button', { name: 'Save place' }).click();
  await expect(dialog).toContainText('From −90 to 90');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(viewer(page)).toBeVisible();

  await change.click();
  await dialog.getByRole('button', { name: 'No place' }).click();
  await expect(panel(page).getByRole('button', { name: 'Add a place' })).toBeVisible();
  expect((await asset(page, id)).position).toBeNull();
  await undo(page, 'Place removed');
  await expect(panel(page)).toContainText('Lisbon');
  await change.click();
  await dialog.getByRole('button', { name: 'As the file says' }).click();
  await expect(panel(page)).toContainText(place(car).city);
  // The file is read again for its clock.
  await expect.poll(() => asset(page, id)).toEqual(before);
});

test('another window’s changes appear, but never over what is being typed, and are not undone from here', async ({ page }) => {
  const id = await untouched(page, car);
  await field(page, 'Caption').fill('Half a sen');
  await say(page, id, { title: 'From elsewhere', caption: 'From elsewhere, too' });
  await expect(field(page, 'Title')).toHaveValue('From elsewhere');
  await expect(field(page, 'Caption')).toHaveValue('Half a sen');
  await field(page, 'Caption').press('Escape');
  await expect(field(page, 'Caption')).toHaveValue('From elsewhere, too');

  await page.keyboard.press('3');
  await expect(toast(page, '3 stars')).toBeVisible();
  await say(page, id, { rating: 1 });
  await lit(page, 1);
  await undo(page, '3 stars');
  await expect(toast(page, 'Not undone. It was changed again since.')).toBeVisible();
  await lit(page, 1);
});

test('what a change takes out of a search keeps its neighbours there', async ({ page }) => {
  const names = ['classic-car.heic', 'digikam.jpg', 'train.jpg'];
  const three = await Promise.all(names.map((name) => assetNamed(page, name)));
  for (const { id } of three) await say(page, id, { title: 'Three of a kind' });
  await expect.poll(async () => (await ids(page, 'title:"Three of a kind"')).length).toBe(3);
  await page.goto(`/search?q=${encodeURIComponent('title:"Three of a kind"')}`);
  const cells = page.locator('[role=gridcell] a[href^="/search/"]');
  await expect(cells).toHaveCount(3);
  const last = (await cells.last().getAttribute('href')).split('?')[0];
  await cells.nth(1).click();
  await expect(viewer(page).getByRole('button', { name: 'Next photo' })).toBeAttached();
  await page.keyboard.press('i');
  await field(page, 'Title').fill('Something else');
  await field(page, 'Title').press('Enter');
  await expect.poll(async () => (await ids(page, 'title:"Three of a kind"')).length).toBe(2);
  await expect(cells).toHaveCount(2);
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => new URL(page.url()).pathname).toBe(last);
  for (const { id } of three) await say(page, id, { title: null });
});

test('who may only look is shown no way to change anything', async ({ page }) => {
  const { id } = await assetNamed(page, 'digikam.jpg');
  const sent = [];
  await page.route('**/graphql', async (route) => {
    const body = route.request().postData() ?? '';
    if (body.includes('AssetUpdate')) sent.push(body);
    if (!body.includes('ViewedAsset')) return route.continue();
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replaceAll('"role":"OWNER"', '"role":"VIEWER"') });
  });
  await openInformation(page, id);
  const { Rating } = expected(shop);
  await expect(panel(page).getByRole('img', { name: `${Rating} stars` })).toBeVisible();
  await expect(panel(page).getByRole('textbox')).toHaveCount(0);
  await expect(panel(page).getByRole('button', { name: /^(Change|Add|Edited|Remove|\d star)/ })).toHaveCount(0);
  await page.keyboard.press(Rating === 1 ? '2' : '1');
  await page.waitForTimeout(300);
  expect(sent).toEqual([]);
});

test.describe('while the server is away', () => {
  test.use({ tolerated: [/ERR_FAILED|ERR_INTERNET_DISCONNECTED|Failed to load resource/] });

  test('what was typed stays, says so, and is tried again', async ({ page }) => {
    const id = await untouched(page, car);
    const saving = (route) => (route.request().postData()?.includes('AssetUpdate') ? route.abort() : route.fallback());
    await page.route('**/graphql', saving);
    await field(page, 'Title').fill('Written in a tunnel');
    await field(page, 'Title').press('Enter');
    await expect(panel(page).getByRole('alert')).toContainText('The server can’t be reached');
    await viewer(page).getByRole('button', { name: 'Next photo' }).click();
    await away(page, id);
    await viewer(page).getByRole('button', { name: 'Previous photo' }).click();
    await expect(field(page, 'Title')).toHaveValue('Written in a tunnel');
    await page.unroute('**/graphql', saving);
    await panel(page).getByRole('button', { name: 'Try again' }).click();
    await expect.poll(async () => (await asset(page, id)).title).toBe('Written in a tunnel');
    await expect(panel(page).getByRole('alert')).toHaveCount(0);
  });
});
