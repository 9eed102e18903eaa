import { describe, expect, it } from 'vitest';
import { Presence } from './presence.svelte';

/** A server that is switched off and on, and a clock that is turned by hand. */
function setup() {
  const alarms = new Set<{ at: number; run: () => void }>();
  const asked: number[] = [];
  const server = { on: true };
  let now = 0;
  const presence = new Presence({
    ask: () => {
      asked.push(now);
      return Promise.resolve(server.on);
    },
    later(wait, run) {
      const alarm = { at: now + wait, run };
      alarms.add(alarm);
      return () => alarms.delete(alarm);
    },
  });

  async function pass(milliseconds: number) {
    const end = now + milliseconds;
    for (;;) {
      for (let i = 0; i < 10; i++) await Promise.resolve();
      const [next] = [...alarms].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!next) break;
      alarms.delete(next);
      now = next.at;
      next.run();
    }
    now = end;
  }

  return { presence, server, asked, alarms, pass };
}

describe('whether the server is there', () => {
  it('asks before it believes in a fault, and says nothing where there is an answer', async () => {
    const { presence, asked, alarms, pass } = setup();
    presence.missed();
    presence.missed();
    await pass(60_000);
    expect(presence.away).toBe(false);
    expect([asked, alarms.size]).toEqual([[0], 0]);
  });

  it('asks again and again, seldom enough, until there is an answer', async () => {
    const { presence, server, asked, alarms, pass } = setup();
    server.on = false;
    presence.missed();
    await pass(20_000);
    expect(presence.away).toBe(true);
    expect(asked).toEqual([0, 1000, 3000, 7000, 12_000, 17_000]);
    server.on = true;
    await pass(5000);
    expect([presence.away, alarms.size]).toEqual([false, 0]);
  });

  it('learns from the answers that others get, and asks at once when it is told to', async () => {
    const { presence, server, asked, alarms, pass } = setup();
    server.on = false;
    presence.missed();
    await pass(10);
    presence.heard();
    expect([presence.away, alarms.size]).toEqual([false, 0]);
    presence.missed();
    await pass(10);
    server.on = true;
    presence.nudge();
    await pass(0);
    expect([presence.away, asked.length]).toEqual([false, 3]);
  });

  it('keeps what failed until the server is back, then does it at once and once', async () => {
    const { presence, server, pass } = setup();
    const done: string[] = [];
    server.on = false;
    presence.missed();
    presence.again(300, () => done.push('due while it was away'));
    presence.again(90_000, () => done.push('not due yet'));
    presence.again(300, () => done.push('called off'))();
    await pass(20_000);
    expect(done).toEqual([]);
    server.on = true;
    await pass(5000);
    expect(done).toEqual(['due while it was away', 'not due yet']);
    await pass(100_000);
    expect(done).toHaveLength(2);
  });

  it('only waits where the server is there', async () => {
    const { presence, pass } = setup();
    let done = 0;
    presence.again(300, () => done++);
    await pass(299);
    expect(done).toBe(0);
    await pass(1);
    expect(done).toBe(1);
  });
});
