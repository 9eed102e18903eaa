/** Draws the outline on a canvas. Only what is on screen is walked, so that each frame of a drag is cheap. */

import type { Cities } from './cities';
import { DOT, DOT_GAP, labels, type Label, type LabelKind, type Measure } from './labels';
import type { Outline, Ring } from './outline';
import { scaleOf, type Screen, type View } from './view';

export interface Palette {
  water: string;
  land: string;
  border: string;
  label: string;
  fonts: Record<LabelKind, string>;
}

/** What lies on the ground. */
export interface Land {
  outline: Outline;
  /** None until they have come. */
  cities: Cities;
}

/** Paints water, land and borders, and the names of countries and large cities where there is room. */
export function draw(
  context: CanvasRenderingContext2D,
  { outline, cities }: Land,
  view: View,
  screen: Screen,
  palette: Palette,
): void {
  context.fillStyle = palette.water;
  context.fillRect(0, 0, screen.width, screen.height);
  context.lineJoin = 'round';
  context.lineWidth = view.zoom < 2 ? 0.75 : 1;
  for (const copy of visibleCopies(view, screen)) {
    const seen = outline.flatMap((country) => country.rings.filter((ring) => onScreen(ring, view, screen, copy)));
    context.fillStyle = palette.land;
    context.strokeStyle = palette.border;
    trace(context, seen, view, screen, copy);
    context.fill();
    context.stroke();
  }
  write(context, labels(outline, cities, view, screen, measurer(context, palette)), palette);
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

/** Writes names, with an edge of the land's colour so that borders do not cross them out. */
function write(context: CanvasRenderingContext2D, names: readonly Label[], palette: Palette): void {
  context.textBaseline = 'middle';
  context.lineWidth = 3;
  context.strokeStyle = palette.land;
  context.fillStyle = palette.label;
  for (const { text, kind, side, left, top } of names) {
    context.font = palette.fonts[kind];
    context.textAlign = ALIGN[side];
    const from = left + (side === 'right' ? DOT_GAP : side === 'left' ? -DOT_GAP : 0);
    context.strokeText(text, from, top);
    context.fillText(text, from, top);
    if (kind === 'city') dot(context, left, top);
  }
}

/** A name on the right of its dot begins there. */
const ALIGN = { right: 'left', left: 'right', middle: 'center' } as const;

function dot(context: CanvasRenderingContext2D, left: number, top: number): void {
  context.beginPath();
  context.arc(left, top, DOT, 0, 2 * Math.PI);
  context.fill();
}

/** Remembers widths, for the same names are measured in each frame. */
function measurer(context: CanvasRenderingContext2D, { fonts }: Palette): Measure {
  return (text, kind) => {
    const key = `${fonts[kind]}\n${text}`;
    let width = widths.get(key);
    if (width === undefined) {
      context.font = fonts[kind];
      width = context.measureText(text).width;
      // Before the letters have come, others are measured in their place.
      if (document.fonts.status === 'loaded') widths.set(key, width);
    }
    return width;
  };
}

const widths = new Map<string, number>();
