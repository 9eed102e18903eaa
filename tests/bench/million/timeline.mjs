/** How many lie on each day, and thousands of the timeline; also where very many lie at one moment. */
import { at100k, immich } from '../lib/immich.mjs';
import { entriesOf } from '../lib/many.mjs';
import { address } from '../lib/requests.mjs';
import * as ours from './documents.mjs';
import { show } from './show.mjs';
import { insideTheSecond, near, ofAYear } from './stretches.mjs';

export async function timeline(house, requests) {
  const { sql } = house;
  const days = Array.from({ length: requests }, () => address(ours.days, {}));
  const counts = {
    warm: days.slice(0, 20),
    paths: days,
    entries: entriesOf((data) => data.timeline.days.counts.length),
  };
  // As an upload does: whatever is kept of the days is of an earlier version then.
  const change = () =>
    sql.query(
      `update changes set xid = pg_current_xact_id(), seq = nextval('feed_seq') where kind = 'asset' and object_id = 1`,
    );
  await show(house, 'day counts of all, after a change each', { ...counts, between: change }, { ms: 20 });
  await show(house, 'day counts of all, nothing changed', counts, { ms: 20, immich: at100k(immich.counts) });
  const entries = entriesOf((data) => data.timeline.stretch.ids.length);
  const [warm, paths] = [await near(sql, 30, requests), await near(sql, 31, requests)];
  const usual = await show(house, 'a stretch of 1,000', { warm, paths, entries }, { ms: 10 });
  const peer = { name: 'days near each other', text: `p95 ${usual.p95} ms`, value: usual.p95 };
  for (const [what, paths] of [
    ['the first 1,000 of a year', await ofAYear(sql, 32, requests)],
    ['a stretch of 1,000 inside of one second', await insideTheSecond(house)],
  ])
    await show(house, what, { warm, paths, entries }, { ms: 10, peer });
}
