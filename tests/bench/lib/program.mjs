/** Runs another program to its end and says what it used. */
import { spawn } from 'node:child_process';
import { Meter, Watch } from './meter.mjs';

/** With `watch` its memory is looked at, too. `heard` gets all that it has said so far, and after how many seconds. */
export async function measured(name, words, { input, env = process.env, watch = false, heard } = {}) {
  const meter = new Meter(name);
  const [command, ...rest] = meter.command(words);
  const since = performance.now();
  const seconds = () => (performance.now() - since) / 1000;
  const child = spawn(command, rest, { env, stdio: ['pipe', 'pipe', 'pipe'] });
  meter.root = child.pid;
  let [out, problem] = ['', ''];
  child.stdout.on('data', (text) => {
    out += text;
    heard?.(out, seconds());
  });
  child.stderr.on('data', (text) => (problem += text));
  child.stdin.end(input);
  // Without a control group the sums are lost with the process: keep the last ones.
  let seen = 0;
  const timer = setInterval(() => (seen = Math.max(seen, meter.seconds())), 20);
  const watched = watch ? new Watch([meter]) : null;
  const code = await new Promise((resolve) => child.once('close', resolve));
  clearInterval(timer);
  const memory = watched?.stop();
  const cpu = Math.max(seen, meter.seconds());
  meter.close();
  return { cpu, code, out, problem, memory, seconds: seconds() };
}
