/**
 * Processor time of a program with all its children: exact, from a control group where one can be made (root and
 * cgroup v2), else by adding up /proc. Memory as the kernel shares it out (PSS), sampled.
 */
import { mkdirSync, readFileSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const TICKS = 100; // per second, on every Linux that we run on
const SAMPLE_MS = 200;

const words = (path) => readFileSync(path, 'utf8');

/** The folder in which control groups can be made, if there is one. */
const groups = (() => {
  try {
    const line = readFileSync('/proc/self/mountinfo', 'utf8')
      .split('\n')
      .find((mount) => mount.includes(' - cgroup2 '));
    const folder = join(line.split(' ')[4], `tessera-bench-${process.pid}`);
    mkdirSync(folder);
    process.on('exit', () => tidy(folder));
    return folder;
  } catch {
    return null;
  }
})();

/** Gives the processes that still run back to where they came from, and leaves no group behind. */
function tidy(folder) {
  const back = join(folder, '../cgroup.procs');
  for (const name of readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)) {
    for (const pid of words(join(folder, name, 'cgroup.procs'))
      .split('\n')
      .filter(Boolean))
      writeFileSync(back, pid);
    removed(join(folder, name));
  }
  removed(folder);
}

/** What is still busy with ending keeps its group, and nothing else from ending. */
function removed(folder) {
  try {
    rmdirSync(folder);
  } catch (error) {
    if (!['EBUSY', 'ENOTEMPTY'].includes(error.code)) throw error;
  }
}

export const exact = groups !== null;

/** Fields of /proc/PID/stat from the third on (the second may hold blanks); null if there is no such process. */
function stat(pid) {
  try {
    const text = words(`/proc/${pid}/stat`);
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

/** Processor seconds of one process, with or without those of the children that it has waited for. */
export function secondsOf(pid, withChildren = true) {
  const fields = stat(pid);
  if (!fields) return 0;
  const [user, system, childUser, childSystem] = fields.slice(11, 15).map(Number);
  return (user + system + (withChildren ? childUser + childSystem : 0)) / TICKS;
}

/** A process and all that descend from it. */
function tree(root) {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  const parents = new Map(all.map((pid) => [pid, Number(stat(pid)?.[1])]));
  const found = [root];
  for (const pid of found) for (const [child, parent] of parents) if (parent === pid) found.push(child);
  return found.filter((pid) => parents.has(pid));
}

/** What one program and its children use. */
export class Meter {
  constructor(name) {
    this.name = name;
    this.root = null;
    this.group = groups && join(groups, name);
    if (this.group) mkdirSync(this.group);
  }

  /** The words to start a program with, so that it is measured from its first instruction. */
  command(words) {
    return this.group ? ['sh', '-c', 'echo $$ >"$0" && exec "$@"', join(this.group, 'cgroup.procs'), ...words] : words;
  }

  /** Takes in a process that runs already, with all its children. */
  adopt(pid) {
    this.root = pid;
    if (this.group) for (const one of tree(pid)) writeFileSync(join(this.group, 'cgroup.procs'), String(one));
  }

  pids() {
    if (!this.group) return this.root ? tree(this.root) : [];
    return words(join(this.group, 'cgroup.procs')).split('\n').filter(Boolean).map(Number);
  }

  /** Processor seconds so far. */
  seconds() {
    if (!this.group) return this.pids().reduce((sum, pid) => sum + secondsOf(pid), 0);
    return Number(words(join(this.group, 'cpu.stat')).match(/usage_usec (\d+)/)[1]) / 1e6;
  }

  /** Forgets the group; its processes have ended. */
  close() {
    if (!this.group) return;
    try {
      rmdirSync(this.group);
    } catch {
      // A process is still ending; the group goes with the machine's next start at the latest.
    }
  }
}

function field(path, name) {
  try {
    return Number(words(path).match(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm'))?.[1] ?? 0) / 1000;
  } catch {
    return 0;
  }
}

/** Megabytes of all processes of these meters, shared pages divided among those who share them. */
export function pss(meters) {
  return meters
    .flatMap((meter) => meter.pids())
    .reduce((sum, pid) => sum + field(`/proc/${pid}/smaps_rollup`, 'Pss'), 0);
}

/** Megabytes of memory that stands for no file: what a program has taken for itself, pages of an index aside. */
export function anonymous(meters) {
  return meters.flatMap((meter) => meter.pids()).reduce((sum, pid) => sum + field(`/proc/${pid}/status`, 'RssAnon'), 0);
}

/** Megabytes of one program, its children aside: now, at most so far, and what of it stands for no file. */
export const resident = (meter) => {
  const of = (name) => Math.round(field(`/proc/${meter.root}/status`, name));
  return { rss_mb: of('VmRSS'), rss_peak_mb: of('VmHWM'), anonymous_mb: of('RssAnon') };
};

/** Watches memory while something goes on. */
export class Watch {
  constructor(meters) {
    this.peak = 0;
    this.anonymous = 0;
    this.rss = new Map(); // highest of each kind of process, MB
    this.timer = setInterval(() => this.look(meters), SAMPLE_MS);
  }

  look(meters) {
    this.peak = Math.max(this.peak, pss(meters));
    this.anonymous = Math.max(this.anonymous, anonymous(meters));
    for (const meter of meters) {
      for (const pid of meter.pids()) {
        const kind = pid === meter.root ? meter.name : `${meter.name}'s child`;
        this.rss.set(kind, Math.max(this.rss.get(kind) ?? 0, field(`/proc/${pid}/status`, 'VmHWM')));
      }
    }
  }

  stop() {
    clearInterval(this.timer);
    return {
      peak: this.peak,
      anonymous: this.anonymous,
      rss: Object.fromEntries([...this.rss].map(([kind, mb]) => [kind, Math.round(mb)])),
    };
  }
}
