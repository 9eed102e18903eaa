/** The names on a Protomaps basemap, the loudest last. */

import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import type { Colours } from '../palette';
import { kinds } from './expressions';

/** A family that the page has loaded; MapLibre draws each letter from it once. */
const FONT = ['Inter Variable'];

type SymbolLayer = Extract<LayerSpecification, { type: 'symbol' }>;

export function names({ label, land, water }: Colours, language: string): LayerSpecification[] {
  const name: ExpressionSpecification = ['coalesce', ['get', `name:${language || 'en'}`], ['get', 'name']];
  const layer = (
    id: string,
    from: string,
    kind: string[],
    size: SymbolLayer['layout'],
    zooms: { minzoom?: number; maxzoom?: number },
    halo = land,
  ): SymbolLayer => ({
    id,
    type: 'symbol',
    source: 'ground',
    'source-layer': from,
    ...zooms,
    filter: kinds(...kind),
    layout: { 'text-field': name, 'text-font': FONT, 'text-max-width': 8, 'text-padding': 6, ...size },
    paint: { 'text-color': label, 'text-halo-color': halo, 'text-halo-width': 1.2 },
  });
  const along = { 'symbol-placement': 'line', 'text-size': 12 } as const;
  const capitals = { 'text-transform': 'uppercase', 'text-letter-spacing': 0.06 } as const;
  // The most people first.
  const rank = { 'symbol-sort-key': ['-', 0, people] as ExpressionSpecification };
  return [
    layer('road-names', 'roads', ['minor_road', 'medium_road', 'major_road', 'highway'], along, { minzoom: 13 }),
    layer('water-names', 'water', ['ocean', 'sea', 'lake', 'bay'], { 'text-size': 12 }, { minzoom: 3 }, water),
    layer('quarters', 'places', ['neighbourhood', 'macrohood'], { 'text-size': 12, ...rank }, { minzoom: 12 }),
    layer('region-names', 'places', ['region'], { 'text-size': 10, ...capitals }, { minzoom: 5, maxzoom: 9 }),
    layer('towns', 'places', ['locality'], { 'text-size': townSize, ...rank }, {}),
    layer('country-names', 'places', ['country'], { 'text-size': 11, ...capitals }, { maxzoom: 9 }),
  ];
}

/** How many people live there, from 0 to 18 or so. */
const people: ExpressionSpecification = ['coalesce', ['get', 'population_rank'], 0];

/** Large cities a little larger from near by. */
const townSize: ExpressionSpecification = [
  'interpolate',
  ['linear'],
  ['zoom'],
  4,
  12,
  12,
  ['case', ['>=', people, 10], 16, 13],
];
