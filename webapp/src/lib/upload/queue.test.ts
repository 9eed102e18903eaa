import { describe, expect, it } from 'vitest';
import type { Item, Picked } from './item';
import { problem, UploadError, type ProblemCode } from './problem';
import { UploadQueue, type Sent } from './queue';

/** A file that claims a size and a content without having either. */
function picked(name: string, size = 10, content = name): Picked {
  const made = new File([], name, { lastModified: 1 });
  Object.defineProperty(made, 'size', { value: size });
  return { file: Object.assign(made, { content }), path: name };
}

/** A queue with a server of three lines, a clock that is turned by hand, and faults to order. */
function setup(options: { fault?: (item: Item, tries: number) => ProblemCode | null; steps?: number } = {}) {
  const library = new Map<string, string>();
  const partial = new Map<string, number>();
  const log = { order: [] as string[], most: 0, tries: 0, checks: [] as number[], discarded: [] as string[] };
  const alarms = new Set<{ at: number; run: () => void }>();
  const tries = new Map<Item, number>();
  let now = 0;
  let sending = 0;
  const online = { value: true };

  async function transfer(item: Item, progress: (sent: number) => void, signal: AbortSignal): Promise<Sent> {
    log.tries++;
    if (!online.value) throw new UploadError(problem('offline'));
    const count = (tries.get(item) ?? 0) + 1;
    tries.set(item, count);
    const fault = options.fault?.(item, count);
    if (fault) throw new UploadError(problem(fault));
    log.order.push(item.path);
    for (let sent = partial.get(item.fingerprint) ?? 0; sent < item.file.size;) {
      await Promise.resolve();
      if (signal.aborted) throw new DOMException('paused', 'AbortError');
      if (!online.value) throw new UploadError(problem('offline'));
      sent = Math.min(item.file.size, sent + item.file.size / (options.steps ?? 1));
      partial.set(item.fingerprint, sent);
      progress(sent);
    }
    const known = library.get(item.sha1 ?? '');
    if (known) return { assetId: known, duplicate: true };
    library.set(item.sha1 ?? '', `asset_${library.size + 1}`);
    return { assetId: `asset_${library.size}`, duplicate: false };
  }

  const queue = new UploadQueue(
    {
      hash: (f) => Promise.resolve(`sha1 of ${(f as File & { content: string }).content}`),
      check: (libraryId, hashes) => {
        if (!online.value) return Promise.reject(new UploadError(problem('offline')));
        log.checks.push(hashes.length);
        const known = (assetId?: string) => (assetId === undefined ? null : { assetId, libraryId });
        return Promise.resolve(hashes.map((hash) => known(library.get(hash))));
      },
      send: async (item, progress, signal) => {
        log.most = Math.max(log.most, ++sending);
        try {
          return await transfer(item, progress, signal);
        } finally {
          sending--;
        }
      },
      discard: (item) => void log.discarded.push(item.path),
      now: () => now,
      later: (wait, run) => {
        const alarm = { at: now + wait, run };
        alarms.add(alarm);
        return () => alarms.delete(alarm);
      },
      random: () => 0.5,
    },
    () => {},
  );

  /** Lets everything happen that happens within this time. */
  async function pass(milliseconds: number) {
    const end = now + milliseconds;
    for (;;) {
      for (let i = 0; i < 400; i++) await Promise.resolve();
      const [next] = [...alarms].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!next) break;
      alarms.delete(next);
      now = Math.max(now, next.at);
      next.run();
    }
    now = end;
  }

  const states = () => Object.fromEntries(queue.items.map(({ path, status }) => [path, status]));
  return { queue, library, log, online, pass, states, partial };
}

