/** What it takes to find anything among a million made-up assets: search, facets, suggestions, map, timeline, index. */
import { checkpoint, inHouse, sleep } from '../lib/house.mjs';
import { at100k, immich } from '../lib/immich.mjs';
import { resident } from '../lib/meter.mjs';
import { number, row } from '../lib/report.mjs';
import { rebuilt } from '../million/build.mjs';
import { map } from '../million/map.mjs';
import { search } from '../million/search.mjs';
import { timeline } from '../million/timeline.mjs';
import { allPoints } from '../peers/points.mjs';
import { fill } from '../scale/fill.mjs';

/** The share of all that was taken in one second. */
const IN_ONE_SECOND = 0.2;

export async function run({ million, requests, rest }) {
  await inHouse('million', async (house) => {
    house.startApi();
    await house.ready();
    await house.signIn();
    const library = Number((await house.addLibrary('Made up')).split('_')[1]);
    await house.stop('api');
    await make(house, library, million);
    const peer = await allPoints(house.sql);
    const api = house.startApi();
    await house.ready();
    await checkpoint();
    await sleep(5000);
    const seen = [];
    for (const ask of [search, map, timeline]) {
      await ask(house, requests, peer);
      seen.push({ after: ask.name, ...resident(api) });
    }
    await sleep(rest * 1000);
    const { anonymous_mb: memory, ...more } = resident(api);
    row('million', {
      what: `api: anonymous memory ${rest} s after all that`,
      text: `${number(memory)} MB (all ${number(more.rss_mb)} MB)`,
      value: memory,
      target: 300,
      unit: 'MB',
      immich: at100k(immich.idleMemory),
      more: { ...more, seen },
    });
  });
}

async function make(house, library, count) {
  console.log(`(making ${number(count)} assets)`);
  const since = performance.now();
  let built;
  await fill(house, library, count, {
    inOneSecond: Math.round(count * IN_ONE_SECOND),
    indexerRuns: false,
    rebuild: async () => (built = await rebuilt(house, count)),
  });
  const all = (performance.now() - since) / 1000;
  const figure = (what, value, unit, target, more) =>
    row('million', { what, text: `${number(value, 1)} ${unit}`, value, unit, target, more });
  figure(`index of ${number(count)} built from Postgres`, built.index_s, 's', 180, built);
  figure('indexer: anonymous memory meanwhile, at most', built.anonymous_mb, 'MB', 600);
  figure('… on disk', built.index_mb, 'MB');
  figure('days and map cells counted anew', built.counts_s, 's');
  figure('library made, counted, indexed, checked', all, 's', 600);
}
