/** Wheel, mouse and fingers on the map. */

import type { Pixel } from './view';

export interface MapMoves {
  pan(dx: number, dy: number): void;
  /** Zoom by so many levels around a point of the screen. */
  zoom(levels: number, at: Pixel): void;
  /** All fingers left; speed in pixels per millisecond. */
  release(dx: number, dy: number): void;
  doubleClick(at: Pixel): void;
}

const SLOP = 4;

/** Listens until the returned function is called. A press on a marker stays a click unless it becomes a drag. */
export function movement(map: HTMLElement, on: MapMoves): () => void {
  const pointers = new Map<number, Pixel>();
  let start: Pixel = { left: 0, top: 0 };
  let dragging = false;
  let speed = { x: 0, y: 0, at: 0 };

  const place = (event: MouseEvent): Pixel => {
    const box = map.getBoundingClientRect();
    return { left: event.clientX - box.left, top: event.clientY - box.top };
  };

  function down(event: PointerEvent) {
    if (event.button !== 0) return;
    if (pointers.size === 0) [start, dragging, speed] = [place(event), false, { x: 0, y: 0, at: event.timeStamp }];
    pointers.set(event.pointerId, place(event));
    if (pointers.size === 2) grab();
  }

  /** Only now, so that a plain click still reaches the marker beneath. */
  function grab() {
    dragging = true;
    for (const id of pointers.keys()) map.setPointerCapture(id);
  }

  function move(event: PointerEvent) {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const now = place(event);
    if (!dragging && Math.hypot(now.left - start.left, now.top - start.top) < SLOP) return;
    if (!dragging) grab();
    const other = [...pointers.entries()].find(([id]) => id !== event.pointerId)?.[1];
    if (other) pinch(before, now, other);
    else on.pan(now.left - before.left, now.top - before.top);
    const elapsed = Math.max(1, event.timeStamp - speed.at);
    const mix = (old: number, way: number) => 0.6 * (way / elapsed) + 0.4 * old;
    speed = { x: mix(speed.x, now.left - before.left), y: mix(speed.y, now.top - before.top), at: event.timeStamp };
    pointers.set(event.pointerId, now);
  }

  function pinch(before: Pixel, now: Pixel, other: Pixel) {
    const length = (a: Pixel) => Math.max(8, Math.hypot(a.left - other.left, a.top - other.top));
    on.pan((now.left - before.left) / 2, (now.top - before.top) / 2);
    on.zoom(Math.log2(length(now) / length(before)), {
      left: (now.left + other.left) / 2,
      top: (now.top + other.top) / 2,
    });
  }

  function up(event: PointerEvent) {
    if (!pointers.delete(event.pointerId) || pointers.size > 0 || !dragging) return;
    const still = event.timeStamp - speed.at > 60;
    on.release(still ? 0 : speed.x, still ? 0 : speed.y);
  }

  function wheel(event: WheelEvent) {
    event.preventDefault();
    const pixels = event.deltaMode === 1 ? event.deltaY * 16 : event.deltaY;
    on.zoom(-Math.min(Math.max(pixels, -200), 200) / (event.ctrlKey ? 60 : 240), place(event));
  }

  /** The click that ends a drag is none. */
  function click(event: MouseEvent) {
    if (!dragging) return;
    event.preventDefault();
    event.stopPropagation();
    dragging = false;
  }

  const abort = new AbortController();
  const { signal } = abort;
  map.addEventListener('pointerdown', down, { signal });
  map.addEventListener('pointermove', move, { signal });
  map.addEventListener('pointerup', up, { signal });
  map.addEventListener('pointercancel', up, { signal });
  map.addEventListener('wheel', wheel, { signal, passive: false });
  map.addEventListener('click', click, { signal, capture: true });
  map.addEventListener('dblclick', (event) => on.doubleClick(place(event)), { signal });
  return () => abort.abort();
}
