/** What to hold still while the layout changes: the asset under the upper edge of the view. */
import { findDay, type Columns } from './columns';
import { dayOfRow, rowBelow, rowOfAsset } from './find';
import type { Layout } from './layout';

export interface Anchor {
  /** Days since 1970-01-01. */
  day: number;
  /** Place of the asset within its day. */
  index: number;
  id: string | null;
  /** How far its row's top lies below the edge. */
  offset: number;
}

/** `idOf` tells the id of an asset where it is known. */
export function anchorAt(
  made: Layout,
  columns: Columns,
  y: number,
  idOf: (asset: number) => string | null,
): Anchor | null {
  if (made.rows === 0) return null;
  const row = rowBelow(made, y);
  const asset = made.rowStart[row]!;
  const day = dayOfRow(made, row);
  const index = asset - columns.starts[day]!;
  return { day: columns.days[day]!, index, id: idOf(asset), offset: made.rowTop[row]! - y };
}

/** Where the edge belongs now. `find` tells where an asset stands now, or −1. */
export function anchored(anchor: Anchor, made: Layout, columns: Columns, find: (id: string) => number): number {
  const asset = placeOf(anchor, columns, find);
  return asset === null ? 0 : made.rowTop[rowOfAsset(made, asset)]! - anchor.offset;
}

function placeOf({ day, index, id }: Anchor, columns: Columns, find: (id: string) => number): number | null {
  const known = id === null ? -1 : find(id);
  if (known >= 0) return known;
  if (columns.days.length === 0) return null;
  const at = findDay(columns.days, day);
  // Its day is gone: the first asset of the next older one takes its place.
  if (at < 0) return columns.starts[Math.min(~at, columns.days.length - 1)]!;
  return columns.starts[at]! + Math.min(index, columns.counts[at]! - 1);
}
