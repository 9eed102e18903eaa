// Starts the built servers over a database of their own, below a scratch folder.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const bin = process.env.TESSERA_TEST_BIN;
const database = process.env.TESSERA_TEST_DATABASE_URL;
const redis = process.env.TESSERA_TEST_REDIS_URL;
export const library = process.env.TESSERA_TESTDATA && join(process.env.TESSERA_TESTDATA, 'library');

/** Why the system can't be started here, if it can't. */
export function missing() {
  if (!bin || !database || !redis) return 'bin/test has not said where the servers and databases are';
  if (!library || !existsSync(library)) return 'there is no test library (TESSERA_TESTDATA)';
  return undefined;
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Copies the first files of some kinds from the test library into a folder of its own. */
export function pick(target, folders, most) {
  mkdirSync(target, { recursive: true });
  for (const folder of folders) {
    const names = readdirSync(join(library, folder), { recursive: true });
    names
      .filter((name) => /\.(jpe?g|png|heic|webp)$/i.test(name))
      .slice(0, most)
      .forEach((name, n) => cpSync(join(library, folder, name), join(target, `${folder.replaceAll('/', '_')}-${n}-${name.replaceAll('/', '_')}`)));
  }
  return readdirSync(target).length;
}

/** A running system with one folder being imported. */
export async function start(fill) {
  const scratch = mkdtempSync(join(tmpdir(), 'tessera-browser-'));
  const name = `browser_${process.pid}`;
  const psql = (sql) => execFileSync('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', database, '-c', sql]);
  psql(`create database ${name}`);
  const url = database.replace(/^(postgres(?:ql)?:\/\/[^/?]*\/)[^?]*/, `$1${name}`);
  const port = await freePort();
  const pictures = join(scratch, 'Pictures');
  const files = fill(pictures);
  const env = {
    PATH: process.env.PATH,
    HOME: scratch,
    TESSERA_DATA: join(scratch, 'data'),
    TESSERA_DATABASE_URL: url,
    TESSERA_REDIS_URL: redis,
    TESSERA_REDIS_PREFIX: name,
    TESSERA_LISTEN: `127.0.0.1:${port}`,
    TESSERA_WEB_ROOT: process.env.TESSERA_TEST_WEB_ROOT,
    TESSERA_RESERVE_FREE_MB: '0',
  };
  mkdirSync(env.TESSERA_DATA);
  const run = (program, ...args) => execFileSync(join(bin, program), args, { env, encoding: 'utf8' });
  const processes = [];
  const serve = (program, ...args) => {
    const child = spawn(join(bin, program), args, { env, stdio: ['ignore', 'inherit', 'inherit'] });
    processes.push(child);
    return child;
  };
  run('tessera-api', 'migrate');
  serve('tessera-api', 'serve');
  await until(async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).ok);
  run('tessera-indexer', 'library', 'add', pictures);
  serve('tessera-indexer', 'run');
  const link = run('tessera-api', 'setup-link').trim();
  const stop = async () => {
    for (const child of processes) child.kill('SIGTERM');
    await Promise.all(processes.map((child) => child.exitCode ?? new Promise((done) => child.once('exit', done))));
    psql(`drop database ${name} with (force)`);
    rmSync(scratch, { recursive: true, force: true });
  };
  return { base: `http://127.0.0.1:${port}`, link, files, pictures, scratch, stop };
}

/** Waits until something holds, for at most a minute. */
export async function until(holds) {
  for (let n = 0; n < 600; n += 1) {
    if (await holds().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('it did not come to hold within a minute');
}
