// The built servers over a database of their own, below a scratch folder. What runs is written down in a file, so that
// each test process can stop, start and ask it.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

const results = join(import.meta.dirname, 'test-results');
const written = join(results, 'system.json');
/** The browser's cookies after first-light. */
export const signedIn = join(results, 'signed-in.json');

/** `{ base, link, scratch, pictures, env, pids, log }` of the running system. */
export const system = () => JSON.parse(readFileSync(written, 'utf8'));

export function writeDown(state) {
  mkdirSync(results, { recursive: true });
  writeFileSync(written, JSON.stringify(state, null, 2));
}

/**
 * A port that nobody listens on, and that no outgoing connection is given by the kernel (Linux takes 32768 to 60999) while
 * the server that is to have it is stopped.
 */
export async function freePort() {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const server = createServer();
    const taken = await new Promise((resolve) => {
      server.once('error', () => resolve(true));
      server.listen(port, '127.0.0.1', () => resolve(false));
    });
    if (taken) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}

const program = (name) => join(process.env.TESSERA_TEST_BIN, name);

/** Runs one command of the servers to its end and answers what it says. */
export const command = (name, ...args) => execFileSync(program(name), args, { env: system().env, encoding: 'utf8' });

/** Starts one of the two servers; it runs on until `stop`. */
export function start(name) {
  const state = system();
  const log = openSync(join(state.scratch, `${name}.log`), 'a');
  const [verb] = name === 'tessera-api' ? ['serve'] : ['run'];
  const child = spawn(program(name), [verb], { env: state.env, stdio: ['ignore', log, log], detached: true });
  child.unref();
  writeDown({ ...state, pids: { ...state.pids, [name]: child.pid } });
}

/** The end of a server's log. */
export function lastWords(name, lines = 80) {
  const log = readFileSync(join(system().scratch, `${name}.log`), 'utf8');
  return `the end of the log of ${name}:\n${log.trimEnd().split('\n').slice(-lines).join('\n')}`;
}

/** Asks a server to stop (or ends it at once) and waits until it has. */
export async function stop(name, signal = 'SIGTERM') {
  const { [name]: pid, ...pids } = system().pids;
  if (!pid) return;
  process.kill(pid, signal);
  await until(() => !runs(pid), 'the server has stopped');
  writeDown({ ...system(), pids });
}

/**
 * Whether it holds anything still. One that has ended and was not yet fetched by its parent is a zombie without other
 * threads; before that its memory may be gone, and its port still taken.
 */
function runs(pid) {
  try {
    const state = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop()[0];
    return state !== 'Z' || readdirSync(`/proc/${pid}/task`).length > 1;
  } catch {
    return false;
  }
}

export const ready = () => until(async () => (await fetch(`${system().base}/readyz`)).ok, 'the server is ready');

/** Waits until something holds. */
export async function until(holds, what, seconds = 60) {
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    if (await Promise.resolve().then(holds).catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`waited ${seconds} seconds in vain until ${what}`);
}
