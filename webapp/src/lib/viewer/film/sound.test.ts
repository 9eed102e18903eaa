import { describe, expect, it } from 'vitest';
import { LOUD, silent, soundOf, switched, turned } from './sound';

describe('the sound of films', () => {
  it('is loud where nothing usable was kept', () => {
    for (const kept of [null, undefined, 7, 'x', {}, { volume: 3 }, { volume: '1', muted: 'yes' }])
      expect(soundOf(kept)).toEqual(LOUD);
    expect(soundOf({ volume: 0.3, muted: true })).toEqual({ volume: 0.3, muted: true });
  });

  it('comes back as loud as it was, and is heard even where it was turned down to nothing', () => {
    expect(switched(switched(turned(0.3)))).toEqual(turned(0.3));
    expect(silent(turned(0))).toBe(true);
    expect(switched(turned(0))).toEqual({ volume: 0.5, muted: false });
  });

  it('is switched on by turning it', () => {
    expect(turned(2)).toEqual({ volume: 1, muted: false });
    expect(silent(turned(0.1))).toBe(false);
  });
});
