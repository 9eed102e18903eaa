/** Words of MapLibre's styles that are said often. */
import type { ExpressionSpecification } from 'maplibre-gl';

/** Features of these kinds. */
export function kinds(...all: string[]): ExpressionSpecification {
  return ['in', ['get', 'kind'], ['literal', all]];
}

/** Grows with the zoom, between pairs of zoom and value. */
export function byZoom(...stops: number[]): ExpressionSpecification {
  return ['interpolate', ['exponential', 1.6], ['zoom'], ...stops] as unknown as ExpressionSpecification;
}
