// E-mail, by a real SMTP server that these tests start: an invitation, what somebody is told, and a forgotten password.
import { SMTPServer } from 'smtp-server';
import { account, ask, expect, test } from './fixtures.mjs';
import { freePort, ready, start, stop, system, writeDown } from './system.mjs';

test.describe.configure({ mode: 'serial' });

const friend = { name: 'Mia', email: 'mia@example.org', password: 'eleven quiet blue boats' };
const letters = [];
/** How many letters the server turns away for now. */
let away = 0;
let server;
let before;

test.beforeAll(async () => {
  const port = await freePort();
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      let text = '';
      stream.setEncoding('utf8');
      stream.on('data', (piece) => (text += piece));
      stream.on('end', () => {
        if (away-- > 0) return done(Object.assign(new Error('come again'), { responseCode: 451 }));
        letters.push({ to: session.envelope.rcptTo.map(({ address }) => address), text: readable(text) });
        done();
      });
    },
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  before = system().env;
  const env = {
    ...before,
    TESSERA_SMTP_URL: `smtp://127.0.0.1:${port}`,
    TESSERA_MAIL_FROM: 'Tessera <photos@example.org>',
    TESSERA_PUBLIC_URL: system().base,
  };
  await again(env);
});

test.afterAll(async () => {
  await again(before);
  await new Promise((resolve) => server.close(resolve));
});

/** Both servers anew, with other settings. */
async function again(env) {
  await stop('tessera-indexer');
  await stop('tessera-api');
  writeDown({ ...system(), env });
  start('tessera-api');
  start('tessera-indexer');
  await ready();
}

/** A letter as people read it: soft line breaks and signs in numbers undone. */
function readable(text) {
  const bytes = text.replace(/=\r?\n/g, '').replace(/(?:=[0-9A-F]{2})+/g, (signs) =>
    Buffer.from(signs.replaceAll('=', ''), 'hex').toString('utf8'),
  );
  return bytes.replace(/=\?utf-8\?b\?([^?]*)\?=/gi, (_, word) => Buffer.from(word, 'base64').toString('utf8'));
}

/** The next letter to an address, whole. */
async function letterTo(address, about) {
  let found;
  await expect
    .poll(() => (found = letters.find(({ to, text }) => to.includes(address) && text.includes(about))) !== undefined, {
      timeout: 60_000,
    })
    .toBe(true);
  return found.text;
}

const linkIn = (text, path) => text.match(new RegExp(`http://[^\\s"<]*${path}[^\\s"<]*`))[0];

test('an invitation comes by letter, and its link makes an account', async ({ page, browser }) => {
  const invite = 'mutation ($input: UserInviteInput!) { userInvite(input: $input) { userErrors { message } } }';
  await ask(page, invite, { input: { email: friend.email, role: 'USER' } });
  const letter = await letterTo(friend.email, 'You are invited');
  expect(letter).toContain('Content-Type: text/html');
  expect(letter).toContain('Content-Type: text/plain');
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const theirs = await context.newPage();
  await theirs.goto(linkIn(letter, '/invite#'));
  await theirs.getByLabel('Name').fill(friend.name);
  await theirs.getByLabel('Password', { exact: true }).fill(friend.password);
  await theirs.getByRole('button', { name: 'Make the account' }).click();
  await theirs.waitForURL('**/photos');
  await context.close();
  // Who invited is told, in the app.
  await page.goto('/photos');
  await page.getByRole('button', { name: /^Notifications, \d/ }).click();
  await expect(page.getByRole('dialog').getByText(`${friend.name} accepted your invitation`)).toBeVisible();
});

test('who is let into a library gets a letter that says so and how to get no more', async ({ page }) => {
  const { personSearch } = await ask(page, 'query ($text: String!) { personSearch(text: $text) { id } }', { text: friend.name });
  const { libraryCreate } = await ask(
    page,
    'mutation { libraryCreate(input: { name: "Boats & <lakes>" }) { library { id } userErrors { message } } }',
  );
  const input = { libraryId: libraryCreate.library.id, userIds: [personSearch[0].id], role: 'VIEWER' };
  const set = 'mutation ($input: LibraryMemberSetInput!) { libraryMemberSet(input: $input) { userErrors { message } } }';
  await ask(page, set, { input });
  const letter = await letterTo(friend.email, 'let you into the library');
  expect(letter).toContain(`${account.name} let you into the library “Boats & <lakes>”`);
  expect(letter).toContain('“Boats &amp; &lt;lakes&gt;”');
  expect(letter).toMatch(/^List-Unsubscribe: <http:.*\/settings#notifications>/m);
  await ask(page, set, { input: { ...input, role: null } });
});

test('who has forgotten their password asks for a link, and is told the same as anybody', async ({ browser }) => {
  const context = await browser.newContext({ baseURL: system().base, storageState: { cookies: [], origins: [] } });
  const page = await context.newPage();
  for (const email of ['nobody@example.org', friend.email]) {
    await page.goto('/sign-in');
    await page.getByLabel('E-mail').fill(email);
    await page.getByRole('button', { name: 'I have forgotten my password' }).click();
    await expect(page.getByText('a link to set a new password is on its way')).toBeVisible();
  }
  const letter = await letterTo(friend.email, 'Set a new password');
  await page.goto(linkIn(letter, '/reset#'));
  await expect(page.getByLabel(/password/i).first()).toBeVisible();
  expect(letters.some(({ to }) => to.includes('nobody@example.org'))).toBe(false);
  await context.close();
});

test('what the mail server takes later is brought again', async ({ page }) => {
  test.setTimeout(240_000);
  away = 1;
  const invite = 'mutation ($input: UserInviteInput!) { userInvite(input: $input) { invitation { id } userErrors { message } } }';
  const { userInvite } = await ask(page, invite, { input: { email: 'late@example.org', role: 'GUEST' } });
  await expect.poll(() => letters.some(({ to }) => to.includes('late@example.org')), { timeout: 200_000 }).toBe(true);
  expect(away).toBeLessThanOrEqual(0);
  await ask(page, 'mutation ($input: InvitationRevokeInput!) { invitationRevoke(input: $input) { deletedId } }', {
    input: { id: userInvite.invitation.id },
  });
});
