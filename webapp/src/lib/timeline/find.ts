/** Questions to a layout: what lies where. */
import { floorIndex, type Columns } from './columns';
import type { Layout } from './layout';
import { tileWidths } from './ratio';

/** Left edges of a row's tiles, and their widths. */
export interface Tiles {
  lefts: number[];
  widths: number[];
}

/** The first row whose foot lies below a height. */
export function rowBelow(layout: Layout, y: number): number {
  let row = floorIndex(layout.rowTop, y, layout.rows);
  while (row > 0 && layout.rowTop[row - 1] === layout.rowTop[row]) row--;
  while (row < layout.rows - 1 && layout.rowTop[row]! + layout.rowHeight[row]! <= y) row++;
  return row;
}

/** The first row that begins at or after a height: the end of what is above it. */
export function rowsAbove(layout: Layout, y: number): number {
  if (layout.rows === 0 || layout.rowTop[0]! >= y) return 0;
  return floorIndex(layout.rowTop, y - 1, layout.rows) + 1;
}

export function rowOfAsset(layout: Layout, asset: number): number {
  return floorIndex(layout.rowStart, asset, layout.rows);
}

export function dayOfRow(layout: Layout, row: number): number {
  return floorIndex(layout.dayRow, row, layout.dayRow.length - 1);
}

export function dayOfAsset(columns: Columns, asset: number): number {
  return floorIndex(columns.starts, asset, columns.days.length);
}

/** The day whose header or tiles are at a height, the first of its band. */
export function dayAt(layout: Layout, y: number): number {
  let day = floorIndex(layout.dayTop, y);
  while (day > 0 && layout.dayLeft[day] !== 0) day--;
  return day;
}

/** From the header to the foot of the last row. */
export function dayHeight(layout: Layout, day: number): number {
  const last = layout.dayRow[day + 1]! - 1;
  return layout.rowTop[last]! + layout.rowHeight[last]! - layout.dayTop[day]!;
}

let known: { width: number; rowHeight: number; widths: Float64Array } = {
  width: 0,
  rowHeight: 0,
  widths: tileWidths({ width: 1, rowHeight: 1 }),
};

/** Whole pixels, side by side with the layout's gap, from the row's left edge exactly to its right one. */
export function tilesOfRow({ metrics, rowStart, rowWidth }: Layout, { ratios }: Columns, row: number): Tiles {
  const { gap, width, rowHeight } = metrics;
  if (known.width !== width || known.rowHeight !== rowHeight) known = { width, rowHeight, widths: tileWidths(metrics) };
  const first = rowStart[row]!;
  const count = rowStart[row + 1]! - first;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += known.widths[ratios[first + i]!]!;
  const scale = (rowWidth[row]! - gap * (count - 1)) / sum;
  const lefts: number[] = [];
  const widths: number[] = [];
  let before = 0;
  for (let i = 0; i < count; i++) {
    const left = Math.round(before * scale);
    before += known.widths[ratios[first + i]!]!;
    lefts.push(left + i * gap);
    widths.push(Math.round(before * scale) - left);
  }
  return { lefts, widths };
}
