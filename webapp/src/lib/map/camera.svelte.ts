/** The map's view over time: jumps, flies and glides. */

import { project, type BoundingBox } from './projection';
import {
  between,
  fitted,
  heaviest,
  panned,
  scaleOf,
  settle,
  span,
  worldView,
  zoomedAt,
  type Pixel,
  type Screen,
  type View,
} from './view';

const FLIGHT_MS = 420;
const GLIDE_MS = 280;

export class Camera {
  view = $state.raw<View>({ x: 0.5, y: 0.42, zoom: 1 });
  screen = $state.raw<Screen>({ width: 0, height: 0 });
  #frame = 0;

  /** The size changed: what is in the middle stays there. */
  resize(screen: Screen): void {
    this.screen = screen;
    this.view = settle(this.view, screen);
  }

  jump(view: View): void {
    cancelAnimationFrame(this.#frame);
    this.view = settle(view, this.screen);
  }

  pan(dx: number, dy: number): void {
    cancelAnimationFrame(this.#frame);
    this.view = panned(this.view, this.screen, dx, dy);
  }

  zoom(levels: number, at: Pixel): void {
    cancelAnimationFrame(this.#frame);
    this.view = zoomedAt(this.view, this.screen, at, this.view.zoom + levels);
  }

  /** Zooms in or out around a point, in a movement. */
  step(levels: number, at: Pixel = { left: this.screen.width / 2, top: this.screen.height / 2 }): void {
    this.fly(zoomedAt(this.view, this.screen, at, Math.round(this.view.zoom + levels)), 200);
  }

  /** Shows all of a box; where it is too wide for the screen, the part of the world in which the most is. */
  frame(box: BoundingBox, maxZoom?: number, places: readonly { lng: number; count: number }[] = []): void {
    const view = fitted(box, this.screen, undefined, maxZoom);
    const fits = span(box.west, box.east) <= this.#degrees(view);
    const world = worldView(this.screen);
    const lng = fits ? null : heaviest(places, this.#degrees(world) * 0.8);
    this.fly(lng === null ? view : { ...world, x: project({ lng, lat: 0 }).x });
  }

  /** From the left edge of the screen to the right one. */
  #degrees({ zoom }: View): number {
    return (this.screen.width / scaleOf(zoom)) * 360;
  }

  fly(to: View, milliseconds = FLIGHT_MS): void {
    const from = this.view;
    this.#animate(milliseconds, (t) => (this.view = settle(between(from, to, t), this.screen)));
  }

  /** Runs out after a flick. */
  glide(speedX: number, speedY: number): void {
    const from = this.view;
    const [x, y] = [speedX * GLIDE_MS * 0.5, speedY * GLIDE_MS * 0.5];
    if (Math.hypot(x, y) > 4) this.#animate(GLIDE_MS, (t) => (this.view = panned(from, this.screen, x * t, y * t)));
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
  }

  #animate(milliseconds: number, show: (t: number) => void): void {
    cancelAnimationFrame(this.#frame);
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return show(1);
    const start = performance.now();
    const tick = (now: number) => {
      const t = Math.min(1, Math.max(0, (now - start) / milliseconds));
      show(1 - (1 - t) ** 3);
      if (t < 1) this.#frame = requestAnimationFrame(tick);
    };
    this.#frame = requestAnimationFrame(tick);
  }
}
