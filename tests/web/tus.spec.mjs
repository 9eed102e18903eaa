// The upload protocol, spoken by tus-js-client as other programs do it: with a bearer token, from Node.
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Upload } from 'tus-js-client';
import { account, ask, expect, test } from './fixtures.mjs';
import { ready, start, stop, system } from './system.mjs';
import { filesOf, library } from './testdata.mjs';

test.describe.configure({ mode: 'serial' });

let token;
let libraryId;
const photo = readFileSync(filesOf('By date').find((path) => /\.jpe?g$/i.test(path)));
const hash = (bytes, as) => createHash('sha1').update(bytes).digest(as);
const headers = () => ({ Authorization: `Bearer ${token}` });
/** A photograph that nobody has yet, of about so many megabytes. */
const fresh = (megabytes = 0) => Buffer.concat([photo, randomBytes(16 + megabytes * 1_000_000)]);

test.beforeAll(async ({ browser }) => {
  const page = await browser.newPage();
  const answer = await ask(
    page,
    'mutation ($input: SessionCreateInput!) { sessionCreate(input: $input) { token userErrors { message } } }',
    { input: { email: account.email, password: account.password, client: 'tus-js-client', wantToken: true } },
  );
  token = answer.sessionCreate.token;
  const { data } = await graphql('{ libraries { nodes { id name } } }');
  libraryId = data.libraries.nodes.find(({ name }) => name === 'Pictures').id;
  await page.close();
});

async function graphql(query, variables) {
  const body = JSON.stringify({ query, variables });
  const answer = await fetch(`${system().base}/graphql`, { method: 'POST', headers: { ...headers(), 'content-type': 'application/json' }, body });
  return answer.json();
}

/** An upload that tells what happened to it. */
function begin(bytes, options = {}) {
  const told = { answers: [], asset: null, duplicate: null };
  const upload = new Upload(bytes, {
    endpoint: `${system().base}/upload`,
    headers: headers(),
    metadata: { filename: 'from tus.jpg', filetype: 'image/jpeg', library: libraryId },
    retryDelays: null,
    ...options,
    onAfterResponse(request, response) {
      told.answers.push({ method: request.getMethod(), status: response.getStatus(), expires: response.getHeader('Upload-Expires') });
      told.asset = response.getHeader('Tessera-Asset') ?? told.asset;
      told.duplicate = response.getHeader('Tessera-Duplicate') ?? told.duplicate;
    },
  });
  const done = new Promise((resolve, reject) => {
    upload.options.onSuccess = () => resolve(told);
    upload.options.onError = reject;
  });
  return { upload, done, told };
}

async function send(bytes, options) {
  const { upload, done } = begin(bytes, options);
  upload.start();
  return done;
}

/** Sends until so many bytes are on their way, then breaks off. */
async function sendPart(bytes, most) {
  const { upload, done } = begin(bytes, { chunkSize: 1_000_000 });
  done.catch(() => {});
  await new Promise((resolve, reject) => {
    upload.options.onChunkComplete = (_, accepted) => accepted >= most && resolve();
    upload.options.onError = reject;
    upload.start();
  });
  await upload.abort();
  return upload;
}

async function sha1Of(assetId) {
  const { data } = await graphql('query ($id: ID!) { asset(id: $id) { sha1 bytes } }', { id: assetId });
  return data.asset;
}

test('the server says what it can do', async () => {
  const answer = await fetch(`${system().base}/upload`, { method: 'OPTIONS' });
  expect(answer.headers.get('tus-version')).toBe('1.0.0');
  const can = answer.headers.get('tus-extension').split(',');
  for (const extension of ['creation', 'creation-with-upload', 'checksum', 'expiration', 'termination']) expect(can).toContain(extension);
});

