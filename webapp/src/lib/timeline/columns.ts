/** The whole library as the server sends it: columns of numbers in base64. */

/** Days from new to old, and one byte of aspect ratio per asset in layout order. */
export interface Columns {
  version: string;
  /** Days since 1970-01-01, descending. */
  days: Int32Array;
  /** Assets on each day. */
  counts: Uint32Array;
  /** First asset of each day, and the number of all assets at the end. */
  starts: Uint32Array;
  /** See `aspects`. */
  ratios: Uint8Array;
}

/** What `timeline` answers. */
export interface EncodedColumns {
  version: string;
  days: { numbers: string; counts: string };
  ratios: string;
}

export const noColumns: Columns = {
  version: '',
  days: new Int32Array(0),
  counts: new Uint32Array(0),
  starts: new Uint32Array(1),
  ratios: new Uint8Array(0),
};

/** Columns that were read while they changed, and don't belong together: to be read again. */
export class TornColumns extends Error {}

export function decodeColumns({ version, days, ratios }: EncodedColumns): Columns {
  const numbers = words(days.numbers, (view, at) => view.getInt32(at, true), Int32Array);
  const counts = words(days.counts, (view, at) => view.getUint32(at, true), Uint32Array);
  const bytes = decodeBase64(ratios);
  if (numbers.length !== counts.length) throw new TornColumns('timeline columns differ in length');
  const starts = new Uint32Array(counts.length + 1);
  for (let day = 0; day < counts.length; day++) starts[day + 1] = starts[day]! + counts[day]!;
  if (starts[counts.length] !== bytes.length) throw new TornColumns('timeline counts do not add up to its ratios');
  return { version, days: numbers, counts, starts, ratios: bytes };
}

type FromBase64 = { fromBase64?: (text: string) => Uint8Array };

export function decodeBase64(text: string): Uint8Array {
  const native = (Uint8Array as FromBase64).fromBase64;
  if (native) return native(text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** Reads 32-bit little-endian numbers, whatever the byte order of this machine. */
function words<T extends Int32Array | Uint32Array>(
  text: string,
  read: (view: DataView, at: number) => number,
  Words: new (length: number) => T,
): T {
  const bytes = decodeBase64(text);
  if (bytes.length % 4) throw new Error('timeline column is cut off');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const list = new Words(bytes.length / 4);
  for (let i = 0; i < list.length; i++) list[i] = read(view, i * 4);
  return list;
}

/** Index of a day, or the index where it would stand, as `~index`. Days descend. */
export function findDay(days: Int32Array, day: number): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (days[middle]! > day) low = middle + 1;
    else high = middle;
  }
  return days[low] === day ? low : ~low;
}

/** Index of the last entry that is not above `value` in an ascending list; 0 where there is none. */
export function floorIndex(list: Uint32Array | Int32Array, value: number, length = list.length): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (list[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
