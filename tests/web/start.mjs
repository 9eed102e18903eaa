// Before all tests: a database, folders, the API. After them: nothing is left. first-light starts the indexer.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command, freePort, ready, start, stop, system, writeDown } from './system.mjs';
import { fill, library } from './testdata.mjs';

const database = process.env.TESSERA_TEST_DATABASE_URL;

export default async function globalSetup() {
  for (const name of ['TESSERA_TEST_BIN', 'TESSERA_TEST_DATABASE_URL', 'TESSERA_TEST_REDIS_URL', 'TESSERA_TEST_WEB_ROOT'])
    if (!process.env[name]) throw new Error(`${name} is not set: start this by bin/test`);
  if (!existsSync(library)) throw new Error(`there is no test library at ${library} (TESSERA_TESTDATA)`);

  const scratch = mkdtempSync(join(tmpdir(), 'tessera-browser-'));
  const name = `browser_${process.pid}`;
  const listen = `127.0.0.1:${await freePort()}`;
  const pictures = join(scratch, 'Pictures');
  const env = {
    PATH: process.env.PATH,
    HOME: scratch,
    TESSERA_DATA: join(scratch, 'data'),
    TESSERA_DATABASE_URL: database.replace(/^(postgres(?:ql)?:\/\/[^/?]*\/)[^?]*/, `$1${name}`),
    TESSERA_REDIS_URL: process.env.TESSERA_TEST_REDIS_URL,
    TESSERA_REDIS_PREFIX: name,
    TESSERA_LISTEN: listen,
    TESSERA_WEB_ROOT: process.env.TESSERA_TEST_WEB_ROOT,
    TESSERA_RESERVE_FREE_MB: '0',
    // What was answered to whom stands in the log of a test that failed.
    TESSERA_LOG: 'info,tessera_api=debug',
  };
  mkdirSync(env.TESSERA_DATA);
  fill(pictures);
  sql(`create database ${name}`);
  writeDown({ base: `http://${listen}`, scratch, pictures, env, pids: {} });
  try {
    command('tessera-api', 'migrate');
    start('tessera-api');
    await ready();
    writeDown({ ...system(), link: command('tessera-api', 'setup-link').trim() });
  } catch (error) {
    await end(name, scratch);
    throw error;
  }
  return () => end(name, scratch);
}

async function end(name, scratch) {
  await stop('tessera-indexer');
  await stop('tessera-api');
  if (process.env.TESSERA_TEST_LOGS) {
    for (const log of ['tessera-api.log', 'tessera-indexer.log'])
      if (existsSync(join(scratch, log))) process.stdout.write(readFileSync(join(scratch, log)));
  }
  sql(`drop database ${name} with (force)`);
  rmSync(scratch, { recursive: true, force: true });
}

const sql = (text) => execFileSync('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', database, '-c', text]);
