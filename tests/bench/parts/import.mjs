/** Photographs come in by tus, go through all stages, and are searched for; the same ones from a folder in place. */
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Upload } from 'tus-js-client';
import { inHouse, postgres, redisServer, sleep, stopwatch, until } from '../lib/house.mjs';
import { immich } from '../lib/immich.mjs';
import { Watch, pss } from '../lib/meter.mjs';
import { measured } from '../lib/program.mjs';
import { number, row } from '../lib/report.mjs';

const photos = process.env.BENCH_PHOTOS;
/** The web app sends three at a time. */
const AT_ONCE = 3;

export async function run({ photos: count, rest }) {
  const files = readdirSync(photos)
    .sort()
    .slice(0, count)
    .map((name) => join(photos, name));
  const peer = await sharp(count);
  await inHouse('import', (house) => uploads(house, files, peer, rest));
  await inHouse('in_place', (house) => inPlace(house, files, peer));
}

async function sharp(count) {
  const words = ['node', join(import.meta.dirname, '../peers/sharp.mjs'), photos, String(count)];
  const { cpu, code, out, problem, seconds } = await measured('sharp', words);
  if (code !== 0) throw new Error(`sharp failed: ${problem}`);
  return { ...JSON.parse(out), cpu: cpu / count, rate: count / seconds };
}

async function uploads(house, files, peer, rest) {
  const meters = { api: house.startApi(), indexer: house.startIndexer(), postgres, redis: redisServer };
  await house.ready();
  await house.signIn();
  const library = await house.addLibrary('Bench');
  await sleep(2000);

  const watch = new Watch([meters.api, meters.indexer]);
  const used = stopwatch(meters);
  const since = performance.now();
  const waiting = [...files];
  const send = async () => {
    for (let file = waiting.shift(); file; file = waiting.shift()) await upload(house, library, file);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, send));
  const sent = (performance.now() - since) / 1000;
  await found(house, files.length);
  const seconds = (performance.now() - since) / 1000;
  const cpu = used();
  const memory = watch.stop();
  const unready = await house.one(`select count(*)::int from assets where readable <> 'ready'`);
  if (unready > 0) throw new Error(`${unready} photographs did not get ready`);

  const each = Object.fromEntries(Object.entries(cpu).map(([name, spent]) => [name, spent / files.length]));
  const ours = each.api + each.indexer;
  const megabytes = files.reduce((sum, file) => sum + statSync(file).size, 0) / 1e6;
  row('import', {
    what: `upload of ${files.length} photos: processor time per photo`,
    text: `${ours.toFixed(3)} s (api ${each.api.toFixed(3)}, indexer ${each.indexer.toFixed(3)})`,
    value: ours,
    target: 0.11,
    unit: 's',
    peer: { name: 'sharp, both pictures', text: `${peer.cpu.toFixed(3)} s`, value: peer.cpu },
    immich: immich.importCpu,
    more: { cpu_s: cpu, megabytes },
  });
  row('import', {
    what: '… Postgres and Redis apart from that',
    text: `${each.postgres.toFixed(4)} s and ${each.redis.toFixed(4)} s`,
    value: each.postgres + each.redis,
  });
  row('import', {
    what: '… until all are ready and found',
    text: `${(files.length / seconds).toFixed(1)} photos/s`,
    value: files.length / seconds,
    peer: { name: 'sharp, one thread', text: `${peer.rate.toFixed(1)}/s`, value: peer.rate },
    more: { seconds, sent_after_s: sent },
  });
  row('import', {
    what: '… peak memory of api, indexer and children (PSS)',
    text: `${Math.round(memory.peak)} MB`,
    value: memory.peak,
    target: 450,
    unit: 'MB',
    peer: { name: 'sharp, peak RSS', text: `${peer.rss_mb} MB`, value: peer.rss_mb },
    immich: immich.importMemory,
    more: memory,
  });
  row('import', {
    what: '… peak RSS of each process',
    text:
      Object.entries(memory.rss)
        .map(([kind, mb]) => `${kind} ${mb}`)
        .join(', ') + ' MB',
    value: Math.max(...Object.values(memory.rss)),
  });
  await sleep(rest * 1000);
  const idle = pss([meters.api, meters.indexer]);
  row('import', {
    what: `… memory after ${rest} s without work (PSS)`,
    text: `${number(idle)} MB`,
    value: idle,
    target: 150,
    unit: 'MB',
    immich: immich.idleMemory,
    more: { api_mb: pss([meters.api]), indexer_mb: pss([meters.indexer]) },
  });
}

/** Sends a file as the web app does: at once, with its checksum. */
function upload(house, library, file) {
  const bytes = readFileSync(file);
  const sha1 = createHash('sha1').update(bytes).digest('base64');
  return new Promise((resolve, reject) => {
    new Upload(bytes, {
      endpoint: `${house.base}/upload`,
      headers: house.headers,
      metadata: { filename: basename(file), library, modified: statSync(file).mtime.toISOString() },
      chunkSize: 64 << 20,
      uploadSize: bytes.length,
      uploadDataDuringCreation: true,
      retryDelays: null,
      onBeforeRequest: (request) => request.setHeader('Upload-Checksum', `sha1 ${sha1}`),
      onSuccess: resolve,
      onError: reject,
    }).start();
  });
}

/** Until every stage is settled, then until a search finds all. */
async function found(house, count) {
  await until(
    async () =>
      (await house.one(`select count(*)::int from stages where state <> 'pending' and stage = 'renditions'`)) >= count,
  );
  const ask = () => house.ask('{ search(filter: { text: "type:image" }, first: 1) { totalCount } }');
  await until(async () => (await ask()).search.totalCount >= count, { most: 60 });
}

/** The folder as a library, by the command that ends when all is done. */
async function inPlace(house, files, peer) {
  house.startApi();
  await house.ready();
  await house.signIn();
  await house.stop('api');
  const folder = folderOf(files);
  const used = stopwatch({ postgres, redis: redisServer });
  const since = performance.now();
  const { meter, ended } = house.start('import', 'tessera-indexer', 'import', folder, '--owner', 'bench@example.org');
  const watch = new Watch([meter]);
  const code = await ended;
  const seconds = (performance.now() - since) / 1000;
  const memory = watch.stop();
  const cpu = { indexer: meter.seconds(), ...used() };
  if (code !== 0) throw new Error('the import in place failed');
  const ours = cpu.indexer / files.length;
  row('import', {
    what: 'the same folder in place: processor time per photo',
    text: `${ours.toFixed(3)} s (Postgres ${(cpu.postgres / files.length).toFixed(4)})`,
    value: ours,
    target: 0.11,
    unit: 's',
    peer: { name: 'sharp, both pictures', text: `${peer.cpu.toFixed(3)} s`, value: peer.cpu },
    immich: immich.importCpu,
    more: { cpu_s: cpu },
  });
  row('import', {
    what: '… until the command ends',
    text: `${(files.length / seconds).toFixed(1)} photos/s, ${Math.round(memory.peak)} MB`,
    value: files.length / seconds,
    more: { seconds, ...memory },
  });
}

/** A folder with these files and no others. */
function folderOf(files) {
  if (readdirSync(photos).length === files.length) return photos;
  const folder = join(process.env.BENCH_PLACE, 'some-photos');
  mkdirSync(folder, { recursive: true });
  for (const file of files) cpSync(file, join(folder, basename(file)));
  return folder;
}
