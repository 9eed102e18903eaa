/** How many thumbnails one core of the api hands out, asked for by wrk. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { postgres, stopwatch } from '../lib/house.mjs';
import { immich } from '../lib/immich.mjs';
import { number, row } from '../lib/report.mjs';

const CONNECTIONS = 6; // as a browser opens to one server

/** Asks for these assets' thumbnails in turn for some seconds. */
export async function loadThumbnails(house, ids, bytes, seconds) {
  const script = join(house.data, 'thumbnails.lua');
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
  const load = (time) =>
    execFileSync('wrk', ['-t1', `-c${CONNECTIONS}`, `-d${time}s`, '--latency', '-s', script, house.base], {
      encoding: 'utf8',
    });
  load(2);
  const used = stopwatch({ api: house.running.get('api').meter, postgres });
  const said = load(seconds);
  const cpu = used();
  if (/Non-2xx/.test(said)) throw new Error(`not every thumbnail was answered:\n${said}`);
  const requests = Number(said.match(/(\d+) requests in/)[1]);
  const [p50, p99] = ['50%', '99%'].map((share) => said.match(new RegExp(`${share}\\s+(\\S+)`))[1]);
  const perCore = requests / cpu.api;
  row('scale', {
    what: `thumbnails (${ids.length} of ${(bytes / 1000).toFixed(1)} KB): requests a second per core of the api`,
    text: `${number(Math.round(perCore))}/s`,
    value: perCore,
    target: 5000,
    atLeast: true,
    unit: '/s',
    immich: immich.thumbnails,
    more: { requests, cpu_s: cpu, seconds },
  });
  row('scale', {
    what: '… in all on this machine, wrk and Postgres included',
    text: `${number(Math.round(requests / seconds))}/s`,
    value: requests / seconds,
    more: { p50, p99 },
  });
  row('scale', {
    what: '… processor time per request, api and Postgres; p50, p99',
    text: `${((cpu.api * 1e6) / requests).toFixed(0)} µs, ${((cpu.postgres * 1e6) / requests).toFixed(0)} µs; ${p50}, ${p99}`,
    value: ((cpu.api + cpu.postgres) * 1000) / requests,
  });
}
