/**
 * A quiet style over the layers of the Protomaps basemap (https://docs.protomaps.com/basemaps/layers), in our colours. Letters
 * are drawn by the browser in the font that the app ships: the style names no server of letters.
 */

import type {
  ExpressionSpecification,
  FilterSpecification,
  LayerSpecification,
  StyleSpecification,
  VectorSourceSpecification,
} from 'maplibre-gl';
import type { Colours } from '../palette';
import { byZoom, kinds } from './expressions';
import { names } from './vector-names';

const GREEN = ['park', 'forest', 'wood', 'nature_reserve', 'national_park', 'protected_area', 'garden', 'golf_course'];
const GREENER = [...GREEN, 'cemetery', 'grass', 'grassland', 'scrub', 'meadow'];

export function vectorStyle(
  source: Omit<VectorSourceSpecification, 'type'>,
  colours: Colours,
  language: string,
): StyleSpecification {
  return {
    version: 8,
    sources: { ground: { type: 'vector', ...source } },
    layers: [...surfaces(colours), ...roads(colours), ...borders(colours), ...names(colours, language)],
  };
}

function surfaces({ water, land, green, built }: Colours): LayerSpecification[] {
  const source = 'ground';
  const polygons: ExpressionSpecification = ['==', ['geometry-type'], 'Polygon'];
  return [
    // Where the file ends is no sea.
    { id: 'land', type: 'background', paint: { 'background-color': land } },
    {
      id: 'cover',
      type: 'fill',
      source,
      'source-layer': 'landcover',
      filter: kinds('forest', 'grassland'),
      paint: { 'fill-color': green, 'fill-opacity': ['interpolate', ['linear'], ['zoom'], 4, 0.7, 7, 0] },
    },
    {
      id: 'green',
      type: 'fill',
      source,
      'source-layer': 'landuse',
      minzoom: 6,
      filter: kinds(...GREENER),
      paint: { 'fill-color': green, 'fill-opacity': ['interpolate', ['linear'], ['zoom'], 6, 0, 10, 1] },
    },
    { id: 'water', type: 'fill', source, 'source-layer': 'water', filter: polygons, paint: { 'fill-color': water } },
    {
      id: 'rivers',
      type: 'line',
      source,
      'source-layer': 'water',
      minzoom: 6,
      filter: ['all', ['==', ['geometry-type'], 'LineString'], kinds('river', 'canal', 'stream')],
      paint: { 'line-color': water, 'line-width': byZoom(6, 0.4, 12, 1.2, 18, 8) },
    },
    {
      id: 'buildings',
      type: 'fill',
      source,
      'source-layer': 'buildings',
      minzoom: 14,
      filter: ['all', polygons, kinds('building', 'building_part')],
      paint: { 'fill-color': built, 'fill-opacity': ['interpolate', ['linear'], ['zoom'], 14, 0, 15, 1] },
    },
  ];
}

function roads({ road, border }: Colours): LayerSpecification[] {
  const line = (id: string, minzoom: number, color: string, filter: FilterSpecification, ...width: number[]) =>
    ({
      id,
      type: 'line',
      source: 'ground',
      'source-layer': 'roads',
      minzoom,
      filter,
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': color, 'line-width': byZoom(...width) },
    }) satisfies LayerSpecification;
  return [
    line('paths', 15, road, kinds('path', 'other'), 15, 0.6, 19, 3),
    line('rails', 11, border, kinds('rail'), 11, 0.3, 15, 0.8, 19, 2),
    line('minor', 12, road, kinds('minor_road'), 12, 0.4, 15, 2, 19, 16),
    line('major', 7, road, kinds('medium_road', 'major_road'), 7, 0.4, 12, 1.6, 15, 4, 19, 24),
    line('highways', 5, border, kinds('highway'), 5, 0.3, 9, 1.2, 14, 4, 19, 28),
  ];
}

function borders({ border }: Colours): LayerSpecification[] {
  const layer = { type: 'line', source: 'ground', 'source-layer': 'boundaries' } as const;
  return [
    {
      ...layer,
      id: 'regions',
      minzoom: 4,
      filter: kinds('region'),
      paint: { 'line-color': border, 'line-width': 0.6, 'line-dasharray': [4, 3] },
    },
    {
      ...layer,
      id: 'countries',
      filter: kinds('country'),
      paint: { 'line-color': border, 'line-width': byZoom(2, 0.75, 6, 1.2, 12, 2) },
    },
  ];
}
