/** The scale of the scrubber: years and months, where they lie in the whole. */
import { floorIndex, type Columns } from './columns';
import type { Layout } from './layout';

export interface Mark {
  /** Days since 1970-01-01: the newest day of the year or month. */
  day: number;
  year: number;
  /** 0…11 */
  month: number;
  /** Where it begins in the layout. */
  top: number;
}

/** The first day of each month, new to old. */
export function months(made: Layout, columns: Columns): Mark[] {
  const marks: Mark[] = [];
  let end = Infinity;
  for (let i = 0; i < columns.days.length; i++) {
    const day = columns.days[i]!;
    if (day >= end) continue;
    const date = new Date(day * 86_400_000);
    const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
    marks.push({ day, year, month, top: made.dayTop[i]! });
    end = firstOfMonth(year, month);
    // Days of the same month are skipped without a look at the calendar.
    while (i + 1 < columns.days.length && columns.days[i + 1]! >= end) i++;
  }
  return marks;
}

function firstOfMonth(year: number, month: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month, 1);
  return date.getTime() / 86_400_000;
}

export interface Shown {
  mark: Mark;
  /** In the track. */
  y: number;
}

/** The years that have room for their number, and the months between that have room for a dot. */
export function scale(marks: readonly Mark[], place: (top: number) => number): { years: Shown[]; dots: Shown[] } {
  const years: Shown[] = [];
  const dots: Shown[] = [];
  let year = NaN;
  for (const mark of marks) {
    const y = place(mark.top);
    const isYear = mark.year !== year;
    year = mark.year;
    if (isYear && y - (years.at(-1)?.y ?? -Infinity) >= YEAR_ROOM) {
      while ((dots.at(-1)?.y ?? -Infinity) > y - YEAR_ROOM / 2) dots.pop();
      years.push({ mark, y });
    } else if (y - (dots.at(-1)?.y ?? -Infinity) >= DOT_ROOM && y - (years.at(-1)?.y ?? -Infinity) >= YEAR_ROOM / 2) {
      dots.push({ mark, y });
    }
  }
  return { years, dots };
}

const YEAR_ROOM = 26;
const DOT_ROOM = 8;

/** The mark that a height belongs to. */
export function markAt(marks: readonly Mark[], top: number): number {
  return floorIndex(
    Int32Array.from(marks, (mark) => mark.top),
    top,
  );
}

/** Where a key leads from a height: up and down by month, the page keys by year, Home and End to the ends. */
export function markForKey(key: string, marks: readonly Mark[], top: number): Mark | undefined {
  const now = markAt(marks, top);
  const year = marks[now]?.year ?? 0;
  switch (key) {
    case 'ArrowUp':
      return marks[Math.max(0, now - 1)];
    case 'ArrowDown':
      return marks[Math.min(marks.length - 1, now + 1)];
    case 'PageUp':
      return marks.find((mark) => mark.year <= year + 1);
    case 'PageDown':
      return marks.find((mark) => mark.year < year) ?? marks.at(-1);
    case 'Home':
      return marks[0];
    case 'End':
      return marks.at(-1);
    default:
      return undefined;
  }
}
