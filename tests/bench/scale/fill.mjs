/** Puts the made-up library into a house, as if it had been imported. */
import { closeSync, ftruncateSync, futimesSync, linkSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { until } from '../lib/house.mjs';
import { copy } from './copy.mjs';
import { BUSIEST, assets } from './library.mjs';
import { thumbhashes, thumbnails } from './pictures.mjs';

/** Above those of every stage, so that the indexer doesn't do all of them again while we measure. */
const SETTLED = 10_000;
const COLUMNS = (
  'id library_id name type format size state readable offline added_at taken_at local_at offset_minutes taken_source ' +
  'taken_guessed width height ratio duration_ms tag thumbhash latitude longitude altitude cell city country ' +
  'country_code make model lens f_number exposure_s iso focal_mm caption'
).split(' ');

const plainly = (house) => house.run('tessera-indexer', 'rebuild');

/**
 * Fills the house whose one library has this number. Counts and index are made by the product's own `rebuild`, which may
 * be run in another way. So many of the assets were taken `inOneSecond`. Where no indexer runs, nothing needs to keep it
 * from working.
 */
export async function fill(house, library, count, { inOneSecond = 0, indexerRuns = true, rebuild = plainly } = {}) {
  const { sql } = house;
  const made = assets(count, await thumbhashes(Math.min(8000, count)), inOneSecond);
  const places = await fillAssets(house, library, made);
  // Equal content would be one asset: each has a hash of its own.
  await sql.query(
    `insert into versions (id, asset_id, library_id, blake3, sha1, size, current, created_at) overriding system value
     select id, id, library_id, hash, substr(hash, 1, 20), size, true, added_at
     from (select *, sha256(convert_to('asset ' || id, 'UTF8')) as hash from assets) a order by id`,
  );
  if (indexerRuns) writeOriginals(house, places);
  await fillLocations(house, library, places);
  for (const table of ['assets', 'versions', 'locations'])
    await sql.query(`select setval(pg_get_serial_sequence($1, 'id'), $2)`, [table, count]);
  await sql.query(
    `insert into changes (kind, object_id, library_id) select 'asset', id, library_id from assets order by id`,
  );
  await sql.query('analyze');
  await rebuild(house);
  if (indexerRuns)
    await sql.query(
      `insert into stages (asset_id, stage, version, state)
       select id, s, $1, 'done' from assets, unnest(array['metadata', 'renditions']) s`,
      [SETTLED],
    );
  await sql.query('vacuum analyze');
  await check(house, count);
}

/** Answers at which path below the folder each of them lies, and its size. */
async function fillAssets(house, library, made) {
  const places = [];
  const common = { library_id: library, state: 'active', offline: false, taken_guessed: false };
  function* records() {
    for (const asset of made) {
      const added_at = new Date(1.7e12 + places.length * 50).toISOString();
      places.push({ path: asset.path, size: asset.size });
      yield { id: places.length, ...common, added_at, ...asset };
    }
  }
  await copy(house, 'assets', COLUMNS, records());
  return places;
}

async function fillLocations(house, library, places) {
  const { rows } = await house.sql.query(`insert into folders (library_id, path) values ($1, $2) returning id`, [
    library,
    Buffer.from(originals(house)),
  ]);
  function* records() {
    for (const [n, { path, size }] of places.entries()) {
      const hex = `\\x${Buffer.from(path).toString('hex')}`;
      yield { id: n + 1, version_id: n + 1, folder_id: rows[0].id, path: hex, size, mtime_ns: 0 };
    }
  }
  await copy(house, 'locations', ['id', 'version_id', 'folder_id', 'path', 'size', 'mtime_ns'], records());
}

/** Once its folder has been looked through, nothing more happens by itself. */
export const settled = (house) =>
  until(async () => (await house.one('select count(*)::int from folders where last_scan_at is null')) === 0);

const originals = (house) => join(house.data, 'made-up');

/** Files of the right names, sizes and times, with nothing in them: a folder that is not there, or is empty, is work. */
function writeOriginals(house, places) {
  let last = null;
  for (const { path, size } of places) {
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
