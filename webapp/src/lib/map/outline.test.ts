import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { countries } from './outline';

const file = createRequire(import.meta.url).resolve('world-atlas/countries-110m.json');

it('decodes the atlas: countries lie where they lie', () => {
  const outline = countries(JSON.parse(readFileSync(file, 'utf8')));
  expect(outline.length).toBe(177);
  const portugal = outline.find(({ name }) => name === 'Portugal')?.main;
  // Cabo da Roca 9.5° W; Miranda do Douro 6.2° W.
  expect((portugal?.left ?? 0) * 360 - 180).toBeCloseTo(-9.5, 0);
  expect((portugal?.right ?? 0) * 360 - 180).toBeCloseTo(-6.2, 0);
  // Both cross the antimeridian and must not be torn across the world.
  const russia = outline.find(({ name }) => name === 'Russia')?.main;
  expect((russia?.right ?? 0) * 360 - 180).toBeCloseTo(190.3, 0);
  const fiji = outline.find(({ name }) => name === 'Fiji');
  for (const { left, right } of fiji?.rings ?? []) expect(right - left).toBeLessThan(0.01);
  // The pole is closed, so that Antarctica reaches the foot of the map.
  expect(outline.find(({ name }) => name === 'Antarctica')?.main.bottom).toBeCloseTo(1, 6);
});
