/** Draws the outline on a canvas. Only what is on screen is walked, so that each frame of a drag is cheap. */

import type { Outline, Ring } from './outline';
import { scaleOf, type Screen, type View } from './view';

export interface Palette {
  water: string;
  land: string;
  border: string;
  label: string;
  font: string;
}

/** Paints water, land, borders and, where there is room, the names of countries. */
export function draw(
  context: CanvasRenderingContext2D,
  outline: Outline,
  view: View,
  screen: Screen,
  palette: Palette,
  names = true,
): void {
  context.fillStyle = palette.water;
  context.fillRect(0, 0, screen.width, screen.height);
  const copies = visibleCopies(view, screen);
  context.lineJoin = 'round';
  context.lineWidth = view.zoom < 2 ? 0.75 : 1;
  for (const copy of copies) {
    const seen = outline.flatMap((country) => country.rings.filter((ring) => onScreen(ring, view, screen, copy)));
    context.fillStyle = palette.land;
    context.strokeStyle = palette.border;
    trace(context, seen, view, screen, copy);
    context.fill();
    context.stroke();
  }
  if (!names) return;
  context.fillStyle = palette.label;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const copy of copies) label(context, outline, view, screen, copy, palette.font);
}

/** Whole worlds that reach into the screen, and one more on each side for what crosses the antimeridian. */
export function visibleCopies(view: View, screen: Screen): number[] {
  const half = screen.width / 2 / scaleOf(view.zoom);
  const copies: number[] = [];
  for (let copy = Math.floor(view.x - half) - 1; copy <= Math.floor(view.x + half) + 1; copy++) copies.push(copy);
  return copies;
}

function onScreen(ring: Ring, view: View, screen: Screen, copy: number): boolean {
  const scale = scaleOf(view.zoom);
  const halfX = screen.width / 2 / scale;
  const halfY = screen.height / 2 / scale;
  const x = view.x - copy;
  const large = Math.max(ring.right - ring.left, ring.bottom - ring.top) * scale > 0.7;
  return (
    large &&
    ring.right >= x - halfX &&
    ring.left <= x + halfX &&
    ring.bottom >= view.y - halfY &&
    ring.top <= view.y + halfY
  );
}

/** Lays rings as one path. */
function trace(
  context: CanvasRenderingContext2D,
  rings: readonly Ring[],
  view: View,
  screen: Screen,
  copy: number,
): void {
  const scale = scaleOf(view.zoom);
  const moveX = screen.width / 2 - (view.x - copy) * scale;
  const moveY = screen.height / 2 - view.y * scale;
  context.beginPath();
  for (const { points } of rings) {
    context.moveTo((points[0] ?? 0) * scale + moveX, (points[1] ?? 0) * scale + moveY);
    for (let i = 2; i < points.length; i += 2) {
      context.lineTo((points[i] ?? 0) * scale + moveX, (points[i + 1] ?? 0) * scale + moveY);
    }
  }
}

/** Names whose country is clearly wider than they are, from the largest on, none over another. */
function label(
  context: CanvasRenderingContext2D,
  outline: Outline,
  view: View,
  screen: Screen,
  copy: number,
  font: string,
): void {
  const scale = scaleOf(view.zoom);
  const taken: DOMRect[] = [];
  const ordered = outline.filter(
    ({ main }) => (main.right - main.left) * scale > 56 && onScreen(main, view, screen, copy),
  );
  ordered.sort((a, b) => b.main.right - b.main.left - (a.main.right - a.main.left));
  context.font = font;
  for (const { name, main } of ordered) {
    const text = name.toUpperCase();
    const width = context.measureText(text).width + 12;
    if ((main.right - main.left) * scale < width || (main.bottom - main.top) * scale < 20) continue;
    const x = ((main.left + main.right) / 2 - view.x + copy) * scale + screen.width / 2;
    const y = ((main.top + main.bottom) / 2 - view.y) * scale + screen.height / 2;
    const box = new DOMRect(x - width / 2, y - 9, width, 18);
    if (
      taken.some(
        (other) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom,
      )
    )
      continue;
    taken.push(box);
    context.fillText(text, x, y);
  }
}
