/** From start to ready, and what it takes while nobody wants anything. */
import { inHouse, postgres, sleep, stopwatch } from '../lib/house.mjs';
import { immich } from '../lib/immich.mjs';
import { pss } from '../lib/meter.mjs';
import { number, row } from '../lib/report.mjs';

const STARTS = 5;

export async function run({ rest }) {
  await inHouse('idle', async (house) => {
    const starts = [];
    for (let n = 0; n < STARTS; n += 1) {
      if (n > 0) for (const name of ['api', 'indexer']) await house.stop(name);
      const since = performance.now();
      house.startIndexer();
      house.startApi();
      await house.ready();
      starts.push((performance.now() - since) / 1000);
    }
    const slowest = Math.max(...starts);
    row('idle', {
      what: `start to ready, databases up (slowest of ${STARTS})`,
      text: `${slowest.toFixed(2)} s`,
      value: slowest,
      target: 1,
      unit: 's',
      immich: immich.start,
      more: { starts },
    });
    const meters = { api: house.running.get('api').meter, indexer: house.running.get('indexer').meter };
    await sleep(rest * 1000);
    const memory = pss(Object.values(meters));
    const used = stopwatch({ ...meters, postgres });
    await sleep(10_000);
    const cpu = Object.fromEntries(Object.entries(used()).map(([name, spent]) => [name, spent * 100]));
    row('idle', {
      what: `memory after ${rest} s without work (PSS)`,
      text: `${number(memory)} MB`,
      value: memory,
      target: 150,
      unit: 'MB',
      immich: immich.idleMemory,
      more: { api_mb: pss([meters.api]), indexer_mb: pss([meters.indexer]) },
    });
    row('idle', {
      what: '… processor time meanwhile, ms per second',
      text: `${(cpu.api + cpu.indexer).toFixed(1)} ms (Postgres ${cpu.postgres.toFixed(1)})`,
      value: cpu.api + cpu.indexer,
      more: { ms_per_second: cpu },
    });
  });
}
