/** Asks many different things, each of them once: no answer can be one that was kept. */
import { postgres, stopwatch } from './house.mjs';
import { connection, get, said, unpacked } from './requests.mjs';
import { quantiles } from './statistics.mjs';

/** Questions of which fewer find something are no measure. */
const ENOUGH = 0.75;

/** How many entries an answer has that is no answer of GraphQL: its bytes. */
export function bytesOf(answer) {
  const plain = unpacked(answer);
  if (answer.status !== 200) throw new Error(`status ${answer.status}: ${plain.toString().slice(0, 500)}`);
  return plain.length;
}

/** How many entries an answer of GraphQL has. */
export const entriesOf = (count) => (answer) => count(said(answer).data);

/** Each client asks on a connection of its own, and the next thing as soon as it is answered. */
async function askAll(house, clients, paths, between) {
  const answers = [];
  let next = 0;
  const ask = async (client) => {
    while (next < paths.length) {
      const n = next;
      next += 1;
      await between?.();
      answers[n] = await get(house, paths[n], client);
    }
  };
  await Promise.all(clients.map(ask));
  return answers;
}

/**
 * What it takes to answer these paths after others, `warm`: times as clients see them, processor milliseconds of api and
 * Postgres, kilobytes on the wire. Answers are looked at afterwards, so that the clients' own work spoils no time;
 * `entries` says how many entries one has. What is done `between` two requests counts as Postgres's processor time only.
 */
export async function measureMany(house, { warm, paths, entries, between, clients: count = 1 }) {
  const clients = Array.from({ length: count }, connection);
  await askAll(house, clients, warm);
  const used = stopwatch({ api: house.running.get('api').meter, postgres });
  const since = performance.now();
  const answers = await askAll(house, clients, paths, between);
  const seconds = (performance.now() - since) / 1000;
  const { api, postgres: database } = used();
  for (const client of clients) client.destroy();
  const found = answers.map((answer, n) => {
    try {
      return entries(answer);
    } catch (error) {
      throw new Error(`${error.message}; asked was ${decodeURIComponent(paths[n])}`);
    }
  });
  const empty = found.filter((entries) => entries === 0).length;
  if (empty > paths.length * (1 - ENOUGH))
    throw new Error(`${empty} of ${paths.length} questions find nothing, such as ${paths[found.indexOf(0)]}`);
  const kb = answers.map(({ body }) => body.length / 1000);
  const largest = answers[kb.indexOf(Math.max(...kb))];
  return {
    ...quantiles(answers.map(({ ms }) => ms)),
    clients: count,
    count: paths.length,
    empty,
    entries: quantiles(found),
    kb: { ...quantiles(kb), max: largest.body.length / 1000 },
    coding: largest.coding ?? 'plain',
    api_ms: (api * 1000) / paths.length,
    postgres_ms: (database * 1000) / paths.length,
    per_second: paths.length / seconds,
  };
}
