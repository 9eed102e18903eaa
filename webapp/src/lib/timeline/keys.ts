/** Where the keyboard leads in the grid. */
import type { Columns } from './columns';
import { dayOfRow, rowBelow, rowOfAsset, tilesOfRow } from './find';
import type { Layout } from './layout';

/** The asset to go to, or null where the key means nothing here. `view` is the height on screen. */
export function assetForKey(key: string, from: number, made: Layout, columns: Columns, view: number): number | null {
  const last = columns.ratios.length - 1;
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, from - 1);
    case 'ArrowRight':
      return Math.min(last, from + 1);
    case 'ArrowUp':
      return vertical(from, -1, made, columns);
    case 'ArrowDown':
      return vertical(from, 1, made, columns);
    case 'PageUp':
      return page(from, -view, made, columns);
    case 'PageDown':
      return page(from, view, made, columns);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}

/** Middle of a tile, in the whole. */
function centre(asset: number, made: Layout, columns: Columns): { row: number; x: number } {
  const row = rowOfAsset(made, asset);
  const { lefts, widths } = tilesOfRow(made, columns, row);
  const at = asset - made.rowStart[row]!;
  return { row, x: leftOf(made, row) + lefts[at]! + widths[at]! / 2 };
}

function vertical(from: number, step: 1 | -1, made: Layout, columns: Columns): number {
  const { row, x } = centre(from, made, columns);
  let next = row + step;
  // Rows of days that stand side by side are not above or below each other.
  while (next >= 0 && next < made.rows && made.rowTop[next] === made.rowTop[row]) next += step;
  if (next < 0 || next >= made.rows) return from;
  return nearest(next, x, made, columns);
}

function page(from: number, distance: number, made: Layout, columns: Columns): number {
  const { row, x } = centre(from, made, columns);
  const y = made.rowTop[row]! + distance;
  if (y < 0) return nearest(0, x, made, columns);
  return nearest(Math.min(made.rows - 1, rowBelow(made, y)), x, made, columns);
}

/** The tile nearest to `x` among the rows at the height of a row. */
function nearest(row: number, x: number, made: Layout, columns: Columns): number {
  const top = made.rowTop[row]!;
  while (row > 0 && made.rowTop[row - 1] === top) row--;
  let best = made.rowStart[row]!;
  let distance = Infinity;
  for (; row < made.rows && made.rowTop[row] === top; row++) {
    const { lefts, widths } = tilesOfRow(made, columns, row);
    for (let i = 0; i < lefts.length; i++) {
      const left = leftOf(made, row) + lefts[i]!;
      const away = Math.max(left - x, x - left - widths[i]!, 0);
      if (away >= distance) continue;
      distance = away;
      best = made.rowStart[row]! + i;
    }
  }
  return best;
}

function leftOf(made: Layout, row: number): number {
  return made.dayLeft[dayOfRow(made, row)]!;
}
