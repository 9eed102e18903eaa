/**
 * The viewer's zoom as plain numbers. A picture is fitted into a stage; on top of that lies a view:
 * a scale (1 = fitted) and the offset of the picture's centre from the stage's, in CSS pixels.
 */

export interface Size {
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

export interface View extends Point {
  scale: number;
}

export interface Limits {
  /** One picture pixel to one CSS pixel, as a scale of the fitted picture. */
  full: number;
  /** The farthest that zooming goes. */
  max: number;
}

/** The whole picture, centred. */
export const FITTED: Readonly<View> = Object.freeze({ scale: 1, x: 0, y: 0 });

/** Even a small picture may be looked at this much larger than fitted. */
const LEAST_MAX = 2;
/** A double click never jumps farther than this; the wheel goes on from there. */
const MOST_JUMP = 5;

/** The size at which a picture of this ratio (width / height) fills the stage without being cut. */
export function fit(stage: Size, ratio: number): Size {
  if (stage.width <= 0 || stage.height <= 0) return { width: 0, height: 0 };
  return stage.width / stage.height > ratio
    ? { width: stage.height * ratio, height: stage.height }
    : { width: stage.width, height: stage.width / ratio };
}

/** How far a picture with this many pixels may be zoomed: up to its own pixels. */
export function limits(fitted: Size, pixels: Size | null): Limits {
  const full = pixels && fitted.width > 0 ? pixels.width / fitted.width : 1;
  return { full, max: Math.max(full, LEAST_MAX) };
}

/** Keeps the scale within its limits and the picture over the stage, without black on one side only. */
export function clamp(view: View, stage: Size, fitted: Size, max: number): View {
  const scale = Math.min(Math.max(view.scale, 1), max);
  const roomX = Math.max(0, (fitted.width * scale - stage.width) / 2);
  const roomY = Math.max(0, (fitted.height * scale - stage.height) / 2);
  return { scale, x: within(view.x, roomX), y: within(view.y, roomY) };
}

/** Scales so that what lies under `at` (measured from the stage's centre) stays there. */
export function zoomAt(view: View, at: Point, scale: number): View {
  const k = scale / view.scale;
  return { scale, x: at.x - (at.x - view.x) * k, y: at.y - (at.y - view.y) * k };
}

/** Where a double click goes: in to the picture's own pixels (in reason), or back to the whole. */
export function toggled(view: View, at: Point, limit: Limits): View {
  if (view.scale > 1.01) return FITTED;
  return zoomAt(view, at, Math.min(Math.max(limit.full, LEAST_MAX), MOST_JUMP));
}

/** The factor of one wheel event; trackpads send many small ones, mice few large ones. */
export function wheelFactor(delta: number, mode: number): number {
  const pixels = mode === 1 ? delta * 16 : mode === 2 ? delta * 400 : delta;
  return Math.exp(-Math.min(Math.max(pixels, -240), 240) * 0.0025);
}

/** True where the picture is shown with more device pixels than a rendition of this width has. */
export function wantsMore(view: View, fitted: Size, width: number, density: number): boolean {
  return view.scale > 1 && fitted.width * view.scale * density > width * 1.05;
}

/** The size of a rendition whose short side is at most `side`; never larger than the original. */
export function rendition(pixels: Size, side: number): Size {
  const k = Math.min(1, side / Math.min(pixels.width, pixels.height));
  return { width: Math.round(pixels.width * k), height: Math.round(pixels.height * k) };
}

function within(value: number, room: number): number {
  // The sum with zero keeps -0 out of the style.
  return Math.min(Math.max(value, -room), room) + 0;
}
