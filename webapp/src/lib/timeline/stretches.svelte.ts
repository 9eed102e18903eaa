/** The tiles of days near the viewport: fetched in spans, each once, given up when far away, and bounded in number. */
import { SvelteMap } from 'svelte/reactivity';
import { query } from '$lib/api/client';
import { isAbort } from '$lib/api/error';
import type { VariablesOf } from '$lib/api/graphql';
import { isoDay } from '$lib/i18n';
import type { Columns } from './columns';
import { Splitter, type DayTiles } from './tiles';
import { StretchOf, type AssetFilter, type StretchPage } from './timeline.gql';

/** Assets kept; those farthest from the viewport go first. */
const KEPT = 20_000;
/** A request asks for about so many assets, so that slow scrolling needs few requests. */
const AHEAD = 400;
const MOST = 4000;

interface Request {
  /** Days since 1970-01-01. */
  newest: number;
  oldest: number;
  abort: AbortController;
  done: Promise<void>;
  /** Somebody waits for it, wherever the viewport goes. */
  wanted: boolean;
}

const ask = (variables: VariablesOf<typeof StretchOf>, signal: AbortSignal) => query(StretchOf, variables, { signal });

export class Stretches {
  private readonly days = new SvelteMap<number, DayTiles>();
  private requests: Request[] = [];
  private kept = 0;

  constructor(
    private readonly filter: AssetFilter | null,
    /** Called when an answer tells that the columns it was asked with are out of date; its days may be missing. */
    private readonly stale: (columns: Columns) => void,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** The tiles of a day, as far as they are here. Reactive. */
  of(day: number): DayTiles | undefined {
    return this.days.get(day);
  }

  /** The day an asset lies on, if it is here. */
  dayOf(id: string): number | null {
    for (const [day, tiles] of this.days) if (tiles.indexOf(id) >= 0) return day;
    return null;
  }

  /** Sees to it that days (by index, inclusive) are here or under way, and drops requests for days far from them. */
  need(columns: Columns, first: number, last: number): void {
    if (columns.days.length === 0) return;
    this.giveUpOutside(columns.days[first]!, columns.days[last]!);
    for (let day = first; day <= last; day++) {
      if (!this.missing(columns, day)) continue;
      let [from, to] = [day, day];
      let assets = columns.counts[day]!;
      const grow = (next: number) => next >= 0 && next < columns.days.length && this.missing(columns, next);
      while (assets < (to < last ? MOST : AHEAD) && grow(to + 1)) assets += columns.counts[++to]!;
      while (assets < AHEAD && grow(from - 1)) assets += columns.counts[--from]!;
      this.start(columns, from, to, false);
      day = to;
    }
    this.forgetFar(columns, first, last);
  }

  /** One day, however far away; null where it can't be had. */
  async load(columns: Columns, day: number): Promise<DayTiles | null> {
    const number = columns.days[day];
    if (number === undefined) return null;
    const under = this.under(number);
    if (under) {
      under.wanted = true;
      await under.done;
    }
    if (this.missing(columns, day)) await this.start(columns, day, day, true).done;
    return this.days.get(number) ?? null;
  }

  /** Puts in tiles that came with the columns, and forgets other days that have changed; true if there were any. */
  replace(fresh: Map<number, DayTiles>, changed: Iterable<number>): boolean {
    let forgotten = false;
    for (const day of changed) {
      if (fresh.has(day) || !this.days.has(day)) continue;
      this.put(day, null);
      forgotten = true;
    }
    for (const [day, tiles] of fresh) {
      const old = this.days.get(day);
      this.put(day, old ? tiles.succeed(old) : tiles);
    }
    return forgotten;
  }

  has(day: number): boolean {
    return this.days.has(day);
  }

  /** Numbers of the days that are here. */
  here(): number[] {
    return [...this.days.keys()];
  }

  close(): void {
    for (const { abort } of this.requests) abort.abort();
  }

  private missing(columns: Columns, day: number): boolean {
    const number = columns.days[day]!;
    const here = this.days.get(number);
    if (here && here.count >= columns.counts[day]!) return false;
    return !this.under(number);
  }

  /** The request under way that will bring a day. */
  private under(day: number): Request | undefined {
    return this.requests.find(({ newest, oldest }) => oldest <= day && day <= newest);
  }

  private start(columns: Columns, first: number, last: number, wanted: boolean): Request {
    const abort = new AbortController();
    const [newest, oldest] = [columns.days[first]!, columns.days[last]!];
    const request: Request = { newest, oldest, abort, wanted, done: Promise.resolve() };
    request.done = this.read(columns, first, last, abort.signal)
      .catch((error: unknown) => {
        if (!isAbort(error)) this.failed(error);
        return true;
      })
      .then((uptodate) => {
        this.requests = this.requests.filter((other) => other !== request);
        // Only now: whoever asks again is not told that it is under way.
        if (!uptodate) this.stale(columns);
      });
    this.requests.push(request);
    return request;
  }

  /** Reads days page by page; a day longer than a page grows. False where the columns are out of date. */
  private async read(columns: Columns, first: number, last: number, signal: AbortSignal): Promise<boolean> {
    const span = { from: isoDay(columns.days[last]!), to: isoDay(columns.days[first]!) };
    const splitter = new Splitter(columns, first, last);
    let after: string | null = null;
    let current = true;
    do {
      const { timeline } = await ask({ filter: this.filter, ...span, after }, signal);
      const page: StretchPage = timeline.stretch;
      current &&= timeline.version === columns.version;
      // Changes elsewhere do no harm; where the span itself has changed, its days can't be told apart any more.
      if (!current && (after !== null || page.next !== null)) return false;
      if (!splitter.fits(page)) return false;
      for (const [day, tiles] of splitter.split(page)) this.put(day, tiles);
      after = page.next;
    } while (after !== null);
    return current;
  }

  private put(day: number, tiles: DayTiles | null): void {
    this.kept += (tiles?.count ?? 0) - (this.days.get(day)?.count ?? 0);
    if (tiles) this.days.set(day, tiles);
    else this.days.delete(day);
  }

  private giveUpOutside(newest: number, oldest: number): void {
    for (const request of this.requests) {
      if (!request.wanted && (request.oldest > newest || request.newest < oldest)) request.abort.abort();
    }
    this.requests = this.requests.filter(({ abort }) => !abort.signal.aborted);
  }

  private forgetFar(columns: Columns, first: number, last: number): void {
    if (this.kept <= KEPT) return;
    const [newest, oldest] = [columns.days[first]!, columns.days[last]!];
    const away = (day: number) => Math.max(day - newest, oldest - day);
    const far = this.here().filter((day) => away(day) > 0);
    far.sort((a, b) => away(b) - away(a));
    for (const day of far) {
      if (this.kept <= KEPT * 0.8) return;
      this.put(day, null);
    }
  }
}
