/** Runs another program to its end and says what it used. */
import { spawn } from 'node:child_process';
import { Meter } from './meter.mjs';

export async function measured(name, words, input) {
  const meter = new Meter(name);
  const [command, ...rest] = meter.command(words);
  const since = performance.now();
  const child = spawn(command, rest, { stdio: ['pipe', 'pipe', 'pipe'] });
  meter.root = child.pid;
  let [out, problem] = ['', ''];
  child.stdout.on('data', (text) => (out += text));
  child.stderr.on('data', (text) => (problem += text));
  child.stdin.end(input);
  // Without a control group the sums are lost with the process: keep the last ones.
  let seen = 0;
  const timer = setInterval(() => (seen = Math.max(seen, meter.seconds())), 20);
  const code = await new Promise((resolve) => child.once('close', resolve));
  clearInterval(timer);
  const cpu = Math.max(seen, meter.seconds());
  meter.close();
  return { cpu, code, out, problem, seconds: (performance.now() - since) / 1000 };
}
