import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { expect, it } from 'vitest';
import type { Colours } from '../palette';
import { failureOf, OtherLayers } from './failure';
import { creditsOf, hasLayers } from './layers';
import { pictureStyle } from './picture-style';
import { vectorStyle } from './vector-style';

const grey = 'rgb(120, 120, 120)';
const colours: Colours = {
  water: grey,
  land: grey,
  border: grey,
  label: grey,
  green: grey,
  road: grey,
  built: grey,
};
const tiles = ['pmtiles://http://localhost/map/ground.pmtiles/{z}/{x}/{y}'];
// Of https://docs.protomaps.com/basemaps/layers.
const SCHEMA = ['boundaries', 'buildings', 'earth', 'landcover', 'landuse', 'places', 'pois', 'roads', 'water'];

it('our styles are what MapLibre reads, over the layers of the schema', () => {
  const style = vectorStyle({ tiles, minzoom: 0, maxzoom: 15, encoding: 'mvt' }, colours, 'en');
  expect(validateStyleMin(style).map(({ message }) => message)).toEqual([]);
  const used = style.layers.flatMap((layer) => ('source-layer' in layer ? (layer['source-layer'] ?? []) : []));
  expect(used.filter((layer) => !SCHEMA.includes(layer))).toEqual([]);
  expect(new Set(style.layers.map(({ id }) => id)).size).toBe(style.layers.length);
  expect(validateStyleMin(pictureStyle({ tiles, minzoom: 0, maxzoom: 9 }, colours))).toEqual([]);
});

it('our styles ask no server for letters or symbols', () => {
  const style = vectorStyle({ tiles }, colours, 'en');
  expect([style.glyphs, style.sprite, style['font-faces' as keyof typeof style]]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(JSON.stringify(style.layers)).not.toMatch(/https?:/);
});

it('a file of other layers is known as such, one that does not list them is believed', () => {
  const layers = (...ids: string[]) => ({ vector_layers: ids.map((id) => ({ id })) });
  expect(hasLayers(layers('boundaries', 'earth', 'places', 'roads', 'water'))).toBe(true);
  // OpenMapTiles
  expect(hasLayers(layers('place', 'transportation', 'water', 'waterway'))).toBe(false);
  expect(hasLayers({})).toBe(true);
  expect(hasLayers(null)).toBe(true);
  expect(creditsOf({ attribution: '© OpenStreetMap' })).toEqual(['© OpenStreetMap']);
  expect(creditsOf({ attribution: 3 })).toEqual([]);
});

it('says why a ground could not be laid', () => {
  const noWebGl = Object.assign(new Error('no'), { name: 'GPUInitializationError' });
  expect(failureOf(noWebGl, 'style')).toBe('webgl');
  expect(failureOf(new OtherLayers(), 'file')).toBe('layers');
  expect(failureOf(new TypeError('Failed to fetch'), 'file')).toBe('file');
  expect(failureOf('odd', 'style')).toBe('style');
});
