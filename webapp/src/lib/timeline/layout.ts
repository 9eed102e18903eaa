/**
 * The layout core: days, counts and ratios → exact justified rows for the whole library, in whole pixels.
 *
 * Days stand in bands, one under the other. A day with many assets is a band of its own, of rows that each fill the
 * width. Days with few stand side by side in one band of a single row, as long as they fit.
 */
import type { Columns } from './columns';
import { NARROWEST, tileWidths } from './ratio';

/** Pixels. */
export interface Metrics {
  width: number;
  /** What rows should be high; justified rows differ a little. */
  rowHeight: number;
  /** Between tiles. */
  gap: number;
  /** Above each day, for its date. */
  header: number;
  /** Under each band. */
  below: number;
  /** Between days that stand side by side. */
  beside: number;
  /** No day is narrower, so that its date fits. */
  narrowest: number;
}

export interface Layout {
  metrics: Metrics;
  height: number;
  /** Where each day's header begins. Days of one band share it. */
  dayTop: Int32Array;
  dayLeft: Int32Array;
  dayWidth: Int32Array;
  /** First row of each day, and the number of rows at the end. */
  dayRow: Uint32Array;
  rows: number;
  /** First asset of each row, and the number of assets after the last. May be longer than `rows + 1`. */
  rowStart: Uint32Array;
  rowTop: Int32Array;
  rowHeight: Int32Array;
  rowWidth: Int32Array;
}

/** Rows are stretched or shrunk at most this much; what can't be, ends before the right edge. */
const TALLEST = 2;
const BAND_TALLEST = 1.34;
const BAND_LOWEST = 0.84;
/** A day that fills more of its row than this, and stands alone, is stretched to the edge. */
const ALONE = 0.75;

export function layout(columns: Columns, metrics: Metrics): Layout {
  const builder = new Builder(columns, metrics);
  for (let day = 0; day < columns.days.length;) day = builder.band(day);
  return builder.finish();
}

/** Lays band after band. Each band depends only on its own days and the one that follows. */
export class Builder {
  readonly made: Layout;
  top = 0;
  row = 0;
  /** Of a tile in a row as high as wanted, by its ratio's byte. */
  private readonly widths: Float64Array;
  /** Widths of the days of the band at hand, without gaps. */
  private readonly sums: number[] = [];

  constructor(
    readonly columns: Columns,
    readonly metrics: Metrics,
  ) {
    const days = columns.days.length;
    const capacity = Math.ceil(columns.ratios.length / 3) + days + 16;
    this.widths = tileWidths(metrics);
    this.made = {
      metrics,
      height: 0,
      dayTop: new Int32Array(days),
      dayLeft: new Int32Array(days),
      dayWidth: new Int32Array(days),
      dayRow: new Uint32Array(days + 1),
      rows: 0,
      rowStart: new Uint32Array(capacity + 1),
      rowTop: new Int32Array(capacity),
      rowHeight: new Int32Array(capacity),
      rowWidth: new Int32Array(capacity),
    };
  }

  finish(): Layout {
    const { made, row, columns } = this;
    made.rows = row;
    made.height = this.top;
    made.dayRow[columns.days.length] = row;
    made.rowStart[row] = columns.ratios.length;
    return made;
  }

  /** Lays the band that begins with a day; answers the day after it. */
  band(day: number): number {
    const { width, below } = this.metrics;
    const own = this.widthOf(day);
    const natural = own + this.gaps(day);
    const end = natural > width ? day + 1 : this.collect(day, own);
    if (end === day + 1 && natural > width * ALONE) this.full(day, own);
    else this.shared(day, end, this.fit(day, end) ?? 1);
    this.top += below;
    return end;
  }

  /** Width of a day's tiles without gaps, in one row of the wanted height. */
  private widthOf(day: number): number {
    const { starts, ratios } = this.columns;
    const end = starts[day + 1]!;
    let sum = 0;
    for (let i = starts[day]!; i < end; i++) sum += this.widths[ratios[i]!]!;
    return sum;
  }

  private gaps(day: number): number {
    return this.metrics.gap * (this.columns.counts[day]! - 1);
  }

  /** How far days fit side by side, the last one perhaps by shrinking the row a little. */
  private collect(day: number, own: number): number {
    const { width, beside, narrowest, rowHeight } = this.metrics;
    const { counts } = this.columns;
    this.sums.length = 0;
    this.sums.push(own);
    let used = Math.max(narrowest, own + this.gaps(day));
    for (let end = day + 1; end < counts.length; end++) {
      // Too many assets to stand beside others: no need to add them up.
      if (counts[end]! * NARROWEST * rowHeight > width * 1.5) return end;
      const next = this.widthOf(end);
      used += beside + Math.max(narrowest, next + this.gaps(end));
      this.sums.push(next);
      if (used > width) return this.fit(day, end + 1) === null ? end : end + 1;
    }
    return counts.length;
  }

