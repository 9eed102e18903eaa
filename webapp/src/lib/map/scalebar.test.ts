import { expect, test } from 'vitest';
import { scaleBar } from './scalebar';

const view = (zoom: number) => ({ x: 0.5, y: 0.5, zoom });

test('at every zoom there is room for its words', () => {
  for (let zoom = 0; zoom <= 19; zoom += 0.05) {
    const { metres, pixels } = scaleBar(view(zoom), 128);
    expect(pixels).toBeGreaterThanOrEqual(63.9);
    expect(pixels).toBeLessThanOrEqual(128);
    expect(String(metres)).toMatch(/^[1235]0*$/);
  }
});
