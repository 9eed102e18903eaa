/** A Tessera of its own for one part of the bench: database, data folder, api and indexer, each measured. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { Meter } from './meter.mjs';

const { BENCH_BIN: bin, BENCH_PLACE: place, BENCH_DATABASE_URL: database, BENCH_REDIS_URL: redis } = process.env;

/** Postgres and Redis run for the whole bench; bin/bench started them. */
export const postgres = new Meter('postgres');
export const redisServer = new Meter('redis');
postgres.adopt(Number(process.env.BENCH_POSTGRES_PID));
redisServer.adopt(Number(process.env.BENCH_REDIS_PID));

/** A connection to one of its databases. */
export async function connect(name = 'tessera', user = 'tessera') {
  const { searchParams } = new URL(database);
  const client = new pg.Client({ host: searchParams.get('host'), user, database: name });
  await client.connect();
  return client;
}

/** What was written so far is not to be written while we measure. */
export async function checkpoint() {
  const client = await connect('postgres', 'postgres');
  await client.query('checkpoint');
  await client.end();
}

/** What still runs when the bench breaks off. */
const children = new Set();
process.on('exit', () => children.forEach((child) => child.kill('SIGTERM')));

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until something holds; how long that took, in seconds. */
export async function until(holds, { every = 100, most = 900 } = {}) {
  const since = performance.now();
  const spent = () => (performance.now() - since) / 1000;
  while (!(await holds())) {
    if (spent() > most) throw new Error(`it did not come to hold within ${most} s: ${holds}`);
    await sleep(every);
  }
  return spent();
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export class House {
  /** A database and a data folder, migrated, with one account that is signed in once the api runs. */
  static async open(name) {
    const house = new House();
    house.name = `bench_${name}`;
    house.data = join(place, name);
    mkdirSync(house.data);
    const main = await connect();
    await main.query(`create database ${house.name}`);
    await main.end();
    house.port = await freePort();
    house.base = `http://127.0.0.1:${house.port}`;
    house.env = {
      PATH: process.env.PATH,
      TESSERA_DATA: house.data,
      TESSERA_DATABASE_URL: database.replace(/^(postgres:\/\/[^/?]*\/)[^?]*/, `$1${house.name}`),
      TESSERA_REDIS_URL: redis,
      TESSERA_REDIS_PREFIX: house.name.replaceAll('_', '-'),
      TESSERA_LISTEN: `127.0.0.1:${house.port}`,
      TESSERA_WEB_ROOT: house.data,
      // Films that are made anew would be counted with whatever else is done meanwhile.
      TESSERA_VIDEO_TRANSCODE: 'never',
      // As a service has it: a line per event, to a file.
      TESSERA_LOG: process.env.TESSERA_LOG ?? 'info',
    };
    house.run('tessera-api', 'migrate');
    house.sql = await connect(house.name);
    return house;
  }

  running = new Map();
  logs = new Map();

  /** Runs a program to its end; answers what it says. */
  run(program, ...words) {
    return execFileSync(join(bin, program), words, {
      env: this.env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /** Starts a program; its meter counts from its first instruction. */
  start(name, program, ...words) {
    const meter = new Meter(`${this.name}-${name}`);
    meter.name = name;
    const log = join(place, `${this.name}-${name}.log`);
    const [command, ...rest] = meter.command([join(bin, program), ...words]);
    const out = openSync(log, 'a');
    const child = spawn(command, rest, { env: this.env, stdio: ['ignore', out, out] });
    meter.root = child.pid;
    children.add(child);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    ended.then(() => children.delete(child));
    this.running.set(name, { child, meter, ended });
    this.logs.set(name, log);
    return { meter, ended };
  }

  startApi = () => this.start('api', 'tessera-api', 'serve').meter;
  startIndexer = () => this.start('indexer', 'tessera-indexer', 'run').meter;

  ready = () =>
    until(
      () =>
        fetch(`${this.base}/readyz`)
          .then((answer) => answer.ok)
          .catch(() => false),
      { every: 5, most: 60 },
    );

  /** Makes the account and signs it in: afterwards `token` and `headers` are there. */
  async signIn() {
    const [email, password] = ['bench@example.org', 'a password for the bench'];
    const words = ['user', 'add', email, '--name', 'Bench', '--role', 'admin', '--password-stdin'];
    execFileSync(join(bin, 'tessera-api'), words, {
      env: this.env,
      input: password,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const { sessionCreate } = await this.ask(
      'mutation ($input: SessionCreateInput!) { sessionCreate(input: $input) { token userErrors { message } } }',
      { input: { email, password, wantToken: true } },
    );
    this.token = sessionCreate.token;
    this.headers = { authorization: `Bearer ${this.token}` };
  }

  /** Asks the API a question of no interest to the figures. */
  async ask(query, variables) {
    const headers = { 'content-type': 'application/json', ...this.headers };
    const answer = await fetch(`${this.base}/graphql`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = await answer.json();
    if (errors) throw new Error(`the API answered: ${JSON.stringify(errors)}`);
    return data;
  }

  async addLibrary(name) {
    const mutation =
      'mutation ($input: LibraryCreateInput!) { libraryCreate(input: $input) { library { id } userErrors { message } } }';
    return (await this.ask(mutation, { input: { name } })).libraryCreate.library.id;
  }

  async one(query, ...values) {
    return Object.values((await this.sql.query(query, values)).rows[0])[0];
  }

  async stop(name) {
    const { child, meter, ended } = this.running.get(name);
    child.kill('SIGTERM');
    await ended;
    meter.close();
    this.running.delete(name);
  }

  /** The last words of its programs, for when something went wrong. */
  lastWords() {
    return [...this.logs]
      .map(([name, log]) => `--- ${name}\n${readFileSync(log, 'utf8').split('\n').slice(-15).join('\n')}`)
      .join('\n');
  }

  async close() {
    for (const name of [...this.running.keys()].reverse()) await this.stop(name);
    await this.sql.end();
    const main = await connect();
    await main.query(`drop database ${this.name} with (force)`);
    await main.end();
    rmSync(this.data, { recursive: true, force: true });
  }
}

/** Does something with a house, and takes it down whatever happens. */
export async function inHouse(name, work) {
  const house = await House.open(name);
  try {
    return await work(house);
  } catch (error) {
    console.error(house.lastWords());
    throw error;
  } finally {
    await house.close();
  }
}

/** Processor seconds that several meters have counted since this was called. */
export function stopwatch(meters) {
  const before = Object.entries(meters).map(([name, meter]) => [name, meter, meter.seconds()]);
  return () => Object.fromEntries(before.map(([name, meter, seconds]) => [name, meter.seconds() - seconds]));
}
