/** The same questions as somebody would put them to the same tables without counts, cells or an index of words. */

export const days = `select local_at::date, count(*) from assets where state = 'active' and local_at is not null group by 1 order by 1 desc`;

export const ratios = `select id, width::float / height as ratio, local_at from assets
  where state = 'active' and local_at is not null order by local_at desc, id desc`;

export const month = `select id, width::float / height as ratio, tag, thumbhash, type, readable, duration_ms, local_at from assets
  where state = 'active' and local_at is not null
  order by local_at desc, id desc
  offset (select count(*) from assets where local_at >= $2) limit (select count(*) from assets where local_at >= $1 and local_at < $2)`;

const COLUMNS = 'id, type, name, width, height, thumbhash, tag, state, local_at, count(*) over () as total';

export const search = `select ${COLUMNS} from assets a
  where state = 'active' and make || ' ' || model ilike $2 and iso >= 400
    and local_at >= '2014-01-01' and local_at < '2024-01-01'
    and (city ilike $1 or country ilike $1 or name ilike $1 or caption ilike $1 or exists (
      select from versions v join locations l on l.version_id = v.id
      where v.asset_id = a.id and convert_from(l.path, 'UTF8') ilike $1))
  order by local_at desc offset 0 limit 100`;

export const word = `select ${COLUMNS} from assets a
  where state = 'active' and (city ilike $1 or country ilike $1 or name ilike $1 or caption ilike $1 or exists (
    select from versions v join locations l on l.version_id = v.id
    where v.asset_id = a.id and convert_from(l.path, 'UTF8') ilike $1))
  order by local_at desc offset 0 limit 100`;

export const heaps = `select floor(longitude / $5) as x, floor(latitude / $5) as y, count(*), avg(longitude), avg(latitude), max(id) as cover
  from assets where state = 'active' and longitude between $1 and $3 and latitude between $2 and $4
  group by 1, 2 order by 3 desc limit 1000`;
