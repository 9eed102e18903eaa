import { bench, describe } from 'vitest';
import { decodeColumns } from './columns';
import { layout, type Metrics } from './layout';
import { columnsOf, madeUpDays, seeded } from './testing/made-up';
import { patch } from './patch';

const desktop: Metrics = { width: 1160, rowHeight: 220, gap: 4, header: 48, below: 16, beside: 24, narrowest: 148 };
const phone: Metrics = { width: 390, rowHeight: 116, gap: 2, header: 44, below: 8, beside: 12, narrowest: 130 };

describe('1,000,000 assets', () => {
  const days = madeUpDays(1_000_000, seeded(1));
  const columns = columnsOf(days);
  const made = layout(columns, desktop);
  const base64 = (list: Int32Array | Uint32Array | Uint8Array) =>
    Buffer.from(list.buffer, list.byteOffset, list.byteLength).toString('base64');
  const encoded = {
    version: '1',
    days: { numbers: base64(columns.days), counts: base64(columns.counts) },
    ratios: base64(columns.ratios),
  };
  const middle = Math.floor(days.length / 2);
  const more = columnsOf(days.map((day, i) => (i === middle ? { ...day, ratios: [128, ...day.ratios] } : day)));

  bench('decode the columns', () => void decodeColumns(encoded));
  bench('lay out for a desktop', () => void layout(columns, desktop));
  bench('lay out for a phone', () => void layout(columns, phone));
  bench('one day changed', () => void patch(made, columns, more));
});
