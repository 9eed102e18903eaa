/** Lays out anew only what differs from a layout that is there already: what `layout` would give, in less time. */
import type { Columns } from './columns';
import { Builder, layout, type Layout } from './layout';

export function patch(old: Layout, before: Columns, after: Columns): Layout {
  const head = equalDays(before, after);
  if (head === before.days.length && head === after.days.length) return old;
  const tail = equalDaysFromEnd(before, after, head);
  if (head + tail === 0) return layout(after, old.metrics);

  const builder = new Builder(after, old.metrics);
  // The band before the first difference might take in a day that has changed: it is laid again.
  let day = head > 0 ? bandOf(old, head - 1) : 0;
  copy(builder, old, before, 0, day, 0);
  const shift = after.days.length - before.days.length;
  const same = after.days.length - tail;
  for (; day < after.days.length; day = builder.band(day)) {
    if (day < same || old.dayLeft[day - shift] !== 0) continue;
    copy(builder, old, before, day - shift, before.days.length, shift);
    break;
  }
  return builder.finish();
}

/** First day of the band that holds a day. */
function bandOf(old: Layout, day: number): number {
  while (old.dayLeft[day] !== 0) day--;
  return day;
}

/** Takes over whole bands: the old days from `first` to before `last`, now `shift` days further on. */
function copy(builder: Builder, old: Layout, before: Columns, first: number, last: number, shift: number): void {
  if (first === last) return;
  const rowFirst = old.dayRow[first]!;
  const rowLast = old.dayRow[last]!;
  const rows = rowLast - rowFirst;
  builder.reserve(rows);
  const { made, row, columns } = builder;
  const down = builder.top - old.dayTop[first]!;
  const rowShift = row - rowFirst;
  const assetShift = columns.starts[first + shift]! - before.starts[first]!;
  made.dayLeft.set(old.dayLeft.subarray(first, last), first + shift);
  made.dayWidth.set(old.dayWidth.subarray(first, last), first + shift);
  for (let day = first; day < last; day++) {
    made.dayTop[day + shift] = old.dayTop[day]! + down;
    made.dayRow[day + shift] = old.dayRow[day]! + rowShift;
  }
  made.rowHeight.set(old.rowHeight.subarray(rowFirst, rowLast), row);
  made.rowWidth.set(old.rowWidth.subarray(rowFirst, rowLast), row);
  for (let at = rowFirst; at < rowLast; at++) {
    made.rowTop[at + rowShift] = old.rowTop[at]! + down;
    made.rowStart[at + rowShift] = old.rowStart[at]! + assetShift;
  }
  builder.row = row + rows;
  builder.top = (last < before.days.length ? old.dayTop[last]! : old.height) + down;
}

/** How many days at the start are the same in both. */
function equalDays(a: Columns, b: Columns): number {
  const most = Math.min(a.days.length, b.days.length);
  let day = 0;
  while (day < most && a.days[day] === b.days[day] && a.counts[day] === b.counts[day]) day++;
  const assets = a.starts[day]!;
  let i = 0;
  while (i < assets && a.ratios[i] === b.ratios[i]) i++;
  if (i === assets) return day;
  while (a.starts[day]! > i) day--;
  return day;
}

/** How many days at the end are the same in both, not counting the first `head`. */
function equalDaysFromEnd(a: Columns, b: Columns, head: number): number {
  const most = Math.min(a.days.length, b.days.length) - head;
  const x = a.days.length - 1;
  const y = b.days.length - 1;
  let day = 0;
  while (day < most && a.days[x - day] === b.days[y - day] && a.counts[x - day] === b.counts[y - day]) day++;
  const shift = b.ratios.length - a.ratios.length;
  const first = a.starts[a.days.length - day]!;
  let i = a.ratios.length;
  while (i > first && a.ratios[i - 1] === b.ratios[i - 1 + shift]) i--;
  while (a.starts[a.days.length - day]! < i) day--;
  return day;
}
