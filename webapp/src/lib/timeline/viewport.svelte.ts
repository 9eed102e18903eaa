/** Where the reader is in the whole timeline, and how fast they move. */
import { ScrollMap } from './scroll-map';

/** Views per second beyond which pictures are not asked for. */
const FAST = 5;
const SETTLE_MS = 90;
const REST_MS = 1600;

export class Viewport {
  /** Offset of the upper edge in the whole, and the height of the view. */
  top = $state(0);
  height = $state(0);
  /** What the top of the scrolled element stands for. */
  origin = $state(0);
  /** Height of the scrolled element. */
  drawn = $state(0);
  /** Height of the whole. */
  total = $state(0);
  /** Moving too fast for pictures to be of use. */
  fast = $state(false);
  /** Moving at all, or a moment ago. */
  moving = $state(false);
  element: HTMLElement | null = null;

  private readonly map = new ScrollMap();
  private seen = 0;
  private settling: ReturnType<typeof setTimeout> | undefined;
  private resting: ReturnType<typeof setTimeout> | undefined;

  /** The scroll event. */
  scrolled = (): void => {
    if (!this.element) return;
    const { scrollTop } = this.element;
    const whole = this.map.whole(scrollTop);
    this.measure(whole);
    if (this.map.nearEnd(scrollTop)) this.jump(whole);
    else this.top = whole;
  };

  resize(total: number): void {
    this.map.total = this.total = total;
    this.drawn = this.map.height;
  }

  /** Shows a place in the whole. */
  jump(whole: number): void {
    const place = Math.max(0, Math.min(Math.round(whole), this.total - this.height));
    const scrollTop = this.map.place(place);
    this.top = place;
    this.origin = this.map.origin;
    // The element grows before it is scrolled, in the same frame.
    if (this.element) {
      const sized = this.element.firstElementChild as HTMLElement;
      sized.style.height = `${this.drawn}px`;
      this.element.scrollTop = scrollTop;
    }
  }

  /** Scrolls as little as needed to have a span of the whole in sight. */
  show(from: number, to: number, marginTop: number): void {
    if (from - marginTop < this.top) this.jump(from - marginTop);
    else if (to > this.top + this.height) this.jump(to - this.height);
  }

  private measure(whole: number): void {
    const now = performance.now();
    const views = Math.abs(whole - this.top) / Math.max(1, this.height);
    const seconds = Math.max(0.008, (now - this.seen) / 1000);
    this.seen = now;
    if (views / seconds > FAST && views > 0.1) this.fast = true;
    this.moving = true;
    clearTimeout(this.settling);
    clearTimeout(this.resting);
    this.settling = setTimeout(() => (this.fast = false), SETTLE_MS);
    this.resting = setTimeout(() => (this.moving = false), REST_MS);
  }
}
