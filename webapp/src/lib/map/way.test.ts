import { expect, it } from 'vitest';
import { placesOf, wayOf } from './way';

it('lies on the unit square', () => {
  const way = wayOf({ latitudes: [0, 0], longitudes: [-45, 90] });
  expect([...way]).toEqual([0.375, expect.closeTo(0.5), 0.75, expect.closeTo(0.5)]);
});

it('goes on across the antimeridian, there and back, instead of around the world', () => {
  const way = wayOf({ latitudes: [0, 0, 0, 0], longitudes: [179, -179, -178, 179.5] });
  const x = [0, 2, 4, 6].map((i) => (way[i]! - 0.5) * 360);
  expect(x.map((degrees) => Math.round(degrees * 10) / 10)).toEqual([179, 181, 182, 179.5]);
});

it('is as many places as it has points', () => {
  const lines = [
    { latitudes: [1, 2], longitudes: [3, 4] },
    { latitudes: [5], longitudes: [6] },
  ];
  expect(placesOf(lines)).toEqual([
    { lat: 1, lng: 3 },
    { lat: 2, lng: 4 },
    { lat: 5, lng: 6 },
  ]);
});
