/** Stages done once more for what is there already. */
import { until } from './house.mjs';

/** Does these stages again for all files for which they are done, or for those of these names, and waits for the end. */
export async function redo(house, stages, names = null) {
  await house.sql.query(
    `update stages set state = 'pending', attempts = 0, not_before = now()
     where stage = any ($1) and state = 'done'
     and ($2::text[] is null or asset_id in (select id from assets where name = any ($2)))`,
    [stages, names],
  );
  await until(async () => (await house.one(`select count(*)::int from stages where state = 'pending'`)) === 0);
}
