/** The layout's rules written down the slow and plain way, to test the fast one against. */
import type { Metrics } from '../layout';
import type { Day } from './made-up';

interface Row {
  day: number;
  header: number;
  left: number;
  top: number;
  height: number;
  width: number;
  assets: number;
}

const total = (list: number[]) => list.reduce((sum, value) => sum + value, 0);

export function naiveLayout(days: Day[], metrics: Metrics): { height: number; rows: Row[] } {
  const { width, rowHeight, gap, header, below, beside, narrowest } = metrics;
  const rows: Row[] = [];
  let top = 0;
  const widest = Math.max(1, Math.min(5, width / rowHeight));
  const aspect = (b: number) => Math.min(widest, Math.max(0.42, b === 0 ? 4 / 3 : 2 ** ((b - 128) / 32)));
  const widths = (day: Day) => day.ratios.map((b) => Math.round(aspect(b) * rowHeight * 64) / 64);
  const inOneRow = (day: Day, scale = 1) => total(widths(day)) * scale + gap * (day.ratios.length - 1);

  /** Scale at which days side by side fill the width, by bisection; null out of bounds. */
  function fill(band: Day[]): number | null {
    const used = (scale: number) =>
      total(band.map((day) => Math.max(narrowest, inOneRow(day, scale)))) + beside * (band.length - 1);
    let [low, high] = [0.84, 1.34];
    if (used(low) > width || used(high) < width) return null;
    for (let i = 0; i < 80; i++) {
      const middle = (low + high) / 2;
      if (used(middle) > width) high = middle;
      else low = middle;
    }
    return low;
  }

  function bandFrom(list: Day[]): Day[] {
    const band = [list[0]!];
    if (inOneRow(list[0]!) > width) return band;
    for (const day of list.slice(1)) {
      const used = total([...band, day].map((one) => Math.max(narrowest, inOneRow(one)) + beside)) - beside;
      if (used > width && fill([...band, day]) === null) break;
      band.push(day);
      if (used > width) break;
    }
    return band;
  }

  function manyRows(day: Day): void {
    const list = widths(day).map((w) => w + gap);
    const header0 = top;
    top += header;
    for (let first = 0; first < list.length;) {
      const rest = total(list.slice(first));
      const want = rest / (width + gap);
      const [low, high] = [Math.floor(want), Math.floor(want) + 1];
      const rowsLeft = low > 0 && want / low < high / want ? low : high;
      let end = list.length;
      if (rowsLeft > 1) {
        const share = rest / rowsLeft;
        const sums = list.map((_, i) => total(list.slice(first, i + 1)));
        const over = sums.findIndex((sum, i) => i >= first && sum >= share);
        const before = over > first && sums[over]! - share > share - sums[over - 1]!;
        end = before ? over : over + 1;
      }
      const gaps = gap * (end - first - 1);
      const tiles = total(list.slice(first, end)) - gaps - gap;
      const scale = (width - gaps) / tiles;
      const justified = scale <= 2;
      const height = justified ? Math.round(scale * rowHeight) : rowHeight;
      const used = justified ? width : Math.round(tiles + gaps);
      rows.push({ day: day.number, header: header0, left: 0, top, height, width: used, assets: end - first });
      top += height + gap;
      first = end;
    }
    top += below - gap;
  }

  function oneRow(band: Day[]): void {
    const scale = fill(band) ?? 1;
    let left = 0;
    for (const day of band) {
      let tiles = Math.round(inOneRow(day, scale));
      if (left + tiles > width || width - left - tiles <= band.length + 1) tiles = width - left;
      const height = Math.round(scale * rowHeight);
      const place = { header: top, left, top: top + header, height };
      rows.push({ day: day.number, ...place, width: tiles, assets: day.ratios.length });
      left += Math.min(width - left, Math.max(narrowest, tiles)) + beside;
    }
    top += header + Math.round(scale * rowHeight) + below;
  }

  for (let at = 0; at < days.length;) {
    const band = bandFrom(days.slice(at));
    const alone = band.length === 1 && inOneRow(band[0]!) > width * 0.75;
    if (alone) manyRows(band[0]!);
    else oneRow(band);
    at += band.length;
  }
  return { height: top, rows };
}
