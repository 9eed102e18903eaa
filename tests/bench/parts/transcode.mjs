/** Films that no browser plays made anew, each beside the `ffmpeg` program with the same settings. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { inHouse, until } from '../lib/house.mjs';
import { measured } from '../lib/program.mjs';
import { row } from '../lib/report.mjs';
import { quantiles } from '../lib/statistics.mjs';

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
].concat(['-g', '250', '-forced-idr', '1', '-force_key_frames', 'expr:gte(t,n_forced*4)', '-c:a', 'aac', '-b:a', '128k', '-ac', '2', '-ar', '48000', '-movflags', '+faststart']);

/** Films, the peer and we in turn: the machine's own speed changes from minute to minute. */
const ROUNDS = 3;

export async function run({ seconds }) {
  await inHouse('transcode', (house) => compare(house, seconds));
}

async function compare(house, seconds) {
  house.env.TESSERA_VIDEO_TRANSCODE = 'needed';
  const place = join(house.data, '..', 'films');
  house.startApi();
  await house.ready();
  await house.signIn();
  await house.stop('api');
  const indexer = house.startIndexer();
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const folder = join(place, `${round}`);
    mkdirSync(folder, { recursive: true });
    const film = join(folder, 'film.avi');
    makeFilm(film, seconds, round);
    const peer = await theirs(film, join(place, `peer-${round}.mp4`));
    rounds.push({ peer, ours: await ours(house, indexer, folder, round) });
  }
  tell(seconds, rounds);
}

function makeFilm(film, seconds, seed) {
  const noise = `noise=alls=12:allf=t:all_seed=${seed + 1}`;
  const pictures = ['-f', 'lavfi', '-i', `testsrc2=s=1920x1080:r=30:d=${seconds},${noise}`];
  const sound = ['-f', 'lavfi', '-i', `sine=f=440:d=${seconds}`];
  execFileSync('ffmpeg', ['-v', 'error', ...pictures, ...sound, '-c:v', 'mpeg4', '-q:v', '3', '-c:a', 'mp3', film]);
}

async function theirs(film, made) {
  const peer = await measured('ffmpeg', ['ffmpeg', '-v', 'error', '-y', '-i', film, ...SETTINGS, made]);
  if (peer.code !== 0) throw new Error(`ffmpeg failed: ${peer.problem}`);
  return { wall: peer.seconds, cpu: peer.cpu };
}

/** From the moment at which the film waits to be made until it is. */
async function ours(house, indexer, folder, round) {
  house.run('tessera-indexer', 'library', 'add', folder, '--owner', 'bench@example.org');
  const count = (state) =>
    house.one(`select count(*) from stages where stage = 'transcode' and state ${state}`).then(Number);
  await until(async () => (await count(`in ('pending', 'done')`)) > round, { every: 20 });
  const [since, before] = [performance.now(), indexer.seconds()];
  await until(async () => (await count(`<> 'pending'`)) > round, { every: 50 });
  if ((await count(`= 'done'`)) !== round + 1) throw new Error('the film was not made');
  return { wall: (performance.now() - since) / 1000, cpu: indexer.seconds() - before };
}

function tell(seconds, rounds) {
  const middle = (of) => quantiles(rounds.map(of)).p50;
  const speed = middle(({ peer, ours }) => peer.wall / ours.wall);
  const ours = { wall: middle((round) => round.ours.wall), cpu: middle((round) => round.ours.cpu) };
  const peer = { wall: middle((round) => round.peer.wall), cpu: middle((round) => round.peer.cpu) };
  row('transcode', {
    what: `films of ${seconds} s, 1080p, made anew: speed beside ffmpeg`,
    text: `${speed.toFixed(2)} × (${ours.wall.toFixed(1)} s, ${ours.cpu.toFixed(1)} s of processor)`,
    value: speed,
    target: 0.95,
    atLeast: true,
    unit: '×',
    peer: {
      name: 'ffmpeg, the same settings',
      text: `${peer.wall.toFixed(1)} s, ${peer.cpu.toFixed(1)} s`,
      value: peer.wall,
    },
    more: { rounds },
  });
}
