import { expect, it } from 'vitest';
import { merged, placed } from './markers';
import { project } from './projection';
import { scaleBar } from './scalebar';

const spot = (lng: number, lat: number, count: number, coverId = `asset_${lng}_${lat}`) => ({
  lng,
  lat,
  count,
  coverId,
  coverTag: 1,
});

it('joins what would overlap, loses no photograph and separates it when zoomed in', () => {
  const spots = [spot(-9.14, 38.72, 5), spot(-9.15, 38.73, 40), spot(13.4, 52.5, 7)];
  const far = merged(spots, 3, 56);
  expect(far.map(({ count }) => count).sort((a, b) => a - b)).toEqual([7, 45]);
  expect(far.find(({ count }) => count === 45)).toMatchObject({
    coverId: 'asset_-9.15_38.73',
    box: { west: -9.15, east: -9.14 },
  });
  expect(merged(spots, 14, 56)).toHaveLength(3);
});

it('leaves no two circles closer than the gap, also across the antimeridian', () => {
  const spots = Array.from({ length: 400 }, (_, i) =>
    spot(((i * 37) % 360) - 180 + 0.5, ((i * 23) % 120) - 60, (i % 9) + 1),
  );
  const zoom = 1.3;
  const markers = merged(spots, zoom, 60);
  expect(markers.reduce((sum, { count }) => sum + count, 0)).toBe(spots.reduce((sum, { count }) => sum + count, 0));
  const world = 512 * 2 ** zoom;
  const at = markers.map((marker) => project(marker));
  for (const [i, a] of at.entries()) {
    for (const b of at.slice(i + 1)) {
      const dx = Math.abs(a.x - b.x);
      expect(Math.hypot(Math.min(dx, 1 - dx), a.y - b.y) * world).toBeGreaterThanOrEqual(60 - 1e-6);
    }
  }
});

it('places only what is on screen', () => {
  const view = { ...project({ lng: 0, lat: 0 }), zoom: 6 };
  const markers = merged([spot(0.5, 0.5, 1), spot(90, 0, 1)], 6, 56);
  expect(placed(markers, view, { width: 800, height: 600 })).toHaveLength(1);
});

it('measures with a round distance', () => {
  const { metres, pixels } = scaleBar({ ...project({ lng: 0, lat: 60 }), zoom: 10 }, 120);
  expect(metres).toBe(3000);
  expect(pixels).toBeCloseTo(3000 / ((40_075_016.686 * 0.5) / (512 * 1024)), 1);
});
