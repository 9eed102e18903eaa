/** Assets drawn from the made-up library: questions are made of what there is, so that they find something. */
import { chance } from '../lib/statistics.mjs';

/** So many assets at random, the same in each run for a seed, with what questions are made of. */
export async function sample(sql, seed, count) {
  const all = (await sql.query('select max(id)::int as last from assets')).rows[0].last;
  const random = chance(seed);
  const ids = Array.from({ length: count }, () => 1 + random.below(all));
  const { rows } = await sql.query(
    `select w.n, a.type, a.city, a.country, lower(a.country_code) as country_code, a.make, a.model, a.lens, a.iso,
            a.caption, a.width >= a.height as landscape, a.latitude, a.longitude, to_char(a.day, 'YYYY-MM-DD') as day,
            extract(year from a.day)::int as year
     from unnest($1::bigint[]) with ordinality w (id, n) join assets a using (id) order by w.n`,
    [ids],
  );
  return { random, assets: rows };
}

/** The first letters of a text up to a blank, hyphen or other sign; null where they are too few for a word. */
export const wordOf = (text) => text?.match(/^\p{L}{3,}/u)?.[0].toLowerCase() ?? null;
