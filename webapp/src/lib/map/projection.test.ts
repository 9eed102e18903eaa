import { describe, expect, it } from 'vitest';
import { bounds, MAX_LATITUDE, nearestCopy, project, unproject, wrapLongitude } from './projection';

describe('projection', () => {
  it('agrees with the tile numbers that OpenStreetMap publishes for Mercator', () => {
    // Tile of Lisbon at zoom 10, by the formula of the slippy map: x = 486, y = 392.
    const { x, y } = project({ lng: -9.14, lat: 38.72 });
    expect([Math.floor(x * 1024), Math.floor(y * 1024)]).toEqual([486, 392]);
    expect(project({ lng: -180, lat: MAX_LATITUDE }).y).toBeCloseTo(0, 12);
    expect(project({ lng: 0, lat: -90 }).y).toBeCloseTo(1, 12);
  });

  it('goes there and back', () => {
    for (const place of [
      { lng: -9.1393, lat: 38.7223 },
      { lng: 178.44, lat: -18.14 },
      { lng: -179.99, lat: 71.2 },
    ]) {
      const back = unproject(project(place));
      expect(back.lng).toBeCloseTo(place.lng, 10);
      expect(back.lat).toBeCloseTo(place.lat, 10);
    }
  });

  it('knows the same meridian by one name', () => {
    expect([-190, 190, 540, 180, -180].map(wrapLongitude)).toEqual([170, -170, -180, 180, -180]);
    expect(nearestCopy(0.98, 0.02)).toBeCloseTo(-0.02, 12);
  });

  it('bounds places across the antimeridian where that is shorter', () => {
    const fiji = { lng: 178.4, lat: -18.1 };
    const samoa = { lng: -171.8, lat: -13.8 };
    expect(bounds([fiji, samoa])).toEqual({ west: 178.4, south: -18.1, east: -171.8, north: -13.8 });
    expect(
      bounds([
        { lng: -9, lat: 38 },
        { lng: 13, lat: 52 },
      ]),
    ).toEqual({ west: -9, south: 38, east: 13, north: 52 });
    expect(bounds([fiji])).toEqual({ west: 178.4, south: -18.1, east: 178.4, north: -18.1 });
    expect(bounds([])).toBeNull();
  });
});
