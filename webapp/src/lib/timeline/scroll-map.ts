/**
 * Scrolling beyond the height that browsers can draw (some stop at 17 million pixels): the scrolled element is at most
 * `LIMIT` high and stands for a window of the whole, which is moved along when the reader comes near its end.
 */
const LIMIT = 4_000_000;

export class ScrollMap {
  /** What the top of the scrolled element stands for. */
  origin = 0;

  constructor(
    /** Height of all there is. */
    public total = 0,
    private readonly limit = LIMIT,
  ) {}

  /** Height to give the scrolled element. */
  get height(): number {
    return Math.min(this.total, this.limit);
  }

  /** Where in the whole a scroll position is. */
  whole(scrollTop: number): number {
    return scrollTop + this.origin;
  }

  /** Moves the window so that a place in the whole has room on both sides; answers its scroll position. */
  place(whole: number): number {
    const half = this.limit / 2;
    if (this.total <= this.limit || whole < half) this.origin = 0;
    else if (whole > this.total - half) this.origin = this.total - this.limit;
    else this.origin = Math.round(whole - half);
    return whole - this.origin;
  }

  /** True where the window should move: its end is near, but not the end of the whole. */
  nearEnd(scrollTop: number): boolean {
    const margin = this.limit / 8;
    if (scrollTop < margin) return this.origin > 0;
    return scrollTop > this.height - margin && this.origin + this.height < this.total;
  }
}
