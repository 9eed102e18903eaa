/** The days that are drawn, and which of their rows. */
import { floorIndex, type Columns } from './columns';
import { dayHeight, dayOfRow } from './find';
import type { Layout } from './layout';

export interface Block {
  /** Days since 1970-01-01: stays when the days before it change. */
  number: number;
  /** Index of the day. */
  day: number;
  rows: readonly number[];
  /** Where the drawn part begins and ends: all of the day, unless that is higher than browsers can draw. */
  top: number;
  bottom: number;
}

/** Days higher than this are drawn in part. */
const HIGH = 400_000;

/** The days of rows `first` to before `last`, and that of a row to keep wherever it is. */
export function blocksOf(made: Layout, columns: Columns, first: number, last: number, keep: number | null): Block[] {
  const blocks: Block[] = [];
  if (made.rows === 0 || last <= first) return blocks;
  const end = dayOfRow(made, last - 1);
  for (let day = dayOfRow(made, first); day <= end; day++) {
    const from = Math.max(first, made.dayRow[day]!);
    const to = Math.min(last, made.dayRow[day + 1]!);
    blocks.push(block(made, columns, day, range(from, to)));
  }
  if (keep !== null && (keep < first || keep >= last)) keepRow(blocks, made, columns, keep);
  return blocks;
}

function keepRow(blocks: Block[], made: Layout, columns: Columns, row: number): void {
  const day = dayOfRow(made, row);
  const at = blocks.findIndex((other) => other.day >= day);
  if (at >= 0 && blocks[at]!.day === day) {
    const rows = [...blocks[at]!.rows, row].sort((a, b) => a - b);
    blocks[at] = block(made, columns, day, rows);
  } else blocks.splice(at < 0 ? blocks.length : at, 0, block(made, columns, day, [row]));
}

function block(made: Layout, columns: Columns, day: number, rows: readonly number[]): Block {
  let top = made.dayTop[day]!;
  let bottom = top + dayHeight(made, day);
  if (bottom - top > HIGH) {
    const [from, to] = [rows[0]!, rows[rows.length - 1]!];
    // In steps, so that the rows stay where they are while one scrolls.
    top = Math.max(top, step(made.rowTop[from]!) - HIGH / 4);
    bottom = Math.min(bottom, step(made.rowTop[to]! + made.rowHeight[to]!) + HIGH / 4);
  }
  return { number: columns.days[day]!, day, rows, top, bottom };
}

function step(y: number): number {
  return Math.round(y / (HIGH / 4)) * (HIGH / 4);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

/** Keeps the objects of blocks that are as they were the time before, so that nothing of them is drawn again. */
export function reuse(): (blocks: Block[]) => Block[] {
  let known = new Map<number, Block>();
  return (blocks) => {
    const kept = blocks.map((each) => {
      const was = known.get(each.number);
      return was && alike(was, each) ? was : each;
    });
    known = new Map(kept.map((each) => [each.number, each]));
    return kept;
  };
}

function alike(a: Block, b: Block): boolean {
  return (
    a.day === b.day &&
    a.top === b.top &&
    a.bottom === b.bottom &&
    a.rows.length === b.rows.length &&
    a.rows.every((row, i) => row === b.rows[i])
  );
}

/** First and last index of the days on rows `first` to before `last`. */
export function daysOfRows(made: Layout, first: number, last: number): [number, number] {
  if (last <= first) return [0, -1];
  return [dayOfRow(made, first), floorIndex(made.dayRow, last - 1, made.dayRow.length - 1)];
}
