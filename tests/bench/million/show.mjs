/** Asks many things, and adds what that took to the report. */
import { measureMany } from '../lib/many.mjs';
import { number, row } from '../lib/report.mjs';

/** A row for the time, with the target (`ms`) for one of its quantiles, and one for the largest answer (`kb`). */
export async function show(house, what, asked, { ms, quantile = 'p95', kb, peer, immich }) {
  const found = await measureMany(house, asked);
  const said = (name) => `${name} ${number(found[name], 1)}`;
  const others = ['p50', 'p95', 'p99'].filter((name) => name !== quantile).map(said);
  row('million', {
    what,
    text: `${said(quantile)} ms (${others.join(', ')})`,
    value: found[quantile],
    target: ms,
    unit: 'ms',
    peer: kb === undefined ? peer : undefined,
    immich,
    more: found,
  });
  row('million', {
    what: `… largest answer, ${found.coding}`,
    text: `${number(found.kb.max, 1)} KB (p50 ${number(found.kb.p50, 1)})`,
    value: found.kb.max,
    target: kb,
    unit: 'KB',
    peer: kb === undefined ? undefined : peer,
  });
  return found;
}
