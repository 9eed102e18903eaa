/** Puts the made-up library into a house, as if it had been imported. */
import { closeSync, ftruncateSync, futimesSync, linkSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { until } from '../lib/house.mjs';
import { BUSIEST, assets, hash } from './library.mjs';
import { thumbhashes, thumbnails } from './pictures.mjs';

const AT_ONCE = 2000;
/** Above those of every stage, so that the indexer doesn't do a hundred thousand of them again while we measure. */
const SETTLED = 10_000;

/** Inserts records into a table, by the names of their fields. */
async function insert(sql, table, columns, records) {
  const text = `insert into ${table} (${columns}) overriding system value
    select ${columns} from json_populate_recordset(null::${table}, $1)`;
  for (let n = 0; n < records.length; n += AT_ONCE)
    await sql.query(text, [JSON.stringify(records.slice(n, n + AT_ONCE))]);
}

/** Fills the house whose one library has this number; counts and index are made by the product's own `rebuild`. */
export async function fill(house, library, count) {
  const { sql } = house;
  const made = assets(count, await thumbhashes(Math.min(8000, count)));
  const { rows } = await sql.query(
    `insert into folders (library_id, path) values ($1, $2) returning id`,
    [library, Buffer.from(originals(house))],
  );
  const records = made.map((asset, n) => ({
    ...asset,
    id: n + 1,
    library_id: library,
    state: 'active',
    offline: false,
    taken_guessed: false,
    added_at: new Date(1.7e12 + n * 50).toISOString(),
  }));
  const [first] = records;
  const columns = [
    ...new Set([...Object.keys(first), 'latitude', 'longitude', 'altitude', 'cell', 'city', 'country', 'country_code']),
  ];
  await insert(sql, 'assets', columns.filter((name) => name !== 'path').join(', '), records);
  const versions = records.map(({ id, size }) => ({
    id,
    asset_id: id,
    library_id: library,
    blake3: hash(id, 32),
    sha1: hash(id, 20),
    size,
    current: true,
    created_at: first.added_at,
  }));
  await insert(sql, 'versions', Object.keys(versions[0]).join(', '), versions);
  writeOriginals(house, records);
  const hex = (text) => `\\x${Buffer.from(text).toString('hex')}`;
  const locations = records.map(({ id, size, path }) => ({
    id,
    version_id: id,
    folder_id: rows[0].id,
    path: hex(path),
    size,
    mtime_ns: 0,
  }));
  await insert(sql, 'locations', Object.keys(locations[0]).join(', '), locations);
  for (const table of ['assets', 'versions', 'locations'])
    await sql.query(`select setval(pg_get_serial_sequence($1, 'id'), $2)`, [table, count]);
  await sql.query(
    `insert into changes (kind, object_id, library_id) select 'asset', id, library_id from assets order by id`,
  );
  house.run('tessera-indexer', 'rebuild');
  await sql.query(
    `insert into stages (asset_id, stage, version, state) select id, s, $1, 'done' from assets, unnest(array['metadata', 'renditions']) s`,
    [SETTLED],
  );
  await sql.query('vacuum analyze');
  await check(house, count);
}

/** Once its folder has been looked through, nothing more happens by itself. */
export const settled = (house) =>
  until(async () => (await house.one('select count(*)::int from folders where last_scan_at is null')) === 0);

const originals = (house) => join(house.data, 'made-up');

/** Files of the right names, sizes and times, with nothing in them: a folder that is not there, or is empty, is work. */
function writeOriginals(house, records) {
  let last = null;
  for (const { path, size } of records) {
    const file = join(originals(house), path);
    if (dirname(file) !== last) mkdirSync((last = dirname(file)), { recursive: true });
    const handle = openSync(file, 'w');
    ftruncateSync(handle, size);
    futimesSync(handle, 0, 0);
    closeSync(handle);
  }
}

/** The counts are those of the assets: recounted here by another statement than the product's. */
async function check(house, count) {
  const wrong = await house.one(
    `select count(*)::int from (select local_at::date as day, count(*) from assets group by 1) a
     full join day_counts d using (day) where d.count is distinct from a.count`,
  );
  const cells = await house.one('select sum(count)::int from map_cells where resolution = 5');
  const placed = await house.one('select count(*)::int from assets where latitude is not null');
  const busiest = await house.one(
    `select count(*)::int from assets where local_at >= $1 and local_at < $2`,
    ...month(),
  );
  if (wrong > 0 || cells !== placed)
    throw new Error(`the counts of the made-up library are wrong: ${wrong} days, ${cells} of ${placed} in cells`);
  console.log(`(${count} assets, ${placed} with a position, ${busiest} in the busiest month)`);
}

/** First day of the busiest month and of the one after it. */
export function month() {
  const day = (month) => new Date(Date.UTC(BUSIEST.year, month, 1)).toISOString().slice(0, 10);
  return [day(BUSIEST.month - 1), day(BUSIEST.month)];
}

/** A thumbnail for each of these assets where `crates/files` looks for it: one file of each picture, under many names. */
export async function writeThumbnails(house, ids) {
  const pictures = await thumbnails();
  const one = (n) => join(house.data, 'derived', `picture-${n}`);
  mkdirSync(join(house.data, 'derived'), { recursive: true });
  pictures.forEach((picture, n) => writeFileSync(one(n), picture));
  const three = (number) => String(number).padStart(3, '0');
  let last = null;
  for (const id of ids) {
    const bucket = Math.floor(id / 1000);
    const folder = join(house.data, 'derived', three(Math.floor(bucket / 1000)), three(bucket % 1000));
    if (folder !== last) mkdirSync((last = folder), { recursive: true });
    linkSync(one(id % pictures.length), join(folder, `asset_${id}-00000001-thumbnail.webp`));
  }
  return pictures.reduce((sum, { length }) => sum + length, 0) / pictures.length;
}
