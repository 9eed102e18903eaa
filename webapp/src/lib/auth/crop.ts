/** The square that is cut out of a picture. */

export interface Square {
  x: number;
  y: number;
  size: number;
}

/** Closest that one can come. */
export const MOST_ZOOM = 4;

/** The square around a middle, told in parts of the picture, as large as the zoom leaves it; moved so that it lies within. */
export function square(width: number, height: number, zoom: number, middle: { x: number; y: number }): Square {
  const size = Math.min(width, height) / Math.min(Math.max(zoom, 1), MOST_ZOOM);
  const within = (at: number, whole: number) => Math.min(Math.max(at * whole - size / 2, 0), whole - size);
  return { x: within(middle.x, width), y: within(middle.y, height), size };
}

/** The middle after the picture was dragged by so many pixels of a view of this width. */
export function dragged(
  width: number,
  height: number,
  zoom: number,
  middle: { x: number; y: number },
  by: { x: number; y: number },
  view: number,
): { x: number; y: number } {
  const { x, y, size } = square(width, height, zoom, middle);
  const step = size / view;
  const moved = { x: (x + size / 2 - by.x * step) / width, y: (y + size / 2 - by.y * step) / height };
  const next = square(width, height, zoom, moved);
  return { x: (next.x + next.size / 2) / width, y: (next.y + next.size / 2) / height };
}
