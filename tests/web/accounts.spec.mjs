// Accounts: an invitation, a password link, a key, two-factor sign-in, and their end.
import { createHmac } from 'node:crypto';
import { account, ask, expect, test } from './fixtures.mjs';
import { system } from './system.mjs';

const guest = { name: 'Gus', email: 'gus@example.org', password: 'seven small green lamps' };
const other = 'nine large red lanterns';

/** A browser that nobody is signed in with. */
async function fresh(browser) {
  const context = await browser.newContext({ baseURL: system().base, storageState: { cookies: [], origins: [] } });
  return { context, page: await context.newPage() };
}

async function enter(page, email, password) {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

const link = (page) => page.getByRole('dialog').getByLabel('Link').inputValue();

/** The code of RFC 6238 for a secret in base32. */
function codeOf(secret, steps = 0) {
  const bits = [...secret].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const sum = createHmac('sha1', key).update(counter).digest();
  const number = sum.readUInt32BE(sum[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

test('somebody is invited, sets a new password by a link, and is deleted and restored', async ({ page, browser }) => {
  await page.goto('/settings');
  await page.getByRole('link', { name: 'Users and invitations' }).click();
  await expect(page.getByRole('heading', { name: 'Users', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('E-mail address').fill(guest.email);
  await dialog.getByLabel('Role').selectOption('GUEST');
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  const invitation = await link(page);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('heading', { name: 'Open invitations' })).toBeVisible();

  const theirs = await fresh(browser);
  await theirs.page.goto(invitation);
  await expect(theirs.page.getByLabel('E-mail')).toHaveValue(guest.email);
  await theirs.page.getByLabel('Name').fill(guest.name);
  await theirs.page.getByLabel('Password', { exact: true }).fill(guest.password);
  await theirs.page.getByRole('button', { name: 'Make the account' }).click();
  await theirs.page.waitForURL('**/photos');
  await theirs.page.goto('/users');
  await expect(theirs.page.getByText('That isn’t yours to see')).toBeVisible();

  await page.reload();
  await page.getByRole('button', { name: `Change: ${guest.name}` }).click();
  await dialog.getByRole('button', { name: 'Make a password link' }).click();
  const reset = await link(page);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await theirs.page.goto(reset);
  await theirs.page.getByLabel('New password', { exact: true }).fill(other);
  await theirs.page.getByRole('button', { name: 'Set the password' }).click();
  await expect(theirs.page.getByRole('heading', { name: 'Your password is set' })).toBeVisible();
  await enter(theirs.page, guest.email, other);
  await theirs.page.waitForURL('**/photos');

  await page.getByRole('button', { name: `Change: ${guest.name}` }).click();
  await dialog.getByRole('button', { name: 'Delete account' }).click();
  await dialog.getByRole('button', { name: 'Delete account' }).click();
  await expect(page.getByText(/^Goes for good on/)).toBeVisible();
  await theirs.page.goto('/photos');
  await theirs.page.waitForURL(/sign-in/);
  await page.getByRole('button', { name: 'Restore' }).click();
  await expect(page.getByText(/^Goes for good on/)).toBeHidden();
  await theirs.context.close();
});

test('a key is made, shown once, does what it names, and is revoked', async ({ page, browser }) => {
  await page.goto('/settings');
  await page.getByRole('button', { name: 'Make a key' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('What is it for?').fill('a frame on the wall');
  await dialog.getByRole('button', { name: 'Make a key' }).click();
  const key = await dialog.getByLabel('Key').inputValue();
  await dialog.getByRole('button', { name: 'Done' }).click();
  const program = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const asked = async (query) => {
    const headers = { 'GraphQL-Require-Preflight': '1', Authorization: `Bearer ${key}` };
    return (await program.request.post(`${system().base}/graphql`, { headers, data: { query } })).json();
  };
  expect((await asked('{ libraries { nodes { id } } }')).data.libraries.nodes.length).toBeGreaterThan(0);
  expect((await asked('{ viewer { sessions { id } } }')).errors[0].extensions.code).toBe('FORBIDDEN');
  await page.reload();
  const line = page.getByRole('listitem').filter({ hasText: 'a frame on the wall' });
  await line.getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByText('You have no keys.')).toBeVisible();
  await expect.poll(async () => (await asked('{ libraries { nodes { id } } }')).errors?.[0].extensions.code).toBe('UNAUTHENTICATED');
  await program.close();
});

test('with two-factor sign-in a code is asked for, and turned off it is not', async ({ page, browser }) => {
  const made = await ask(page, 'mutation { userInvite(input: { role: USER }) { token } }');
  const theirs = await fresh(browser);
  await theirs.page.goto(`/invite#${made.userInvite.token}`);
  await theirs.page.getByLabel('Name').fill('Theo');
  await theirs.page.getByLabel('E-mail').fill('theo@example.org');
  await theirs.page.getByLabel('Password', { exact: true }).fill(guest.password);
  await theirs.page.getByRole('button', { name: 'Make the account' }).click();
  await theirs.page.waitForURL('**/photos');
  await theirs.page.goto('/settings');
  await theirs.page.getByRole('button', { name: 'Turn on two-factor sign-in' }).click();
  const dialog = theirs.page.getByRole('dialog');
  await dialog.getByLabel('Current password', { exact: true }).fill(guest.password);
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await expect(dialog.getByRole('img', { name: 'QR code for an authenticator app' })).toBeVisible();
  const secret = await dialog.getByLabel('Or type this into the app').inputValue();
  await dialog.getByLabel('Code', { exact: true }).fill(codeOf(secret));
  await dialog.getByRole('button', { name: 'Turn on' }).click();
  await expect(dialog.getByRole('heading', { name: 'Your recovery codes' })).toBeVisible();
  const [recovery] = (await dialog.getByLabel('All of them').inputValue()).split(' ');
  await dialog.getByRole('button', { name: 'I have kept them' }).click();
  await theirs.page.getByRole('button', { name: 'Sign out', exact: true }).first().click();
  await theirs.page.waitForURL('**/sign-in');

  await enter(theirs.page, 'theo@example.org', guest.password);
  const code = theirs.page.getByLabel('Code', { exact: true });
  await expect(code).toBeFocused();
  await code.fill('000000');
  await theirs.page.getByRole('button', { name: 'Sign in' }).click();
  await expect(theirs.page.getByText(/^This code is wrong/)).toBeVisible();
  await code.fill(codeOf(secret, 1));
  await theirs.page.getByRole('button', { name: 'Sign in' }).click();
  await theirs.page.waitForURL('**/photos');

  await theirs.page.goto('/settings');
  await theirs.page.getByRole('button', { name: 'Turn off two-factor sign-in' }).click();
  await dialog.getByLabel('Current password', { exact: true }).fill(guest.password);
  await dialog.getByLabel('Code', { exact: true }).fill(recovery);
  await dialog.getByRole('button', { name: 'Turn off two-factor sign-in' }).click();
  await expect(theirs.page.getByRole('button', { name: 'Turn on two-factor sign-in' })).toBeVisible();
  await expect(theirs.page.getByText('Recovery code used')).toBeHidden();
  await theirs.page.reload();
  await expect(theirs.page.getByText('Recovery code used')).toBeVisible();
  await theirs.context.close();
});

test('the only administrator stays one', async ({ page }) => {
  await page.goto('/users');
  await page.getByRole('button', { name: `Change: ${account.name}` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Role').selectOption('GUEST');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(/^This is the only administrator/)).toBeVisible();
});

test('a passkey is added, and is good instead of the password', async ({ page, browser }) => {
  const made = await ask(page, 'mutation { userInvite(input: { role: USER }) { token } }');
  // Browsers have passkeys for names, not for numbers.
  const base = system().base.replace('127.0.0.1', 'localhost');
  const context = await browser.newContext({ baseURL: base, storageState: { cookies: [], origins: [] } });
  const theirs = await context.newPage();
  const devtools = await context.newCDPSession(theirs);
  await devtools.send('WebAuthn.enable');
  const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true };
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: { ...options, isUserVerified: true, automaticPresenceSimulation: true },
  });
  await theirs.goto(`/invite#${made.userInvite.token}`);
  await theirs.getByLabel('Name').fill('Pia');
  await theirs.getByLabel('E-mail').fill('pia@example.org');
  await theirs.getByLabel('Password', { exact: true }).fill(guest.password);
  await theirs.getByRole('button', { name: 'Make the account' }).click();
  await theirs.waitForURL('**/photos');
  await theirs.goto('/settings');
  await theirs.getByRole('button', { name: 'Add a passkey' }).click();
  const dialog = theirs.getByRole('dialog');
  await dialog.getByLabel('What to call it').fill('this laptop');
  await dialog.getByLabel('Current password', { exact: true }).fill(guest.password);
  await dialog.getByRole('button', { name: 'Add a passkey' }).click();
  const line = theirs.getByRole('listitem').filter({ hasText: 'this laptop' }).filter({ has: theirs.getByRole('button', { name: 'Remove' }) });
  await expect(line.getByText(/not used yet/)).toBeVisible();
  const signOut = async () => {
    await theirs.getByRole('button', { name: 'Sign out', exact: true }).first().click();
    await theirs.waitForURL('**/sign-in');
  };
  await signOut();
  await theirs.getByRole('button', { name: 'Use a passkey' }).click();
  await theirs.waitForURL('**/photos');
  await theirs.goto('/settings');
  await line.getByRole('button', { name: 'Remove' }).click();
  await expect(line).toBeHidden();
  await signOut();
  await theirs.getByRole('button', { name: 'Use a passkey' }).click();
  await expect(theirs.getByText(/^This passkey is not known here/)).toBeVisible();
  await context.close();
});
