import { describe, expect, it } from 'vitest';
import { clamp, fit, FITTED, limits, rendition, toggled, wantsMore, wheelFactor, zoomAt } from './zoom';

const stage = { width: 1440, height: 900 };

describe('zoom', () => {
  it('fits wide pictures by width and tall ones by height', () => {
    expect(fit(stage, 2)).toEqual({ width: 1440, height: 720 });
    expect(fit(stage, 0.5)).toEqual({ width: 450, height: 900 });
    expect(fit({ width: 0, height: 0 }, 1.5)).toEqual({ width: 0, height: 0 });
  });

  it('goes up to the picture’s own pixels, and at least twice the fitted size', () => {
    const fitted = fit(stage, 1.5);
    expect(limits(fitted, { width: 6000, height: 4000 }).max).toBeCloseTo(6000 / 1350);
    expect(limits(fitted, { width: 300, height: 200 }).max).toBe(2);
    expect(limits(fitted, null)).toEqual({ full: 1, max: 2 });
  });

  it('keeps what lies under the pointer in its place', () => {
    const before = { scale: 1.5, x: 40, y: -25 };
    const at = { x: 210, y: 96 };
    const after = zoomAt(before, at, 4);
    const spot = (view: typeof before) => ({ x: (at.x - view.x) / view.scale, y: (at.y - view.y) / view.scale });
    expect(spot(after).x).toBeCloseTo(spot(before).x, 9);
    expect(spot(after).y).toBeCloseTo(spot(before).y, 9);
  });

  it('never shows black on one side while the picture is wider than the stage', () => {
    const fitted = fit(stage, 1.5);
    const view = clamp({ scale: 3, x: 9999, y: -9999 }, stage, fitted, 4);
    expect(view.x).toBe((1350 * 3 - 1440) / 2);
    expect(view.y).toBe(-(900 * 3 - 900) / 2);
    expect(clamp({ scale: 0.2, x: 50, y: 50 }, stage, fitted, 4)).toEqual(FITTED);
    expect(clamp({ scale: 99, x: 0, y: 0 }, stage, fitted, 4).scale).toBe(4);
  });

  it('toggles between the whole and the pixels', () => {
    expect(toggled({ scale: 3, x: 5, y: 5 }, { x: 0, y: 0 }, { full: 4, max: 4 })).toEqual(FITTED);
    expect(toggled(FITTED, { x: 0, y: 0 }, { full: 3.3, max: 3.3 }).scale).toBe(3.3);
    expect(toggled(FITTED, { x: 0, y: 0 }, { full: 11, max: 11 }).scale).toBe(5);
  });

  it('asks for more pixels only when a rendition runs out of them', () => {
    const fitted = { width: 1350, height: 900 };
    expect(wantsMore({ scale: 1, x: 0, y: 0 }, fitted, 900, 2)).toBe(false);
    expect(wantsMore({ scale: 1.2, x: 0, y: 0 }, fitted, 2160, 1)).toBe(false);
    expect(wantsMore({ scale: 2, x: 0, y: 0 }, fitted, 2160, 1)).toBe(true);
    expect(rendition({ width: 6000, height: 4000 }, 1440)).toEqual({ width: 2160, height: 1440 });
    expect(rendition({ width: 800, height: 600 }, 1440)).toEqual({ width: 800, height: 600 });
  });

  it('undoes a wheel step with the opposite one', () => {
    expect(wheelFactor(100, 0) * wheelFactor(-100, 0)).toBeCloseTo(1, 12);
    expect(wheelFactor(-3, 1)).toBeGreaterThan(1);
  });
});
