// E-mail, by a real SMTP server that these tests start: an invitation, what somebody is told, and a forgotten password. And a push,
// as a push service and a browser see it: checked and read by Node's own cryptography, by the words of RFC 8291 and RFC 8292.
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';
import { createServer } from 'node:http';
import { SMTPServer } from 'smtp-server';
import { account, ask, expect, test } from './fixtures.mjs';
import { freePort, ready, start, stop, system, writeDown } from './system.mjs';

test.describe.configure({ mode: 'serial' });

const friend = { name: 'Mia', email: 'mia@example.org', password: 'eleven quiet blue boats' };
const letters = [];
/** How many letters the server turns away for now. */
let away = 0;
let server;
let service;
let before;
/** What came to the push service. */
const pushes = [];
/** What it answers. */
let answer = 201;

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
  const servicePort = await freePort();
  service = createServer((request, response) => {
    const pieces = [];
    request.on('data', (piece) => pieces.push(piece));
    request.on('end', () => {
      pushes.push({ path: request.url, headers: request.headers, body: Buffer.concat(pieces) });
      response.writeHead(answer).end();
    });
  });
  await new Promise((resolve) => service.listen(servicePort, '127.0.0.1', resolve));
  before = system().env;
  const env = {
    ...before,
    TESSERA_SMTP_URL: `smtp://127.0.0.1:${port}`,
    TESSERA_MAIL_FROM: 'Tessera <photos@example.org>',
    TESSERA_PUBLIC_URL: system().base,
    TESSERA_PUSH_SERVICES: `http://127.0.0.1:${servicePort}`,
  };
  await again(env);
});

test.afterAll(async () => {
  await again(before);
  await new Promise((resolve) => server.close(resolve));
  await new Promise((resolve) => service.close(resolve));
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

/** What a browser makes of a push: RFC 8291, with the keys that only it has. */
function opened(body, ecdh, secret) {
  const [salt, length] = [body.subarray(0, 16), body[20]];
  const theirs = body.subarray(21, 21 + length);
  const sealed = body.subarray(21 + length);
  const expand = (salt, input, info, size) => Buffer.from(hkdfSync('sha256', input, salt, info, size));
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), ecdh.getPublicKey(), theirs]);
  const shared = expand(secret, ecdh.computeSecret(theirs), info, 32);
  const key = expand(salt, shared, 'Content-Encoding: aes128gcm\0', 16);
  const nonce = expand(salt, shared, 'Content-Encoding: nonce\0', 12);
  const decipher = createDecipheriv('aes-128-gcm', key, nonce);
  decipher.setAuthTag(sealed.subarray(-16));
  const text = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  expect(text.at(-1), 'the sign of the last record').toBe(2);
  return JSON.parse(text.subarray(0, -1).toString('utf8'));
}

/** Whether a push is signed by the key that the browser was told of. */
function signed(authorization, key) {
  const [, token, known] = authorization.match(/^vapid t=([^,]+), k=(.+)$/);
  expect(known).toBe(key);
  const point = Buffer.from(known, 'base64url');
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'));
  const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
  const [head, claims, signature] = token.split('.');
  const text = Buffer.from(`${head}.${claims}`);
  const right = verify('sha256', text, { key: publicKey, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
  expect(right, 'the signature').toBe(true);
  return JSON.parse(Buffer.from(claims, 'base64url').toString('utf8'));
}

test('a push can be read by the browser that it is for, and a browser that is gone is asked no more', async ({ page, browser }) => {
  const ecdh = createECDH('prime256v1');
  ecdh.generateKeys();
  const secret = randomBytes(16);
  let key;
  await expect.poll(async () => (key = (await ask(page, '{ server { pushKey } }')).server.pushKey), { timeout: 30_000 }).not.toBeNull();
  const { port } = service.address();
  const endpoint = `http://127.0.0.1:${port}/send/abc`;
  const input = { endpoint, publicKey: ecdh.getPublicKey('base64url'), secret: secret.toString('base64url') };
  const subscribe = 'mutation ($input: PushSubscribeInput!) { pushSubscribe(input: $input) { userErrors { message } } }';
  const context = await browser.newContext({ baseURL: system().base, storageState: { cookies: [], origins: [] } });
  const theirs = await context.newPage();
  const signIn = 'mutation ($input: SessionCreateInput!) { sessionCreate(input: $input) { userErrors { message } } }';
  await theirs.goto('/sign-in');
  await ask(theirs, signIn, { input: { email: friend.email, password: friend.password } });
  expect((await ask(theirs, subscribe, { input })).pushSubscribe.userErrors).toEqual([]);

  const told = async (name) => {
    const { libraryCreate } = await ask(page, 'mutation ($input: LibraryCreateInput!) { libraryCreate(input: $input) { library { id } } }', {
      input: { name },
    });
    const { personSearch } = await ask(page, 'query ($text: String!) { personSearch(text: $text) { id } }', { text: friend.name });
    const set = 'mutation ($input: LibraryMemberSetInput!) { libraryMemberSet(input: $input) { userErrors { message } } }';
    await ask(page, set, { input: { libraryId: libraryCreate.library.id, userIds: [personSearch[0].id], role: 'VIEWER' } });
  };
  await told('Lakes');
  await expect.poll(() => pushes.length, { timeout: 30_000 }).toBe(1);
  const [{ path, headers, body }] = pushes;
  expect([path, headers['content-encoding'], Number(headers.ttl) > 0]).toEqual(['/send/abc', 'aes128gcm', true]);
  const push = opened(body, ecdh, secret);
  expect([push.title, push.path]).toEqual([`${account.name} let you into the library “Lakes”`, '/libraries']);
  const claims = signed(headers.authorization, key);
  expect(claims.aud).toBe(`http://127.0.0.1:${port}`);
  expect(claims.exp).toBeGreaterThan(Date.now() / 1000);

  answer = 410;
  await told('Rivers');
  await expect.poll(() => pushes.length, { timeout: 30_000 }).toBe(2);
  await told('Seas');
  await page.waitForTimeout(6_000);
  expect(pushes.length).toBe(2);
  await context.close();
});
