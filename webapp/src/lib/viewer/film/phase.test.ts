import { describe, expect, it } from 'vitest';
import { after, begun, failed, failureOf, running, type Happening, type Phase } from './phase';

const run = (...happenings: Happening[]) => happenings.reduce<Phase>(after, 'poster');

describe('a film', () => {
  it('goes from its poster to its end and again', () => {
    const story: [Happening, Phase][] = [
      ['play', 'starting'],
      ['waits', 'starting'],
      ['runs', 'playing'],
      ['waits', 'waiting'],
      ['runs', 'playing'],
      ['pause', 'paused'],
      ['moved', 'paused'],
      ['play', 'waiting'],
      ['runs', 'playing'],
      ['pause', 'paused'],
      ['ends', 'ended'],
      ['play', 'waiting'],
      ['moved', 'waiting'],
      ['runs', 'playing'],
    ];
    let phase: Phase = 'poster';
    for (const [happening, wanted] of story) expect((phase = after(phase, happening)), happening).toBe(wanted);
  });

  it('does nothing by itself: what the browser tells without a wish changes nothing', () => {
    for (const told of [
      'pause',
      'runs',
      'waits',
      'ends',
      'moved',
      'fails',
      'unplayable',
      'away',
      'cut',
      'unmade',
    ] as const)
      expect(after('poster', told), told).toBe('poster');
  });

  it('shows its poster again when it is stopped before its first picture', () => {
    expect(run('play', 'pause')).toBe('poster');
  });

  it('can be wound back from its end', () => {
    expect(run('play', 'runs', 'ends', 'moved')).toBe('paused');
  });

  it('is tried again where its bytes did not come, and never where its kind is unknown', () => {
    expect(run('play', 'fails', 'away', 'play')).toBe('starting');
    expect(run('play', 'runs', 'fails', 'cut', 'pause', 'runs', 'play')).toBe('starting');
    expect(run('play', 'fails', 'unplayable', 'play', 'runs')).toBe('unplayable');
    expect(run('play', 'unplayable', 'pause')).toBe('unplayable');
  });

  it('stays failed while the reason is asked for, whatever the browser and people do', () => {
    for (const before of [[], ['runs'], ['runs', 'waits'], ['runs', 'pause'], ['runs', 'ends']] as Happening[][])
      expect(run('play', ...before, 'fails', 'pause', 'waits', 'play', 'ends', 'moved'), before.join()).toBe('failing');
  });

  it('is on screen, under way or failed', () => {
    const phases: Phase[] = [
      'poster',
      'starting',
      'playing',
      'waiting',
      'paused',
      'ended',
      'unplayable',
      'away',
      'cut',
      'unmade',
    ];
    expect(phases.filter(begun)).toEqual(['playing', 'waiting', 'paused', 'ended']);
    expect(phases.filter(running)).toEqual(['starting', 'playing', 'waiting']);
    expect(phases.filter(failed)).toEqual(['unplayable', 'away', 'cut', 'unmade']);
  });
});

describe('why a film fails', () => {
  it.each([
    // MediaError code, status of the same file, why
    [4, 503, 'away'],
    [4, 404, 'away'],
    [2, 503, 'away'],
    [4, 200, 'unplayable'],
    [3, 200, 'unplayable'],
    [2, 200, 'cut'],
    [4, 401, 'cut'],
    [4, 500, 'cut'],
    [4, null, 'cut'],
  ] as const)('code %s with status %s: %s', (code, status, why) => {
    expect(failureOf(code, status)).toBe(why);
  });
});
