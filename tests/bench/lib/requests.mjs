/** Asks the same thing many times, one after the other on one connection, as a browser does. */
import { createHash } from 'node:crypto';
import http from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { postgres, stopwatch } from './house.mjs';
import { quantiles } from './statistics.mjs';

const web = join(import.meta.dirname, '../../../webapp/src/lib');

/** A document of the web app, as it stands in its source. */
export function document(file, name) {
  const text = readFileSync(join(web, file), 'utf8');
  const found = [...text.matchAll(/graphql\(`([^`]*)`/g)]
    .map(([, body]) => body)
    .find((body) => new RegExp(`query ${name}\\b`).test(body));
  if (!found) throw new Error(`${file} has no query ${name} any more: tell tests/bench what the web app asks now`);
  return found.replace(/\s+/g, ' ').trim();
}

/** Its address, as the web app asks by GET. */
export const address = (query, variables) =>
  `/graphql?${new URLSearchParams({ query, variables: JSON.stringify(variables) })}`;

/** A connection of a client, which is kept. */
export const connection = () => new http.Agent({ keepAlive: true, maxSockets: 1 });
const only = connection();

export function get(house, path, agent = only) {
  const headers = { accept: 'application/json', 'accept-encoding': 'gzip, deflate, br', ...house.headers };
  return new Promise((resolve, reject) => {
    const since = performance.now();
    http
      .get(house.base + path, { agent, headers }, (answer) => {
        const parts = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('error', reject);
        answer.on('end', () => {
          const ms = performance.now() - since;
          resolve({
            ms,
            body: Buffer.concat(parts),
            status: answer.statusCode,
            coding: answer.headers['content-encoding'],
          });
        });
      })
      .on('error', reject);
  });
}

/** The body of an answer as it was before it was compressed. */
export const unpacked = ({ body, coding }) =>
  coding === 'br' ? brotliDecompressSync(body) : coding === 'gzip' ? gunzipSync(body) : body;

/** What an answer of GraphQL says, checked. */
export function said(answer) {
  const plain = unpacked(answer);
  if (answer.status !== 200) throw new Error(`status ${answer.status}: ${plain.toString().slice(0, 500)}`);
  const { data, errors } = JSON.parse(plain);
  if (errors) throw new Error(`the API answered: ${JSON.stringify(errors)}`);
  return { data, plain };
}

/** What the API says to a question, checked. */
export async function answerOf(house, path) {
  const answer = await get(house, path);
  const { data, plain } = said(answer);
  return { data, bytes: answer.body.length, plain: plain.length, coding: answer.coding };
}

/** Processor milliseconds of api and Postgres per request, times as the client sees them, bytes on the wire. */
export async function measure(house, path, count) {
  for (let n = 0; n < Math.max(20, count / 10); n += 1) await get(house, path);
  const { bytes, plain, coding } = await answerOf(house, path);
  const used = stopwatch({ api: house.running.get('api').meter, postgres });
  const times = [];
  for (let n = 0; n < count; n += 1) times.push((await get(house, path)).ms);
  const cpu = used();
  const [api, database] = [cpu.api, cpu.postgres].map((seconds) => (seconds * 1000) / count);
  return { cpu: api + database, api, database, bytes, plain, coding, count, ...quantiles(times) };
}

/** The same for a question put to Postgres as SQL. */
export async function measureSql(client, text, values, count) {
  const ask = () => client.query({ name: createHash('md5').update(text).digest('hex'), text, values });
  for (let n = 0; n < Math.max(5, count / 10); n += 1) await ask();
  const used = stopwatch({ postgres });
  const times = [];
  for (let n = 0; n < count; n += 1) {
    const since = performance.now();
    await ask();
    times.push(performance.now() - since);
  }
  return { cpu: (used().postgres * 1000) / count, count, ...quantiles(times) };
}
