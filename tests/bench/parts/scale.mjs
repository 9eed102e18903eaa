/** What a page costs with a hundred thousand assets: the web app's own questions, beside the same as plain SQL. */
import { checkpoint, inHouse, sleep } from '../lib/house.mjs';
import { immich } from '../lib/immich.mjs';
import { pss } from '../lib/meter.mjs';
import { number, row } from '../lib/report.mjs';
import { address, answerOf, document, measure, measureSql } from '../lib/requests.mjs';
import * as plain from '../peers/sql.mjs';
import { fill, month, settled, writeThumbnails } from '../scale/fill.mjs';
import { loadThumbnails } from './thumbnails.mjs';

const TEXT = 'lisbon camera:canon iso:>=400 taken:2014..2023';
/** Western Europe on a 1440 × 900 screen at zoom 4, with the margin that the web app asks for. */
const EUROPE = { west: -47, south: 8, east: 67, north: 72 };
/** A city at zoom 11. */
const LISBON = { west: -9.58, south: 38.54, east: -8.7, north: 38.9 };

export async function run({ assets, requests, seconds, rest }) {
  await inHouse('scale', async (house) => {
    house.startApi();
    await house.ready();
    await house.signIn();
    const library = Number((await house.addLibrary('Made up')).split('_')[1]);
    await house.stop('api');
    console.log(`(making ${number(assets)} assets)`);
    await fill(house, library, assets);
    house.startApi();
    house.startIndexer();
    await house.ready();
    await settled(house);
    await checkpoint();
    await sleep(5000);
    await questions(house, requests);
    const ids = async (where, values) =>
      (await house.sql.query(`select id::int from assets where ${where} order by local_at`, values)).rows.map(
        ({ id }) => id,
      );
    const [busiest, all] = [await ids('local_at >= $1 and local_at < $2', month()), await ids('true')];
    await loadThumbnails(
      house,
      busiest,
      all,
      await writeThumbnails(
        house,
        all.toSorted((a, b) => a - b),
      ),
      seconds,
    );
    await sleep(rest * 1000);
    const meters = ['api', 'indexer'].map((name) => house.running.get(name).meter);
    row('scale', {
      what: `memory at ${number(assets)} assets, ${rest} s after that (PSS)`,
      text: `${number(pss(meters))} MB`,
      value: pss(meters),
      target: 150,
      unit: 'MB',
      immich: immich.idleMemory,
      more: Object.fromEntries(meters.map((meter) => [`${meter.name}_mb`, pss([meter])])),
    });
  });
}

async function questions(house, requests) {
  const [from, next] = month();
  const to = new Date(Date.parse(next) - 86_400_000).toISOString().slice(0, 10);
  const columns = document('timeline/timeline.gql.ts', 'TimelineColumns');
  const stretch = document('timeline/timeline.gql.ts', 'TimelineStretch');
  const search = document('search/search.gql.ts', 'SearchPage');
  const map = document('map/map.gql.ts', 'MapSpots');
  const all = { filter: null, near: false, from, to };
  const asks = [
    {
      what: 'timeline counts',
      query: '{ timeline { version days { numbers counts } } }',
      variables: {},
      cpu: 4,
      immich: immich.counts,
      sql: plain.days,
      values: [],
    },
    {
      // Ratios of a span are not kept: this is what the first to ask after a change waits for.
      what: '… with all ratios (how the web app begins), after a change',
      query: '{ timeline { version days { numbers counts } ratios(from: "1800-01-01", to: "2100-01-01") } }',
      variables: {},
      sql: plain.ratios,
      values: [],
    },
    {
      what: '… the same, asked again',
      query: columns,
      variables: all,
      sql: plain.ratios,
      values: [],
    },
    {
      what: 'a month in columns',
      query: stretch,
      variables: { filter: null, from, to, after: null },
      cpu: 8,
      kb: 70,
      immich: immich.month,
      sql: plain.month,
      values: [from, next],
      count: (data) => data.timeline.stretch.ids.length,
    },
    {
      what: `search "${TEXT}"`,
      query: search,
      variables: { text: TEXT, after: null },
      cpu: 5,
      immich: immich.search,
      sql: plain.search,
      values: ['%lisbon%', '%canon%'],
      count: (data) => data.search.totalCount,
    },
    {
      what: 'search "birthday" (a common word alone)',
      query: search,
      variables: { text: 'birthday', after: null },
      cpu: 5,
      immich: immich.search,
      sql: plain.word,
      values: ['%birthday%'],
      count: (data) => data.search.totalCount,
    },
    {
      what: 'map viewport: Europe',
      query: map,
      variables: { bbox: EUROPE, zoom: 4, filter: null },
      cpu: 5,
      kb: 30,
      immich: immich.map,
      sql: plain.heaps,
      values: [EUROPE.west, EUROPE.south, EUROPE.east, EUROPE.north, 1.5],
      count: (data) => data.map.cells.length + data.map.points.length,
    },
    {
      what: 'map viewport: a city',
      query: map,
      variables: { bbox: LISBON, zoom: 11, filter: null },
      cpu: 5,
      kb: 30,
      sql: plain.heaps,
      values: [LISBON.west, LISBON.south, LISBON.east, LISBON.north, 0.02],
      count: (data) => data.map.cells.length + data.map.points.length,
    },
  ];
  for (const ask of asks) await one(house, ask, requests);
}

async function one(house, ask, requests) {
  const path = address(ask.query, ask.variables);
  const { data } = await answerOf(house, path);
  const entries = ask.count?.(data);
  if (entries === 0) throw new Error(`${ask.what} finds nothing: the question is no measure`);
  const ours = await measure(house, path, requests);
  const peer = await measureSql(house.sql, ask.sql, ask.values, Math.max(10, Math.round(requests / 5)));
  row('scale', {
    what: ask.what + (entries === undefined ? '' : ` (${number(entries)})`),
    text: `${ours.cpu.toFixed(2)} ms (api ${ours.api.toFixed(1)})`,
    value: ours.cpu,
    target: ask.cpu,
    unit: 'ms',
    peer: { name: 'SQL', text: `${peer.cpu.toFixed(1)} ms, p50 ${peer.p50}`, value: peer.cpu },
    immich: ask.immich,
    more: { ...ours, sql: peer },
  });
  row('scale', { what: '… p50, p95, p99', text: `${ours.p50}, ${ours.p95}, ${ours.p99} ms`, value: ours.p50 });
  row('scale', {
    what: `… answer, ${ours.coding ?? 'plain'}`,
    text: `${number(ours.bytes / 1000, 1)} KB`,
    value: ours.bytes / 1000,
    target: ask.kb,
    unit: 'KB',
  });
}
