import { expect, test } from 'vitest';
import { decodeBase64, decodeColumns } from './columns';
import { ratioOf, tileWidths } from './ratio';

test('columns are read as little-endian numbers', () => {
  const columns = decodeColumns({
    version: 'v7',
    // 20225 (17 May 2025), 0, −18263 (1 January 1920)
    days: { numbers: 'AU8AAAAAAACpuP//', counts: 'AgAAAAEAAAADAAAA' },
    ratios: 'k5MAgG2T',
  });
  expect([...columns.days]).toEqual([20225, 0, -18263]);
  expect([...columns.counts]).toEqual([2, 1, 3]);
  expect([...columns.starts]).toEqual([0, 2, 3, 6]);
  expect([...columns.ratios]).toEqual([147, 147, 0, 128, 109, 147]);
});

test('columns that do not fit together are refused', () => {
  const days = { numbers: 'AU8AAA==', counts: 'AgAAAA==' };
  expect(() => decodeColumns({ version: '', days, ratios: 'kw==' })).toThrow(/add up/);
  expect(() => decodeColumns({ version: '', days: { ...days, counts: '' }, ratios: '' })).toThrow(/differ/);
  expect(() => decodeColumns({ version: '', days: { ...days, numbers: 'AU8A' }, ratios: '' })).toThrow(/cut off/);
});

test('base64 is read with and without the browser’s own reader', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
  expect(decodeBase64(Buffer.from(bytes).toString('base64'))).toEqual(bytes);
});

test('ratios', () => {
  expect(ratioOf(128)).toBe(1);
  expect(ratioOf(160)).toBe(2);
  expect(ratioOf(96)).toBe(0.5);
  expect(ratioOf(0)).toBe(4 / 3);
  expect(ratioOf(147)).toBeCloseTo(3 / 2, 1);
  expect(tileWidths({ width: 300, rowHeight: 100 })[255]).toBe(300);
  expect(tileWidths({ width: 300, rowHeight: 100 })[1]).toBeCloseTo(42, 1);
});
