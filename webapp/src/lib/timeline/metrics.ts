/** The measures of the grid for a width of the screen. */
import type { Metrics } from './layout';

export const PHONE = 720;

export function metricsFor(width: number): Metrics {
  if (width < PHONE) {
    return { width, rowHeight: Math.round(width * 0.29), gap: 2, header: 44, below: 6, beside: 10, narrowest: 128 };
  }
  const rowHeight = Math.round(Math.min(300, Math.max(170, width * 0.09 + 85)));
  return { width, rowHeight, gap: 4, header: 56, below: 12, beside: 20, narrowest: 164 };
}