test('an upload is created, then filled, and says how long it is kept', async () => {
  const bytes = fresh(3);
  const told = await send(bytes, { chunkSize: 1_000_000 });
  expect(told.answers.map(({ method, status }) => `${method} ${status}`)).toEqual(['POST 201', ...Array(4).fill('PATCH 204')]);
  expect(Date.parse(told.answers[0].expires)).toBeGreaterThan(Date.now());
  expect(await sha1Of(told.asset)).toEqual({ sha1: hash(bytes, 'hex'), bytes: bytes.length });
  expect(told.duplicate).toBe('false');
});

test('a small file goes with its creation, and its checksum with it', async () => {
  const bytes = fresh();
  const onBeforeRequest = (request) => request.setHeader('Upload-Checksum', `sha1 ${hash(bytes, 'base64')}`);
  const told = await send(bytes, { uploadDataDuringCreation: true, onBeforeRequest });
  expect(told.answers.map(({ method }) => method)).toEqual(['POST']);
  expect(await sha1Of(told.asset)).toMatchObject({ sha1: hash(bytes, 'hex') });
});

test('bytes that do not fit their checksum are refused and not kept', async () => {
  const bytes = fresh();
  const onBeforeRequest = (request) => {
    if (request.getMethod() === 'PATCH') request.setHeader('Upload-Checksum', `sha1 ${hash(photo, 'base64')}`);
  };
  const { upload, done } = begin(bytes, { onBeforeRequest });
  upload.start();
  const error = await done.catch((caught) => caught);
  expect(error.originalResponse.getStatus()).toBe(460);
  const head = await fetch(upload.url, { method: 'HEAD', headers: { ...headers(), 'Tus-Resumable': '1.0.0' } });
  expect(head.headers.get('upload-offset')).toBe('0');
});

test('what was broken off goes on where it was', async () => {
  const bytes = fresh(6);
  const { url } = await sendPart(bytes, 2_000_000);
  const told = await send(bytes, { uploadUrl: url, chunkSize: 1_000_000 });
  expect(told.answers[0].method).toBe('HEAD');
  expect(told.answers.length).toBeLessThanOrEqual(6);
  expect(await sha1Of(told.asset)).toEqual({ sha1: hash(bytes, 'hex'), bytes: bytes.length });
});

test('also after the server was killed and started again', async () => {
  const bytes = fresh(6);
  const { url } = await sendPart(bytes, 3_000_000);
  await stop('tessera-api', 'SIGKILL');
  start('tessera-api');
  await ready();
  const told = await send(bytes, { uploadUrl: url, chunkSize: 1_000_000 });
  expect(told.answers.length).toBeLessThanOrEqual(5);
  expect(await sha1Of(told.asset)).toEqual({ sha1: hash(bytes, 'hex'), bytes: bytes.length });
});

test('an upload that is ended is gone', async () => {
  const upload = await sendPart(fresh(4), 1_000_000);
  await upload.abort(true);
  const head = await fetch(upload.url, { method: 'HEAD', headers: { ...headers(), 'Tus-Resumable': '1.0.0' } });
  expect(head.status).toBe(404);
});

test('what the library has is told before it is sent, and told again when it is sent all the same', async () => {
  const known = readFileSync(join(library, 'Albums/4MinsAroundTheWorld/UTC-20240413-203630-London.jpg'));
  const hashes = [hash(known, 'hex'), hash(fresh(), 'hex')];
  const { data } = await graphql('query ($libraryId: ID!, $hashes: [String!]!) { uploadCheck(libraryId: $libraryId, hashes: $hashes) }', { libraryId, hashes });
  expect(data.uploadCheck).toEqual([expect.stringMatching(/^asset_/), null]);
  const told = await send(known);
  expect(told).toMatchObject({ asset: data.uploadCheck[0], duplicate: 'true' });
});

test('two that send the same at once get the same', async () => {
  const bytes = fresh(2);
  const both = await Promise.all([send(bytes), send(bytes)]);
  expect(both[0].asset).toBe(both[1].asset);
  expect(both.map(({ duplicate }) => duplicate).sort()).toEqual(['false', 'true']);
});
