/** The renditions stage over pictures of one kind, beside vipsthumbnail or sharp making the same two. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { inHouse, sleep } from '../lib/house.mjs';
import { secondsOf, Watch } from '../lib/meter.mjs';
import { measured } from '../lib/program.mjs';
import { redo } from '../lib/redo.mjs';
import { row } from '../lib/report.mjs';

const library = process.env.TESSERA_TESTDATA && join(process.env.TESSERA_TESTDATA, 'library');
const RAW = 'Albums/Formats/test.dng';
/** Smaller ones say more of starting a program than of decoding. */
const LEAST_PIXELS = 2_000_000;
const KINDS = [
  { name: 'HEIC', format: 'heic', fill: (folder) => copied(/\.(heic|heif)$/i, folder) },
  { name: 'AVIF', format: 'avif', fill: (folder) => copied(/\.avif$/i, folder) },
  { name: 'DNG with a photograph of 12 megapixels in it', format: 'raw', fill: raws, preview: true },
];
const RAWS = 6;
const PHOTOS = 40;
/** Short sides of the two pictures. */
const SIDES = { preview: [1440, 'jpg[Q=80]'], thumbnail: [250, 'webp[Q=80]'] };

export async function run({ rounds, megapixels }) {
  if (!library) return console.log('(no test library: formats is left out)');
  await inHouse('formats_jpeg', (house) => jpeg(house, rounds));
  for (const kind of KINDS) await inHouse(`formats_${kind.format}`, (house) => compare(house, kind, rounds));
  await inHouse('large', (house) => large(house, megapixels));
}

/** A folder with the files of a kind, in a house that has imported it. */
async function imported(house, fill) {
  house.startApi();
  await house.ready();
  await house.signIn();
  await house.stop('api');
  const folder = join(house.data, '..', `${house.name}-files`);
  mkdirSync(folder);
  fill(folder);
  const { ended, meter } = house.start('import', 'tessera-indexer', 'import', folder, '--owner', 'bench@example.org');
  const watch = new Watch([meter]);
  await ended;
  return { folder, memory: watch.stop() };
}

function copied(endings, folder) {
  const found = readdirSync(library, { recursive: true }).filter((path) => endings.test(path));
  found.forEach((path, n) => copyFileSync(join(library, path), join(folder, `${n}-${path.split('/').at(-1)}`)));
}

/** Cameras keep the picture that they developed in their raws; those of the test library are too small to measure. */
function raws(folder) {
  const photos = readdirSync(process.env.BENCH_PHOTOS).slice(0, RAWS);
  photos.forEach((photo, n) => {
    const preview = `-PreviewImage<=${join(process.env.BENCH_PHOTOS, photo)}`;
    execFileSync('exiftool', ['-q', '-m', preview, '-o', join(folder, `${n}.dng`), join(library, RAW)]);
  });
}

/** All that is done with a photograph's bytes, beside sharp, which only makes its two pictures. */
async function jpeg(house, rounds) {
  const { folder } = await imported(house, (folder) => {
    for (const photo of readdirSync(process.env.BENCH_PHOTOS).slice(0, PHOTOS))
      copyFileSync(join(process.env.BENCH_PHOTOS, photo), join(folder, photo));
  });
  const count = readdirSync(folder).length;
  const words = ['node', join(import.meta.dirname, '../peers/sharp.mjs'), folder, String(count)];
  const { cpu, code, problem } = await measured('sharp', words);
  if (code !== 0) throw new Error(`sharp failed: ${problem}`);
  const spent = await children(house, rounds, () => redo(house, ['metadata', 'renditions']));
  const [ours, peer] = [(spent * 1000) / (count * rounds), (cpu * 1000) / count];
  row('formats', {
    what: `JPEG of 12 megapixels, ${count} files: metadata, both pictures and thumbhash, processor time per file`,
    text: `${ours.toFixed(0)} ms (${(ours / peer).toFixed(2)} ×)`,
    value: ours,
    target: Math.round(peer * 0.6),
    unit: 'ms',
    peer: { name: 'sharp, both pictures', text: `${peer.toFixed(0)} ms`, value: peer },
    more: { rounds },
  });
}

/** Processor seconds of the children while an indexer does something so many times. */
async function children(house, rounds, work) {
  const indexer = house.startIndexer();
  await sleep(3000);
  const used = () => indexer.seconds() - secondsOf(indexer.root, false);
  const before = used();
  for (let n = 0; n < rounds; n += 1) await work();
  return used() - before;
}

