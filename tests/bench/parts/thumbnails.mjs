/** How many thumbnails one core of the api hands out, asked for by wrk. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { postgres, stopwatch } from '../lib/house.mjs';
import { immich } from '../lib/immich.mjs';
import { number, row } from '../lib/report.mjs';

const CONNECTIONS = 6; // as a browser opens to one server

/** A script for wrk that asks for these assets' thumbnails in turn. */
function scriptFor(house, name, ids) {
  const script = join(house.data, `${name}.lua`);
  writeFileSync(
    script,
    `local ids = { ${ids} }
     local n = 0
     wrk.headers["Authorization"] = "Bearer ${house.token}"
     request = function()
       n = n % #ids + 1
       return wrk.format("GET", "/media/asset_" .. ids[n] .. "/thumbnail?v=1")
     end`,
  );
  return script;
}

function load(house, script, seconds) {
  const words = ['-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, '--latency', '-s', script, house.base];
  const used = stopwatch({ api: house.running.get('api').meter, postgres });
  const said = execFileSync('wrk', words, { encoding: 'utf8' });
  const cpu = used();
  if (/Non-2xx|Socket errors/.test(said)) throw new Error(`not every thumbnail was answered:\n${said}`);
  const requests = Number(said.match(/(\d+) requests in/)[1]);
  const [p50, p99] = ['50%', '99%'].map((share) => said.match(new RegExp(`${share}\\s+(\\S+)`))[1]);
  return { requests, cpu_s: cpu, seconds, p50, p99 };
}

/** A month looked at again and again, then all of the library, where each asset's access is asked about anew. */
export async function loadThumbnails(house, month, all, bytes, seconds) {
  const kb = (bytes / 1000).toFixed(1);
  for (const [what, name, ids] of [
    [`thumbnails of a month (${number(month.length)} × ${kb} KB): requests/s per core`, 'month', month],
    [`thumbnails of all (${number(all.length)}): requests/s per core`, 'all', all],
  ]) {
    const script = scriptFor(house, name, ids);
    load(house, script, 2);
    show(what, load(house, script, seconds));
  }
}

function show(what, found) {
  const { requests, cpu_s: cpu, seconds, p50, p99 } = found;
  const perCore = requests / cpu.api;
  row('scale', {
    what,
    text: `${number(Math.round(perCore))}/s`,
    value: perCore,
    target: 5000,
    atLeast: true,
    unit: '/s',
    immich: immich.thumbnails,
    more: found,
  });
  const each = Object.entries(cpu).map(([name, spent]) => `${name} ${((spent * 1e6) / requests).toFixed(0)} µs`);
  row('scale', {
    what: '… processor time per request',
    text: each.join(', '),
    value: ((cpu.api + cpu.postgres) * 1000) / requests,
  });
  row('scale', {
    what: '… on the whole machine, with wrk and Postgres',
    text: `${number(Math.round(requests / seconds))}/s, p50 ${p50}, p99 ${p99}`,
    value: requests / seconds,
  });
}
