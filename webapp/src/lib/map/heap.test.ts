import { expect, it } from 'vitest';
import { atOneSpot, boxAround, photosOf, reachOf } from './heap';
import type { Spot } from './markers';

const photo = (n: number, lat: number, lng: number): Spot => ({
  lat,
  lng,
  count: 1,
  coverId: `asset_${n}`,
  coverTag: 1,
});
const cell = (index: string, count: number, lat: number, lng: number): Spot => ({
  ...photo(0, lat, lng),
  count,
  cell: index,
});

it('tells photographs of one spot from those that a zoom takes apart', () => {
  // One thousandth of a degree is 111 metres.
  expect(atOneSpot([photo(1, 38.72, -9.14), photo(2, 38.72, -9.14)])).toBe(true);
  expect(atOneSpot([photo(1, 38.72, -9.14), photo(2, 38.7201, -9.14)])).toBe(true);
  expect(atOneSpot([photo(1, 38.72, -9.14), photo(2, 38.721, -9.14)])).toBe(false);
  expect(atOneSpot([photo(1, 0, 179.99999), photo(2, 0, -179.99999)])).toBe(true);
  expect(atOneSpot([])).toBe(false);
  // Nobody knows how what a cell stands for lies in it.
  expect(atOneSpot([cell('8928308280fffff', 2, 38.72, -9.14)])).toBe(false);
});

/** Edges as H3's table states them: resolution 5 has 9.85 km, 9 has 0.2 km. */
it('knows from its index how far a cell reaches', () => {
  expect(reachOf('85283473fffffff') / 9854).toBeCloseTo(2.4, 1);
  expect(reachOf('8928308280fffff') / 200).toBeCloseTo(2.4, 1);
  expect(reachOf(undefined)).toBe(0);
});

it('draws a box around all that cells may stand for, also across the antimeridian', () => {
  const box = boxAround([cell('85283473fffffff', 3, 60, 179.9)]);
  expect(box?.north).toBeCloseTo(60.21, 1);
  expect(box?.west).toBeGreaterThan(179);
  expect(box?.east).toBeLessThan(-179);
});

it('takes a heap apart in a few looks', async () => {
  const three = [1, 2, 3].map((n) => photo(n, 38.72, -9.14));
  const answers = [[cell('8928308280fffff', 3, 38.72, -9.14)], three];
  const asked: number[] = [];
  const found = await photosOf([cell('83283473fffffff', 3, 38.9, -9.2)], (box) => {
    asked.push(box.north - box.south);
    return Promise.resolve(answers.shift() ?? []);
  });
  expect(found).toEqual(three);
  expect(asked).toHaveLength(2);
  expect(asked[1]).toBeLessThan(asked[0]! / 100);
});

it('asks for nothing where the photographs are there, and gives up where others lie among them', async () => {
  const two = [photo(1, 1, 1), photo(2, 1, 1)];
  expect(await photosOf(two, () => Promise.reject(new Error('asked')))).toBe(two);
  const heap = [cell('83283473fffffff', 3, 1, 1)];
  expect(await photosOf(heap, () => Promise.resolve([...two, photo(3, 1, 1), photo(4, 1.2, 1)]))).toBeNull();
  let looks = 0;
  const stubborn = await photosOf(heap, () => Promise.resolve(++looks < 20 ? heap : []));
  expect(stubborn).toBeNull();
  expect(looks).toBeLessThan(10);
});
