/** Colours in the form that MapLibre reads. */
import type { Colours } from '../palette';

/** Paints each colour and looks at it: MapLibre knows nothing of `oklch(…)`. */
export function readable(colours: Colours): Colours {
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  if (!context) return colours;
  const read = (colour: string) => {
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
    return `rgb(${red}, ${green}, ${blue})`;
  };
  const pairs = Object.entries(colours).map(([name, colour]) => [name, read(colour)]);
  return Object.fromEntries(pairs) as Colours;
}
