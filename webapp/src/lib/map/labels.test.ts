import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import type { City } from './cities';
import { labels, type Label } from './labels';
import { countries } from './outline';
import { project } from './projection';

const file = createRequire(import.meta.url).resolve('world-atlas/countries-110m.json');
const outline = countries(JSON.parse(readFileSync(file, 'utf8')));
const screen = { width: 1200, height: 800 };
/** Letters of 7 pixels. */
const measure = (text: string) => 7 * text.length;

const city = (name: string, population: number, lat: number, lng: number): City => ({
  name,
  population,
  ...project({ lat, lng }),
});
// The largest first, as the server sends them.
const cities = [
  city('Istanbul', 14_804_116, 41.01, 28.95),
  city('London', 8_961_989, 51.51, -0.13),
  city('Madrid', 3_255_944, 40.42, -3.7),
  city('Paris', 2_138_551, 48.85, 2.35),
  city('Boulogne-Billancourt', 108_782, 48.84, 2.24),
  city('Lisbon', 517_802, 38.73, -9.15),
].sort((a, b) => b.population - a.population);

const at = (lat: number, lng: number, zoom: number) => ({ ...project({ lat, lng }), zoom });
const texts = (found: Label[], kind: Label['kind']) =>
  found.filter((label) => label.kind === kind).map(({ text }) => text);

it('names countries from afar and smaller cities from nearer by', () => {
  const world = labels(outline, cities, at(30, 10, 1.6), screen, measure);
  // Where there are countries, Istanbul has no room beside the name of its own.
  expect(texts(world, 'city')).toEqual(['London']);
  expect(texts(labels([], cities, at(30, 10, 1.6), screen, measure), 'city')).toEqual(['Istanbul', 'London']);
  expect(texts(world, 'country')).toContain('RUSSIA');
  expect(texts(world, 'country')).not.toContain('PORTUGAL');
  const iberia = labels(outline, cities, at(40, -4, 5), screen, measure);
  expect(texts(iberia, 'country')).toEqual(expect.arrayContaining(['SPAIN', 'PORTUGAL']));
  expect(texts(iberia, 'city')).toEqual(expect.arrayContaining(['Madrid', 'Lisbon']));
  // Deep inside, the country fills the screen many times over; what was too near to another is named, too.
  const [far, near] = [6, 10].map((zoom) => labels(outline, cities, at(48.85, 2.3, zoom), screen, measure));
  expect(texts(far!, 'country')).toContain('FRANCE');
  expect(texts(far!, 'city')).not.toContain('Boulogne-Billancourt');
  expect(texts(near!, 'country')).toEqual([]);
  expect(texts(near!, 'city')).toEqual(['Paris', 'Boulogne-Billancourt']);
});

it('lays no name over another, at any zoom and across the antimeridian', () => {
  for (let zoom = 1.25; zoom < 7; zoom += 0.25) {
    for (const lng of [-179, -90, 0, 10, 100, 178]) {
      const found = labels(outline, cities, at(45, lng, zoom), screen, measure);
      const boxes = found.map(({ text, side, left, top }) => {
        const width = measure(text);
        if (side === 'middle') return { from: left - width / 2, to: left + width / 2, top };
        return side === 'right'
          ? { from: left - 2, to: left + 6 + width, top }
          : { from: left - 6 - width, to: left + 2, top };
      });
      const over = boxes.flatMap((a, i) =>
        boxes.slice(i + 1).filter((b) => a.to > b.from && b.to > a.from && Math.abs(a.top - b.top) < 14),
      );
      expect(over).toEqual([]);
    }
  }
});

it('writes a name inside of its country', () => {
  for (const [name, west, east, south, north] of [
    // Read off an atlas.
    ['Croatia', 13.5, 19.4, 42.4, 46.6],
    ['Chile', -76, -67, -56, -17.5],
    ['Vietnam', 102.1, 109.5, 8.5, 23.4],
    ['Norway', 5, 31, 58, 71],
    ['Portugal', -9.5, -6.2, 37, 42.2],
  ] as const) {
    const seats = outline.find((country) => country.name === name)?.seats ?? [];
    const [lowest, highest] = [project({ lat: south, lng: 0 }).y, project({ lat: north, lng: 0 }).y];
    expect(seats.length, name).toBeGreaterThan(0);
    for (const { x, y } of seats) {
      const lng = x * 360 - 180;
      expect(lng > west && lng < east && y < lowest && y > highest, `${name} at ${lng}`).toBe(true);
    }
  }
});