async function compare(house, kind, rounds) {
  const { folder } = await imported(house, kind.fill);
  const { rows } = await house.sql.query(
    `select name, width, height from assets where format = $1 and readable = 'ready'
     and width::bigint * height >= $2 order by name`,
    [kind.format, kind.preview ? 0 : LEAST_PIXELS],
  );
  const peers = await vips(folder, rows, kind);
  const names = peers.map(({ name }) => name);
  if (names.length < rows.length) console.log(`(${rows.length - names.length} that vips can't read are left out)`);
  const spent = await children(house, rounds, () => redo(house, ['renditions'], names));
  const theirs = peers.reduce((sum, { seconds }) => sum + seconds, 0);
  const ms = (seconds, times) => (seconds * 1000) / (names.length * times);
  const [ours, peer] = [ms(spent, rounds), ms(theirs, 1)];
  row('formats', {
    what: `${kind.name}, ${names.length} files: both pictures, processor time per file`,
    text: `${ours.toFixed(0)} ms (${(ours / peer).toFixed(2)} ×)`,
    value: ours,
    target: Math.round(peer * 1.1),
    unit: 'ms',
    peer: {
      name: kind.preview ? 'exiftool -b and vipsthumbnail' : 'vipsthumbnail',
      text: `${peer.toFixed(0)} ms`,
      value: peer,
    },
    more: { files: names, rounds },
  });
}

/** The files that vipsthumbnail makes both pictures of, with the processor seconds it takes, one process for each. */
async function vips(folder, files, kind) {
  const out = join(folder, '../vips');
  mkdirSync(out, { recursive: true });
  const made = [];
  for (const { name, width, height } of files) {
    const from = kind.preview ? await preview(folder, name, out) : { input: join(folder, name), seconds: 0 };
    const scaled = await shrunk(from.input, width, height, out);
    if (scaled !== null) made.push({ name, seconds: from.seconds + scaled });
  }
  return made;
}

/** The picture inside a raw, by exiftool. */
async function preview(folder, name, out) {
  const raw = join(folder, name);
  const has = (tag) => execFileSync('exiftool', ['-s3', tag, raw]).length > 0;
  const tag = ['-JpgFromRaw', '-PreviewImage'].find(has) ?? '-JpgFromRaw';
  const input = `${out}/${name}.jpg`;
  const { cpu } = await measured('exiftool', ['sh', '-c', `exiftool -b ${tag} "$1" >"$2"`, 'sh', raw, input]);
  return { input, seconds: cpu };
}

async function shrunk(input, width, height, out) {
  let seconds = 0;
  for (const [variant, [side, ending]] of Object.entries(SIDES)) {
    const scale = Math.min(1, side / Math.min(width, height));
    const size = `${Math.round(width * scale)}x${Math.round(height * scale)}`;
    const to = join(out, `${variant}.${ending}`);
    const made = await measured('vips', ['vipsthumbnail', '--vips-concurrency=1', '-s', size, '-o', to, input]);
    if (made.code !== 0) return null;
    seconds += made.cpu;
  }
  return seconds;
}

/** Memory of a child for very large pictures. */
async function large(house, megapixels) {
  const side = Math.round(Math.sqrt(megapixels * 1e6));
  const names = ['noise.jpg[Q=85]', 'noise.png[compression=1]'];
  const { memory } = await imported(house, (folder) => {
    const raw = join(folder, '../noise.v');
    execFileSync('vips', ['gaussnoise', raw, String(side), String(side)]);
    const bytes = join(folder, '../noise-8.v');
    execFileSync('vips', ['cast', raw, bytes, 'uchar']);
    const colour = join(folder, '../noise-rgb.v');
    execFileSync('vips', ['bandjoin', `${bytes} ${bytes} ${bytes}`, colour]);
    for (const name of names) execFileSync('vips', ['copy', colour, join(folder, name)]);
  });
  const ready = await house.one(`select count(*)::int from assets where readable = 'ready'`);
  if (ready < names.length) throw new Error('a large picture did not get ready');
  const child = memory.rss["import's child"] ?? 0;
  row('formats', {
    what: `a JPEG and a PNG of ${megapixels} megapixels: peak RSS of a child`,
    text: `${child} MB`,
    value: child,
    target: 400,
    unit: 'MB',
    more: memory,
  });
}
