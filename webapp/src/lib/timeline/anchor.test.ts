import { expect, test } from 'vitest';
import { anchorAt, anchored } from './anchor';
import { layout, type Metrics } from './layout';
import { columnsOf, madeUpDays, seeded } from './testing/made-up';

const metrics: Metrics = { width: 1160, rowHeight: 220, gap: 4, header: 48, below: 16, beside: 24, narrowest: 148 };
const days = madeUpDays(2000, seeded(11));
const before = columnsOf(days);
const made = layout(before, metrics);
const edge = Math.round(made.height / 2) + 37;
const unknown = () => -1;

test('what was there stays there when newer days come', () => {
  const more = columnsOf([{ number: 30_000, ratios: Array(70).fill(147) }, ...days]);
  const after = layout(more, metrics);
  const anchor = anchorAt(made, before, edge, () => null)!;
  expect(anchored(anchor, after, more, unknown) - edge).toBe(after.height - made.height);
});

test('an asset is found again by its id when others come into its day', () => {
  const anchor = anchorAt(made, before, edge, (asset) => `asset_${asset}`)!;
  const at = days.findIndex((day) => day.number === anchor.day);
  const grown = columnsOf(days.map((day, i) => (i === at ? { ...day, ratios: [128, 128, ...day.ratios] } : day)));
  const after = layout(grown, metrics);
  const now = grown.starts[at]! + anchor.index + 2;
  const top = anchored(anchor, after, grown, (id) => (id === anchor.id ? now : -1)) + anchor.offset;
  const row = after.rowTop.indexOf(top);
  expect(row).toBeGreaterThan(0);
  expect(after.rowStart[row]! <= now).toBe(true);
});

test('when its day is gone, the next older one takes its place', () => {
  const anchor = anchorAt(made, before, edge, () => null)!;
  const at = days.findIndex((day) => day.number === anchor.day);
  const less = columnsOf(days.filter((_, i) => i !== at));
  const after = layout(less, metrics);
  const top = anchored(anchor, after, less, unknown) + anchor.offset;
  expect(top).toBe(after.rowTop[after.dayRow[at]!]);
});

test('nothing is left', () => {
  const anchor = anchorAt(made, before, edge, () => null)!;
  const none = columnsOf([]);
  expect(anchored(anchor, layout(none, metrics), none, unknown)).toBe(0);
  expect(anchorAt(layout(none, metrics), none, 0, () => null)).toBeNull();
});
