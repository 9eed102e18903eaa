/** The keys that move a map. */
import type { Camera } from './camera.svelte';

const STEP = 80;

export function mapKeys(camera: Camera): Record<string, () => void> {
  return {
    ArrowLeft: () => camera.pan(STEP, 0),
    ArrowRight: () => camera.pan(-STEP, 0),
    ArrowUp: () => camera.pan(0, STEP),
    ArrowDown: () => camera.pan(0, -STEP),
    '+': () => camera.step(1),
    '=': () => camera.step(1),
    '-': () => camera.step(-1),
  };
}