describe('the upload queue', () => {
  it('sends the smallest first, three at a time, each once', async () => {
    const { queue, log, pass, states } = setup({ steps: 3 });
    queue.add([picked('film', 900), picked('b', 20), picked('a', 10), picked('c', 30), picked('d', 40)], 'library_1');
    await pass(1000);
    expect(log.order).toEqual(['a', 'b', 'c', 'd', 'film']);
    expect(log.most).toBe(3);
    expect(new Set(Object.values(states()))).toEqual(new Set(['done']));
  });

  it('never sends what the library has, and tells which photo it is', async () => {
    const { queue, library, log, pass } = setup();
    library.set('sha1 of old', 'asset_77');
    queue.add([picked('old'), picked('new')], 'library_1');
    await pass(1000);
    expect(log.order).toEqual(['new']);
    expect(queue.items[0]).toMatchObject({ status: 'duplicate', assetId: 'asset_77', foundIn: 'library_1' });
  });

  it('sends what lies beside a file also where the library has the file', async () => {
    const { queue, library, log, pass, states } = setup();
    for (const name of ['here', 'bare']) library.set(`sha1 of ${name}`, `asset_${name}`);
    queue.add([{ ...picked('here'), sidecar: new File(['x'], 'here.xmp') }, picked('bare')], 'library_1');
    await pass(1000);
    expect(log.order).toEqual(['here']);
    expect(states()).toEqual({ here: 'duplicate', bare: 'duplicate' });
  });

  it('asks about many files in few questions', async () => {
    const { queue, log, pass } = setup();
    queue.add(
      Array.from({ length: 450 }, (_, i) => picked(`p${i}`)),
      'library_1',
    );
    await pass(2000);
    expect(log.checks.length).toBeLessThanOrEqual(5);
    expect(log.checks.reduce((a, b) => a + b)).toBe(450);
  });

  it('sends equal files once', async () => {
    const { queue, log, pass, states } = setup({ steps: 4 });
    queue.add([picked('one', 10, 'same'), picked('two', 10, 'same'), picked('three', 10, 'same')], 'library_1');
    await pass(1000);
    expect(log.order).toHaveLength(1);
    expect(Object.values(states()).sort()).toEqual(['done', 'duplicate', 'duplicate']);
    expect(new Set(queue.items.map(({ assetId }) => assetId))).toEqual(new Set(['asset_1']));
  });

  it('sends the twin where the first one fails', async () => {
    const { queue, pass, states } = setup({ fault: ({ path }) => (path === 'one' ? 'unsupported' : null) });
    queue.add([picked('one', 10, 'same'), picked('two', 10, 'same')], 'library_1');
    await pass(1000);
    expect(states()).toEqual({ one: 'failed', two: 'done' });
  });

  it('waits while the server is away, asks seldom, and goes on where it was', async () => {
    const { queue, log, online, pass, states } = setup({ steps: 5 });
    queue.add(
      Array.from({ length: 50 }, (_, i) => picked(`p${i}`)),
      'library_1',
    );
    online.value = false;
    await pass(600_000);
    expect(queue.held?.problem.code).toBe('offline');
    expect(log.tries + log.checks.length).toBeLessThan(60);
    online.value = true;
    queue.nudge();
    await pass(1000);
    expect(new Set(Object.values(states()))).toEqual(new Set(['done']));
  });

  it('gives a file up after eight tries and does not let the others wait for it', async () => {
    const { queue, log, pass, states } = setup({ fault: ({ path }) => (path === 'bad' ? 'broken' : null) });
    queue.add([picked('bad', 1), picked('good', 2)], 'library_1');
    await pass(100);
    expect(states()).toEqual({ bad: 'ready', good: 'done' });
    await pass(180_000);
    expect(states().bad).toBe('failed');
    expect(log.tries).toBe(9);
    const [bad] = queue.items as [Item];
    queue.retry(bad);
    await pass(100);
    expect(log.tries).toBe(10);
  });

  it('stands still when signed out, and goes on after signing in', async () => {
    let signedIn = false;
    const { queue, log, pass, states } = setup({ fault: () => (signedIn ? null : 'signed-out') });
    queue.add([picked('a'), picked('b'), picked('c'), picked('d')], 'library_1');
    await pass(600_000);
    expect(queue.paused).toBe('signed-out');
    expect(log.tries).toBeLessThanOrEqual(3);
    signedIn = true;
    queue.resume();
    await pass(100);
    expect(new Set(Object.values(states()))).toEqual(new Set(['done']));
  });

  it('pauses in the middle of a file and goes on from there', async () => {
    const { queue, pass, partial, states } = setup({ steps: 1000 });
    queue.add([picked('film', 1000)], 'library_1');
    await pass(0);
    queue.pause();
    await pass(10_000);
    const before = [...partial.values()][0] ?? 0;
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(1000);
    expect(states().film).toBe('ready');
    queue.resume();
    await pass(0);
    queue.pause();
    queue.resume();
    for (let i = 0; i < 5; i++) await pass(1000);
    expect(states().film).toBe('done');
  });

  it('cancels one and sends the rest', async () => {
    const { queue, log, pass, states } = setup({ steps: 1000 });
    queue.add([picked('a', 1000), picked('b', 2000)], 'library_1');
    await pass(0);
    queue.cancel(queue.items[0] as Item);
    for (let i = 0; i < 5; i++) await pass(1000);
    expect(states()).toEqual({ a: 'cancelled', b: 'done' });
    expect(log.discarded).toEqual(['a']);
  });

  it('takes a file that is on its way only once, and refuses an empty or too large one at once', async () => {
    const { queue, log, pass, states } = setup();
    queue.maxBytes = 5000;
    expect(queue.add([picked('a'), picked('nothing', 0), picked('huge', 5001)], 'library_1')).toBe(3);
    expect(queue.add([picked('a')], 'library_1')).toBe(0);
    await pass(1000);
    expect(states()).toEqual({ a: 'done', nothing: 'failed', huge: 'failed' });
    expect(log.tries).toBe(1);
    for (const item of [...queue.items]) if (item.path === 'nothing') queue.retry(item);
    expect(states().nothing).toBe('failed');
    queue.clear();
    expect(queue.items).toEqual([]);
  });

  it('brings every file home exactly once through any weather', async () => {
    for (let seed = 1; seed <= 40; seed++) {
      let state = seed;
      const random = () => (state = (state * 48271) % 2147483647) / 2147483647;
      const faults: ProblemCode[] = ['offline', 'busy', 'signed-out', 'broken', 'no-space'];
      const { queue, library, pass } = setup({
        steps: 5,
        fault: (_item, tries) => (tries < 4 && random() < 0.4 ? (faults[Math.floor(random() * 5)] ?? null) : null),
      });
      const contents = Array.from({ length: 60 }, () => `content ${Math.floor(random() * 45)}`);
      queue.add(
        contents.map((content, i) => picked(`p${i}`, 1 + Math.floor(random() * 500), content)),
        'library_1',
      );
      for (let i = 0; i < 60; i++) {
        await pass(random() * 40_000);
        if (random() < 0.3) queue.pause();
        if (queue.paused) queue.resume();
      }
      await pass(600_000);
      if (queue.paused) queue.resume();
      await pass(600_000);
      expect(queue.items.filter(({ status }) => status !== 'done' && status !== 'duplicate')).toEqual([]);
      expect(library.size).toBe(new Set(contents).size);
      expect(queue.items.filter(({ status }) => status === 'done')).toHaveLength(library.size);
    }
  });
});
