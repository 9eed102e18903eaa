/** Thousands of the timeline: at any day, of a whole year, and inside of a second that has very many. */
import { address, answerOf } from '../lib/requests.mjs';
import { SECOND } from '../scale/library.mjs';
import { stretch } from './documents.mjs';
import { sample } from './sample.mjs';

const THOUSAND = 1000;
const THAT_DAY = SECOND.slice(0, 10);
const YEAR_MS = 365 * 86_400_000;

const path = (from, to, after = null) => address(stretch, { from, to, after });

/** The days of so many assets, none of them within a year after the second. */
async function days(sql, seed, count) {
  const { assets } = await sample(sql, seed, count * 2);
  const away = assets.map(({ day }) => day).filter((day) => day < THAT_DAY || yearBefore(day) > THAT_DAY);
  return away.slice(0, count);
}

const yearBefore = (day) => new Date(Date.parse(day) - YEAR_MS).toISOString().slice(0, 10);

/** So many days as have a thousand together, as a screen asks for what is near. */
export async function near(sql, seed, count) {
  const { rows } = await sql.query(
    `select to_char(day, 'YYYY-MM-DD') as day, sum(count)::int as count from day_counts group by 1 order by 1 desc`,
  );
  const begin = (to) => {
    let sum = 0;
    return (rows.find(({ day, count }) => day <= to && (sum += count) >= THOUSAND) ?? rows.at(-1)).day;
  };
  return (await days(sql, seed, count)).map((to) => path(begin(to), to));
}

/** The first thousand of a year, as a client asks that takes whatever comes. */
export const ofAYear = async (sql, seed, count) => (await days(sql, seed, count)).map((to) => path(yearBefore(to), to));

/** Every stretch that begins inside of the second, in order: where each begins is known from the one before. */
export async function insideTheSecond(house) {
  const paths = [];
  for (let after = null; paths.length === 0 || after !== null;) {
    paths.push(path(THAT_DAY, THAT_DAY, after));
    after = (await answerOf(house, paths.at(-1))).data.timeline.stretch.next;
  }
  return paths;
}
