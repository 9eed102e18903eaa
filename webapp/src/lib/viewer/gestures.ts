/**
 * Wheel, mouse and fingers on the viewer's stage, told as what the person means. Works on any element with
 * `touch-action: none`. One pointer pans a zoomed picture or drags the fitted one (to swipe); two pinch.
 */

import { wheelFactor, type Point } from './zoom';

export interface GestureEvents {
  /** Zoom by a factor around a point (from the stage's centre), which itself moved by dx, dy. */
  zoom(factor: number, at: Point, dx: number, dy: number): void;
  /** One pointer moves; `touch` tells fingers from the mouse. */
  drag(dx: number, dy: number, touch: boolean): void;
  /** All pointers left; speed in pixels per millisecond. */
  release(speed: Point, touch: boolean): void;
  tap(touch: boolean): void;
  doubleTap(at: Point, touch: boolean): void;
}

interface Tracked extends Point {
  startX: number;
  startY: number;
}

const TAP_SLOP = 8;
const DOUBLE_MS = 300;

/** Listens until the returned function is called. */
export function gestures(stage: HTMLElement, on: GestureEvents): () => void {
  const pointers = new Map<number, Tracked>();
  let moved = false;
  let pinched = false;
  let speed: Point = { x: 0, y: 0 };
  let lastMove = 0;
  let lastTap: { time: number; at: Point } | null = null;

  const fromCentre = (x: number, y: number): Point => {
    const box = stage.getBoundingClientRect();
    return { x: x - box.left - box.width / 2, y: y - box.top - box.height / 2 };
  };

  function down(event: PointerEvent) {
    if (event.button !== 0 || (event.target as Element).closest('[data-gestures="off"]')) return;
    stage.setPointerCapture(event.pointerId);
    if (pointers.size === 0) [moved, pinched, speed] = [false, false, { x: 0, y: 0 }];
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY, startX: event.clientX, startY: event.clientY });
    lastMove = event.timeStamp;
  }

  function move(event: PointerEvent) {
    const pointer = pointers.get(event.pointerId);
    if (!pointer) return;
    const dx = event.clientX - pointer.x;
    const dy = event.clientY - pointer.y;
    if (pointers.size === 2) pinch(event, pointer);
    else if (pointers.size === 1) {
      if (!moved && Math.hypot(event.clientX - pointer.startX, event.clientY - pointer.startY) < TAP_SLOP) return;
      moved = true;
      const elapsed = Math.max(1, event.timeStamp - lastMove);
      speed = { x: 0.6 * (dx / elapsed) + 0.4 * speed.x, y: 0.6 * (dy / elapsed) + 0.4 * speed.y };
      on.drag(dx, dy, event.pointerType !== 'mouse');
    }
    lastMove = event.timeStamp;
    pointer.x = event.clientX;
    pointer.y = event.clientY;
  }

  function pinch(event: PointerEvent, pointer: Tracked) {
    const other = [...pointers.entries()].find(([id]) => id !== event.pointerId)?.[1];
    if (!other) return;
    moved = pinched = true;
    const before = Math.max(1, Math.hypot(pointer.x - other.x, pointer.y - other.y));
    const after = Math.hypot(event.clientX - other.x, event.clientY - other.y);
    const at = fromCentre((event.clientX + other.x) / 2, (event.clientY + other.y) / 2);
    on.zoom(after / before, at, (event.clientX - pointer.x) / 2, (event.clientY - pointer.y) / 2);
  }

  function up(event: PointerEvent) {
    if (!pointers.delete(event.pointerId) || pointers.size > 0) return;
    const touch = event.pointerType !== 'mouse';
    if (moved) {
      const still = event.timeStamp - lastMove > 80 || pinched;
      on.release(still ? { x: 0, y: 0 } : speed, touch);
    } else if (event.type === 'pointerup') tapped(event, touch);
  }

  function tapped(event: PointerEvent, touch: boolean) {
    const at = fromCentre(event.clientX, event.clientY);
    const twice =
      lastTap &&
      event.timeStamp - lastTap.time < DOUBLE_MS &&
      Math.hypot(at.x - lastTap.at.x, at.y - lastTap.at.y) < 40;
    lastTap = twice ? null : { time: event.timeStamp, at };
    if (twice) on.doubleTap(at, touch);
    else on.tap(touch);
  }

  function wheel(event: WheelEvent) {
    event.preventDefault();
    on.zoom(
      wheelFactor(event.deltaY, event.deltaMode) ** (event.ctrlKey ? 4 : 1),
      fromCentre(event.clientX, event.clientY),
      0,
      0,
    );
  }

  const listeners = { pointerdown: down, pointermove: move, pointerup: up, pointercancel: up } as const;
  for (const [name, handler] of Object.entries(listeners)) stage.addEventListener(name, handler as EventListener);
  stage.addEventListener('wheel', wheel, { passive: false });
  return () => {
    for (const [name, handler] of Object.entries(listeners)) stage.removeEventListener(name, handler as EventListener);
    stage.removeEventListener('wheel', wheel);
  };
}
