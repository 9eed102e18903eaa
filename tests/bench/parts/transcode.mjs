/** A film that no browser plays made anew, beside the `ffmpeg` program with the same settings. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { inHouse, until } from '../lib/house.mjs';
import { measured } from '../lib/program.mjs';
import { row } from '../lib/report.mjs';

/** What the transcode stage tells its encoders (crates/media/src/transcode/encoder.rs), as the program takes it. */
const SETTINGS = [
  '-pix_fmt',
  'yuv420p',
  '-c:v',
  'libx264',
  '-preset',
  'veryfast',
  '-crf',
  '23',
  '-sc_threshold',
  '0',
].concat(['-g', '250', '-c:a', 'aac', '-b:a', '128k', '-ac', '2', '-ar', '48000', '-movflags', '+faststart']);

export async function run({ seconds }) {
  await inHouse('transcode', (house) => compare(house, seconds * 2));
}

async function compare(house, seconds) {
  house.env.TESSERA_VIDEO_TRANSCODE = 'needed';
  const folder = join(house.data, '..', 'films');
  mkdirSync(folder);
  const film = join(folder, 'film.avi');
  const made = ['-f', 'lavfi', '-i', `testsrc2=s=1920x1080:r=30:d=${seconds},noise=alls=12:allf=t`];
  const sound = ['-f', 'lavfi', '-i', `sine=f=440:d=${seconds}`];
  execFileSync('ffmpeg', ['-v', 'error', ...made, ...sound, '-c:v', 'mpeg4', '-q:v', '3', '-c:a', 'mp3', film]);

  const peer = await measured('ffmpeg', [
    'ffmpeg',
    '-v',
    'error',
    '-y',
    '-i',
    film,
    ...SETTINGS,
    join(folder, '../peer.mp4'),
  ]);
  if (peer.code !== 0) throw new Error(`ffmpeg failed: ${peer.problem}`);

  house.startApi();
  await house.ready();
  await house.signIn();
  await house.stop('api');
  house.run('tessera-indexer', 'library', 'add', folder, '--owner', 'bench@example.org');
  const indexer = house.startIndexer();
  const state = () => house.one(`select coalesce((select state from stages where stage = 'transcode'), '')`);
  await until(async () => (await state()) === 'pending', { every: 20 });
  const [since, before] = [performance.now(), indexer.seconds()];
  await until(async () => (await state()) !== 'pending', { every: 50 });
  if ((await state()) !== 'done') throw new Error('the film was not made');
  const ours = { wall: (performance.now() - since) / 1000, cpu: indexer.seconds() - before };
  const speed = peer.seconds / ours.wall;
  row('transcode', {
    what: `a film of ${seconds} s, 1080p, made anew: speed beside ffmpeg`,
    text: `${speed.toFixed(2)} × (${ours.wall.toFixed(1)} s, ${ours.cpu.toFixed(1)} s of processor)`,
    value: speed,
    target: 0.95,
    atLeast: true,
    unit: '×',
    peer: {
      name: 'ffmpeg, the same settings',
      text: `${peer.seconds.toFixed(1)} s, ${peer.cpu.toFixed(1)} s`,
      value: peer.seconds,
    },
    more: ours,
  });
}
