/** A style for files that hold pictures: drawn as they are. */

import type { RasterSourceSpecification, StyleSpecification } from 'maplibre-gl';
import type { Colours } from '../palette';

export function pictureStyle(
  source: Omit<RasterSourceSpecification, 'type' | 'tileSize'>,
  { water }: Colours,
): StyleSpecification {
  return {
    version: 8,
    sources: { ground: { type: 'raster', tileSize: 256, ...source } },
    layers: [
      { id: 'nothing', type: 'background', paint: { 'background-color': water } },
      { id: 'ground', type: 'raster', source: 'ground' },
    ],
  };
}
