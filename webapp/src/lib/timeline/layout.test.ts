import { describe, expect, test } from 'vitest';
import { findDay, type Columns } from './columns';
import { dayAt, dayHeight, dayOfAsset, dayOfRow, rowBelow, rowOfAsset, rowsAbove, tilesOfRow } from './find';
import { layout, type Layout, type Metrics } from './layout';
import { columnsOf, madeUpDays, seeded, type Day } from './testing/made-up';
import { naiveLayout } from './testing/naive';
import { patch } from './patch';

const desktop: Metrics = { width: 1160, rowHeight: 220, gap: 4, header: 48, below: 16, beside: 24, narrowest: 148 };
const phone: Metrics = { width: 390, rowHeight: 116, gap: 2, header: 44, below: 8, beside: 12, narrowest: 130 };

describe.each([
  ['desktop', desktop],
  ['phone', phone],
  ['a sliver', { ...phone, width: 97 }],
])('on a %s', (_, metrics) => {
  test.each([0, 1, 2, 7, 60, 900, 2000])('%i assets lie where the naive layout puts them', (assets) => {
    for (let seed = 1; seed <= 3; seed++) {
      const days = madeUpDays(assets, seeded(assets * 10 + seed));
      const columns = columnsOf(days);
      expect(drawn(layout(columns, metrics), columns)).toEqual(naiveLayout(days, metrics));
    }
  });

  test('rows hold each asset once, end inside the width, and do not overlap', () => {
    const columns = columnsOf(madeUpDays(20_000, seeded(3)));
    const made = layout(columns, metrics);
    for (let row = 0; row < made.rows; row++) {
      const { lefts, widths } = tilesOfRow(made, columns, row);
      const last = lefts.length - 1;
      expect(lefts[0]).toBe(0);
      expect(lefts[last]! + widths[last]!).toBe(made.rowWidth[row]);
      for (let i = 1; i <= last; i++) expect(lefts[i]! - lefts[i - 1]! - widths[i - 1]!).toBe(metrics.gap);
      expect(Math.min(...widths)).toBeGreaterThan(0);
      const day = dayOfRow(made, row);
      expect(made.dayLeft[day]! + made.rowWidth[row]!).toBeLessThanOrEqual(metrics.width);
      const below = made.rowTop[row]! + made.rowHeight[row]!;
      const next = row + 1 < made.rows ? made.rowTop[row + 1]! : made.height;
      expect(next === made.rowTop[row] || next >= below + metrics.gap).toBe(true);
    }
    expect(made.rowStart[made.rows]).toBe(20_000);
  });
});

test('a day of many photos ends flush with the right edge in every row, at heights near the wanted one', () => {
  const random = seeded(9);
  const columns = columnsOf([{ number: 1, ratios: Array.from({ length: 997 }, () => (random() < 0.5 ? 147 : 109)) }]);
  const made = layout(columns, desktop);
  expect(new Set(made.rowWidth.subarray(0, made.rows))).toEqual(new Set([desktop.width]));
  expect(Math.min(...made.rowHeight.subarray(0, made.rows))).toBeGreaterThan(desktop.rowHeight * 0.8);
  expect(Math.max(...made.rowHeight.subarray(0, made.rows))).toBeLessThan(desktop.rowHeight * 1.3);
});

test('a patched layout equals one made anew, whatever changed', () => {
  for (let seed = 1; seed <= 120; seed++) {
    const random = seeded(seed);
    const before = madeUpDays(1 + Math.floor(random() * 1500), random);
    const after = edited(before, random);
    const [a, b] = [columnsOf(before), columnsOf(after)];
    const patched = patch(layout(a, desktop), a, b);
    expect(trimmed(patched), `seed ${seed}`).toEqual(trimmed(layout(b, desktop)));
  }
});

test('nothing changed is the same layout', () => {
  const columns = columnsOf(madeUpDays(300, seeded(4)));
  const made = layout(columns, desktop);
  expect(patch(made, columns, columnsOf(madeUpDays(300, seeded(4))))).toBe(made);
});

test('what lies where', () => {
  const columns = columnsOf(madeUpDays(3000, seeded(5)));
  const made = layout(columns, desktop);
  for (let y = -10; y < made.height + 500; y += 97) {
    const feet = Array.from({ length: made.rows }, (_, row) => made.rowTop[row]! + made.rowHeight[row]!);
    const expected = feet.findIndex((foot) => foot > y);
    expect(rowBelow(made, y)).toBe(expected === -1 ? made.rows - 1 : expected);
    expect(rowsAbove(made, y)).toBe(made.rowTop.subarray(0, made.rows).filter((top) => top < y).length);
    const day = dayAt(made, y);
    expect(made.dayLeft[day]).toBe(0);
    expect(made.dayTop[day]! <= Math.max(0, y)).toBe(true);
  }
  for (const asset of [0, 1, 777, 2999]) {
    const row = rowOfAsset(made, asset);
    expect(made.rowStart[row]! <= asset && asset < made.rowStart[row + 1]!).toBe(true);
    expect(dayOfRow(made, row)).toBe(dayOfAsset(columns, asset));
  }
  expect(findDay(columns.days, columns.days[20]!)).toBe(20);
  expect(findDay(columns.days, 99_999)).toBe(~0);
  expect(findDay(columns.days, -1)).toBe(~columns.days.length);
  expect(dayHeight(made, columns.days.length - 1) + made.dayTop.at(-1)! + desktop.below).toBe(made.height);
});

/** Adds, removes and changes a few days. */
function edited(days: Day[], random: () => number): Day[] {
  const list = days.map((day) => ({ ...day, ratios: [...day.ratios] }));
  for (let edits = Math.floor(random() * 4); edits >= 0; edits--) {
    const at = Math.floor(random() * list.length);
    const day = list[at]!;
    const kind = random();
    if (kind < 0.3) day.ratios.unshift(147);
    else if (kind < 0.6) day.ratios[0] = 200;
    else if (kind < 0.8 && list.length > 1) list.splice(at, 1);
    else if (!list.some((other) => other.number === day.number + 1)) {
      list.splice(at, 0, { number: day.number + 1, ratios: [128, 109] });
    }
  }
  return list;
}

function drawn(made: Layout, columns: Columns) {
  const rows = Array.from({ length: made.rows }, (_, row) => {
    const day = dayOfRow(made, row);
    return {
      day: columns.days[day],
      header: made.dayTop[day],
      left: made.dayLeft[day],
      top: made.rowTop[row],
      height: made.rowHeight[row],
      width: made.rowWidth[row],
      assets: made.rowStart[row + 1]! - made.rowStart[row]!,
    };
  });
  return { height: made.height, rows };
}

function trimmed({ rowStart, rowTop, rowHeight, rowWidth, ...rest }: Layout) {
  return {
    ...rest,
    rowStart: rowStart.slice(0, rest.rows + 1),
    rowTop: rowTop.slice(0, rest.rows),
    rowHeight: rowHeight.slice(0, rest.rows),
    rowWidth: rowWidth.slice(0, rest.rows),
  };
}
