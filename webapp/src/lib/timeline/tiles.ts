/** What the tiles of a day show, in columns as they come. */
import { decodeBase64, type Columns } from './columns';
import type { StretchPage } from './timeline.gql';

/** Bits of `flags`. */
export const FILM = 1;
export const UNREADABLE = 2;
export const PENDING = 4;
export const OFFLINE = 8;
export const STACKED = 32;
export const LIVE = 64;
export { FAVOURITE } from './selection.svelte';

export interface Tile {
  id: string;
  tag: number;
  flags: number;
  thumbhash: string;
}

export class DayTiles {
  /** Where these replaced older ones: what stands for each asset on screen, so that a picture that moves is moved. */
  private keys: (number | string)[] | null = null;
  private places: Map<string, number> | null = null;

  constructor(
    readonly ids: string[],
    readonly tags: number[],
    readonly flags: number[],
    readonly thumbhashes: string[],
  ) {}

  get count(): number {
    return this.ids.length;
  }

  at(index: number): Tile | null {
    const id = this.ids[index];
    if (id === undefined) return null;
    return { id, tag: this.tags[index]!, flags: this.flags[index]!, thumbhash: this.thumbhashes[index]! };
  }

  indexOf(id: string): number {
    this.places ??= new Map(this.ids.map((each, index) => [each, index]));
    return this.places.get(id) ?? -1;
  }

  keyOf(index: number): number | string {
    return this.keys?.[index] ?? index;
  }

  /** Keeps the keys of assets that were there before. */
  succeed(old: DayTiles): this {
    const kept = new Set<number | string>();
    const keys = this.ids.map((id) => {
      const index = old.indexOf(id);
      if (index < 0) return null;
      kept.add(old.keyOf(index));
      return old.keyOf(index);
    });
    let fresh = 0;
    this.keys = keys.map((key) => {
      if (key !== null) return key;
      while (kept.has(`new ${fresh}`)) fresh++;
      return `new ${fresh++}`;
    });
    return this;
  }

  slice(from: number, to: number): DayTiles {
    return new DayTiles(
      this.ids.slice(from, to),
      this.tags.slice(from, to),
      this.flags.slice(from, to),
      this.thumbhashes.slice(from, to),
    );
  }

  join(more: DayTiles): DayTiles {
    return new DayTiles(
      [...this.ids, ...more.ids],
      [...this.tags, ...more.tags],
      [...this.flags, ...more.flags],
      [...this.thumbhashes, ...more.thumbhashes],
    );
  }
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** ThumbHashes in hex, from planes: the first byte of each, then the second of each … Empty where all are zero. */
export function fromPlanes(base64: string, count: number): string[] {
  const bytes = decodeBase64(base64);
  return Array.from({ length: count }, (_, asset) => {
    let [hex, any] = ['', 0];
    for (let at = asset; at < bytes.length; at += count) {
      hex += HEX[bytes[at]!]!;
      any |= bytes[at]!;
    }
    return any ? hex : '';
  });
}

/** Cuts pages of assets into days, by the counts of the columns. */
export class Splitter {
  private begun: DayTiles | null = null;
  private day: number;
  /** Assets that earlier pages brought. */
  private passed = 0;

  constructor(
    private readonly columns: Columns,
    private readonly first: number,
    private readonly last: number,
  ) {
    this.day = first;
  }

  /** True where a page is what the columns say: as many assets, of the same ratios. */
  fits(page: StretchPage): boolean {
    const ratios = decodeBase64(page.ratios);
    const start = this.columns.starts[this.first]! + this.passed;
    const end = this.columns.starts[this.last + 1]!;
    if (page.next === null ? start + ratios.length !== end : start + ratios.length > end) return false;
    return ratios.every((ratio, i) => ratio === this.columns.ratios[start + i]);
  }

  /** Days by number; the last one may still be incomplete and come again with the next page. */
  split(page: StretchPage): Map<number, DayTiles> {
    const found = new Map<number, DayTiles>();
    const all = new DayTiles(page.ids, page.tags, page.flags, fromPlanes(page.thumbhashes, page.ids.length));
    this.passed += page.ids.length;
    for (let at = 0; at < page.ids.length && this.day <= this.last;) {
      const wanted = this.columns.counts[this.day]! - (this.begun?.count ?? 0);
      const part = all.slice(at, at + wanted);
      const tiles = this.begun?.join(part) ?? part;
      found.set(this.columns.days[this.day]!, tiles);
      at += part.count;
      if (part.count < wanted) this.begun = tiles;
      else {
        this.begun = null;
        this.day++;
      }
    }
    return found;
  }
}