  /** By how much the days must be scaled to fill the width together; null where that is too little or too much. */
  private fit(day: number, end: number): number | null {
    const { width, beside, narrowest } = this.metrics;
    let scale = 1;
    // Days that would be narrower than their date keep a fixed width; which ones, depends on the scale sought.
    for (let round = 0; round < 4; round++) {
      let fixed = beside * (end - day - 1);
      let sum = 0;
      for (let at = day; at < end; at++) {
        const own = this.sums[at - day]!;
        const gaps = this.gaps(at);
        if (own * scale + gaps < narrowest) fixed += narrowest;
        else {
          fixed += gaps;
          sum += own;
        }
      }
      if (sum === 0) return null;
      scale = (width - fixed) / sum;
    }
    return scale > BAND_TALLEST || scale < BAND_LOWEST ? null : scale;
  }

  /** One row for several days, or for one that doesn't fill it. */
  private shared(day: number, end: number, scale: number): void {
    const { width, beside, narrowest, header, rowHeight } = this.metrics;
    const height = Math.round(rowHeight * scale);
    let left = 0;
    for (let at = day; at < end; at++) {
      let tiles = Math.round(this.sums[at - day]! * scale + this.gaps(at));
      // Rounding must not show at the right edge.
      if (left + tiles > width || width - left - tiles <= end - day + 1) tiles = width - left;
      const block = Math.min(width - left, Math.max(narrowest, tiles));
      this.day(at, left, block);
      this.add(this.columns.starts[at]!, this.top + header, height, tiles);
      left += block + beside;
    }
    this.top += header + height;
  }

  /** Rows that fill the width, each with about an equal share of the day. */
  private full(day: number, own: number): void {
    const { width, rowHeight, gap, header } = this.metrics;
    const { starts, ratios, counts } = this.columns;
    const { widths } = this;
    const end = starts[day + 1]!;
    // Each tile is counted with one gap, so that n rows hold n times the width and a gap.
    let rest = own + gap * counts[day]!;
    this.day(day, 0, width);
    this.top += header;
    for (let first = starts[day]!; first < end;) {
      const rows = Math.max(1, rowsFor(rest / (width + gap)));
      const share = rest / rows;
      let next = first;
      let filled = 0;
      while (next < end && (filled < share || rows === 1)) {
        const more = widths[ratios[next]!]! + gap;
        if (rows > 1 && next > first && filled + more - share > share - filled) break;
        filled += more;
        next++;
      }
      const gaps = gap * (next - first - 1);
      const scale = (width - gaps) / (filled - gaps - gap);
      if (scale <= TALLEST) this.place(first, Math.max(1, Math.round(rowHeight * scale)), width);
      else this.place(first, rowHeight, Math.round(filled - gap));
      rest -= filled;
      first = next;
    }
    this.top -= gap;
  }

  private place(first: number, height: number, width: number): void {
    this.add(first, this.top, height, width);
    this.top += height + this.metrics.gap;
  }

  private day(day: number, left: number, width: number): void {
    const { made } = this;
    made.dayTop[day] = this.top;
    made.dayLeft[day] = left;
    made.dayWidth[day] = width;
    made.dayRow[day] = this.row;
  }

  private add(start: number, top: number, height: number, width: number): void {
    this.reserve(1);
    const { made, row } = this;
    made.rowStart[row] = start;
    made.rowTop[row] = top;
    made.rowHeight[row] = height;
    made.rowWidth[row] = width;
    this.row++;
  }

  /** Makes sure that so many more rows fit. */
  reserve(rows: number): void {
    const { made } = this;
    const needed = this.row + rows;
    if (needed <= made.rowTop.length) return;
    const capacity = Math.max(needed, Math.ceil(made.rowTop.length * 1.5));
    const starts = new Uint32Array(capacity + 1);
    starts.set(made.rowStart);
    made.rowStart = starts;
    made.rowTop = grown(made.rowTop, capacity);
    made.rowHeight = grown(made.rowHeight, capacity);
    made.rowWidth = grown(made.rowWidth, capacity);
  }
}

function grown(list: Int32Array, capacity: number): Int32Array {
  const larger = new Int32Array(capacity);
  larger.set(list);
  return larger;
}

/** The number of rows whose heights come closest to the wanted one, by factor. */
function rowsFor(share: number): number {
  const low = Math.floor(share);
  return share * share > low * (low + 1) ? low + 1 : low;
}
