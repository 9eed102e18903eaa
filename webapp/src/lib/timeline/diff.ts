/** Which of some days look different in newer columns. */
import { findDay, type Columns } from './columns';

export function changedDays(before: Columns, after: Columns, days: readonly number[]): number[] {
  return before === after ? [] : days.filter((day) => !same(before, after, day));
}

function same(before: Columns, after: Columns, day: number): boolean {
  const [a, b] = [findDay(before.days, day), findDay(after.days, day)];
  if (a < 0 || b < 0 || before.counts[a] !== after.counts[b]) return false;
  const shift = after.starts[b]! - before.starts[a]!;
  for (let i = before.starts[a]!; i < before.starts[a + 1]!; i++) {
    if (before.ratios[i] !== after.ratios[i + shift]) return false;
  }
  return true;
}
