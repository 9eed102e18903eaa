/** Under which conditions was measured: printed, and kept with the figures. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { exact } from './meter.mjs';

/** More running programs than this before we begin spoil the figures. */
const QUIET = 0.5;

function git(...words) {
  try {
    return execFileSync('git', words, { cwd: import.meta.dirname, encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}

/** Share of all cores that others kept busy during the last seconds. */
export async function busy(seconds) {
  const read = () => readFileSync('/proc/stat', 'utf8').split('\n')[0].split(/\s+/).slice(1, 9).map(Number);
  const before = read();
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const spent = read().map((ticks, n) => ticks - before[n]);
  const all = spent.reduce((sum, ticks) => sum + ticks, 0);
  return 1 - (spent[3] + spent[4]) / all;
}

export async function conditions(options) {
  const load = loadavg()[0];
  const others = (await busy(3)) * cpus().length;
  const made = {
    at: new Date().toISOString(),
    commit:
      git('rev-parse', '--short', 'HEAD') +
      (git('status', '--porcelain', '--', ':!tests/bench') ? ' with changes' : ''),
    processor: `${cpus().length} × ${cpus()[0].model.trim()}`,
    memory_gb: Math.round(totalmem() / 1e9),
    kernel: release(),
    node: process.version,
    load_before: load,
    cores_busy_before: Number(others.toFixed(2)),
    quiet: others < QUIET,
    processor_time: exact ? 'control groups' : 'sums of /proc/PID/stat, in steps of 10 ms',
    ...options,
  };
  for (const [name, value] of Object.entries(made)) console.log(`    ${name.replaceAll('_', ' ').padEnd(18)} ${value}`);
  if (!made.quiet) {
    console.log('\nWARNING: this machine is not quiet: other programs keep it busy. Times and rates are too bad;');
    console.log('processor time suffers less, but it does (shared caches). Run this again when nothing else runs.');
  }
  return made;
}
