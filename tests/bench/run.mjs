/** All parts of the bench, or those named; started by bin/bench, which says where everything is. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { conditions } from './lib/conditions.mjs';
import { heading, save, table } from './lib/report.mjs';

const PARTS = ['import', 'metadata', 'formats', 'memory', 'transcode', 'idle', 'scale', 'million'];
const FULL = {
  photos: 300,
  assets: 100_000,
  million: 1_000_000,
  requests: 400,
  seconds: 15,
  rounds: 5,
  rest: 60,
  megapixels: 100,
  files: 5000,
};
const QUICK = {
  photos: 20,
  assets: 5_000,
  million: 20_000,
  requests: 60,
  seconds: 3,
  rounds: 1,
  rest: 5,
  megapixels: 20,
  files: 900,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, json: { type: 'string' } },
});
const parts = positionals.length > 0 ? positionals : PARTS;
const unknown = parts.filter((part) => !PARTS.includes(part));
if (unknown.length > 0) {
  console.error(`there is no part ${unknown.join(', ')}; there are ${PARTS.join(', ')}`);
  process.exit(2);
}
const sizes = values.quick ? QUICK : FULL;
const path = values.json ?? join(process.env.BENCH_TARGET, 'bench/latest.json');

// Ctrl-C ends in order: what was started is stopped, and no control group is left behind.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));

const found = await conditions({ quick: values.quick, parts: parts.join(' '), ...sizes });
if (values.quick) console.log('\n--quick: small sizes, to see that everything runs. The figures mean little.');
console.log('');
heading();
for (const part of parts) await (await import(`./parts/${part}.mjs`)).run(sizes);
console.log('');
table();
save(path, found);
console.log(`written to ${path}`);
process.exit(0);
