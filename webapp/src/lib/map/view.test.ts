import { describe, expect, it } from 'vitest';
import { project } from './projection';
import {
  between,
  boxOf,
  contains,
  fitted,
  heaviest,
  MAX_ZOOM,
  minZoom,
  panned,
  read,
  settle,
  toPlace,
  toScreen,
  worldView,
  written,
  zoomedAt,
} from './view';

const screen = { width: 1200, height: 800 };
const at = (lng: number, lat: number, zoom: number) => ({ ...project({ lng, lat }), zoom });

describe('map view', () => {
  it('begins where the most is, also across the antimeridian', () => {
    const place = (lng: number, count: number) => ({ lng, count });
    expect(heaviest([place(-122, 90), place(2, 40), place(13, 40), place(151, 5)], 60)).toBe(-122);
    expect(heaviest([place(-122, 60), place(2, 40), place(13, 40), place(151, 5)], 60)).toBe(7.5);
    expect(heaviest([place(178, 3), place(-178, 3), place(0, 5)], 20)).toBe(180);
    expect(heaviest([], 60)).toBeNull();
  });

  it('begins on a tall screen without the ice in the south, and with all that is inhabited', () => {
    const phone = { width: 390, height: 724 };
    const box = boxOf(worldView(phone), phone);
    expect(box.south).toBeGreaterThan(-60);
    expect(box.south).toBeLessThan(-55);
    expect(box.north).toBeGreaterThan(75);
    // As far as the world covers a wide one.
    expect(worldView(screen).zoom).toBeGreaterThanOrEqual(minZoom(screen));
  });

  it('holds the place under the pointer while zooming', () => {
    const view = at(-9.14, 38.72, 6);
    const pixel = { left: 900, top: 200 };
    const before = toPlace(view, screen, pixel);
    const after = toPlace(zoomedAt(view, screen, pixel, 9.3), screen, pixel);
    expect(after.lng).toBeCloseTo(before.lng, 9);
    expect(after.lat).toBeCloseTo(before.lat, 9);
  });

  it('keeps the world over the screen', () => {
    const far = settle({ x: 3.25, y: -2, zoom: -5 }, screen);
    expect(far.zoom).toBe(minZoom(screen));
    expect(far.x).toBeCloseTo(0.25);
    expect(boxOf(far, screen).north).toBeCloseTo(85.0511, 3);
    expect(settle(at(0, 0, 40), screen).zoom).toBe(MAX_ZOOM);
  });

  it('puts a place on its near side of the antimeridian', () => {
    const view = at(179.5, -17, 6);
    const { left } = toScreen(view, screen, { lng: -179.5, lat: -17 });
    expect(left - 600).toBeCloseTo((512 * 64) / 360, 6);
    const box = boxOf(view, screen);
    expect(box.west).toBeGreaterThan(box.east);
    expect(contains(box, { west: 179, east: -179, south: -18, north: -16 })).toBe(true);
    expect(contains(box, { west: -179, east: 179, south: -18, north: -16 })).toBe(false);
  });

  it('goes round the world when dragged', () => {
    const view = panned(at(179.9, 0, 5), screen, -200, 0);
    expect(view.x).toBeGreaterThan(0);
    expect(view.x).toBeLessThan(0.05);
  });

  it('asks for the whole world when that is on screen', () => {
    expect(boxOf(at(100, 10, minZoom(screen)), screen)).toMatchObject({ west: -180, east: 180 });
    expect(
      contains({ west: -180, east: 180, south: -90, north: 90 }, { west: 170, east: -170, south: 0, north: 1 }),
    ).toBe(true);
  });

  it('fits a box with room around it, also across the antimeridian', () => {
    const view = fitted({ west: 176, east: -178, south: -20, north: -12 }, screen);
    for (const [lng, lat] of [
      [176, -20],
      [-178, -12],
    ] as const) {
      const { left, top } = toScreen(view, screen, { lng, lat });
      expect(left).toBeGreaterThanOrEqual(71);
      expect(left).toBeLessThanOrEqual(1129);
      expect(top).toBeGreaterThanOrEqual(71);
      expect(top).toBeLessThanOrEqual(729);
    }
    expect(fitted({ west: 5, east: 5, south: 50, north: 50 }, screen).zoom).toBe(12);
  });

  it('flies from one view to the other and ends there exactly', () => {
    const from = at(-9, 38, 3);
    const to = at(-9.14, 38.72, 11);
    const end = between(from, to, 1);
    expect(end.x).toBeCloseTo(to.x, 12);
    expect(end.zoom).toBe(11);
    expect(between(from, at(10, 38, 3), 0.5).x).toBeCloseTo((from.x + project({ lng: 10, lat: 38 }).x) / 2, 12);
  });

  it('writes itself into the address and reads itself back', () => {
    const view = at(-9.13933, 38.72225, 13.25);
    const back = read(written(view));
    expect(back?.zoom).toBe(13.25);
    expect(back?.x).toBeCloseTo(view.x, 6);
    for (const wrong of [null, '', '1,2', '91,0,3', 'a,b,c', '1,2,3,4']) expect(read(wrong)).toBeNull();
  });
});
