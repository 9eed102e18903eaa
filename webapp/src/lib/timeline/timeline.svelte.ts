/** The state of one timeline: columns, layout, tiles; kept up to date by the change feed. */
import { onChanges, type Change } from '$lib/api/changes';
import { query, request } from '$lib/api/client';
import { isAbort } from '$lib/api/error';
import { presence } from '$lib/api/presence.svelte';
import { dayNumber, isoDay } from '$lib/i18n';
import { decodeColumns, findDay, noColumns, TornColumns, type Columns } from './columns';
import { DetailsStore } from './details.svelte';
import { changedDays } from './diff';
import { takeEarly } from './early';
import { dayOfAsset } from './find';
import { layout, type Layout, type Metrics } from './layout';
import type { patch } from './patch';
import { Stretches } from './stretches.svelte';
import { Splitter, type DayTiles, type Tile } from './tiles';
import { Columns as ColumnsOf, DayOf, type AssetFilter, type ColumnsAnswer } from './timeline.gql';

const REFRESH_MS = 1000;
const RETRY_MS = 4000;
/** How often what a filter finds is read again after a change: the index hears of it a moment later. */
const BEHIND = 4;
/** How often a place is looked for while the timeline changes. */
const TRIES = 4;

/** Days on screen, by number: `newest` ≥ `oldest`. */
export interface Span {
  newest: number;
  oldest: number;
}

const nothing = () => null;
const plainly = (change: () => void) => change();

export class TimelineState {
  columns = $state.raw<Columns>(noColumns);
  made = $state.raw<Layout | null>(null);
  /** True once the columns are known. */
  ready = $state(false);
  /** Why there is nothing to show. */
  error = $state.raw<unknown>(null);
  /** Counts up to make the view ask again for what it lacks. */
  attempt = $state(0);
  readonly stretches: Stretches;
  readonly details = new DetailsStore();
  /** Set by the view: what is on screen, and how to change everything without moving it. */
  visible: () => Span | null = nothing;
  transition: (change: () => void) => void = plainly;

  private metrics: Metrics | null = null;
  private dirty = new Set<number>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private last = -Infinity;
  /** How long the last reading took. */
  private took = 0;
  /** Tiles on screen may be missing once the columns have been read. */
  private lacking = false;
  /** Readings in a row that brought what was known. */
  private unchanged = 0;
  /** Readings that are still due, because the index may not have heard of everything yet. */
  private behind = 0;
  private readonly abort = new AbortController();
  private readonly stopListening: () => void;
  private loading: Promise<void> | null = null;

  constructor(readonly filter: AssetFilter | null) {
    this.fallBehind();
    this.stretches = new Stretches(
      filter,
      (columns) => this.outOfDate(columns),
      () => presence.again(RETRY_MS, () => this.attempt++),
    );
    this.stopListening = onChanges(({ reset, items }) => {
      if (reset) this.dirtyAll();
      const assets = items.filter(({ kind }) => kind === 'ASSET');
      for (const change of assets) this.mark(change);
      // A library that comes or goes brings or takes its assets.
      if (reset || assets.length || items.some(({ kind }) => kind === 'LIBRARY')) {
        this.fallBehind();
        this.refreshSoon();
      }
    });
    void this.refresh();
  }

  close(): void {
    this.abort.abort();
    this.stopListening();
    this.stretches.close();
    clearTimeout(this.timer);
  }

  /** The view is gone. */
  unseen(): void {
    [this.visible, this.transition] = [nothing, plainly];
  }

  /** Lays out for other measures. */
  measure(metrics: Metrics): void {
    this.metrics = metrics;
    this.made = layout(this.columns, metrics);
  }

  /** The tile of an asset, as far as it is here. Reactive. */
  tile(asset: number): Tile | null {
    const day = dayOfAsset(this.columns, asset);
    return this.stretches.of(this.columns.days[day]!)?.at(asset - this.columns.starts[day]!) ?? null;
  }

  /** The same, fetched where it isn't here. */
  async loadTile(asset: number): Promise<Tile | null> {
    if (asset < 0 || asset >= this.columns.ratios.length) return null;
    const columns = this.columns;
    const day = dayOfAsset(columns, asset);
    const tiles = await this.stretches.load(columns, day);
    return tiles?.at(asset - columns.starts[day]!) ?? null;
  }

  /** Where an asset stands, from what is here; −1 where that isn't known. */
  knownIndex(id: string): number {
    const day = this.stretches.dayOf(id);
    return day === null ? -1 : this.indexOn(day, id);
  }

  /** Where an asset stands, asking the server if need be; −1 where the timeline doesn't hold it. */
  async index(id: string): Promise<number> {
    await this.loading;
    const known = this.knownIndex(id);
    if (known >= 0) return known;
    const { asset } = await request(DayOf, { id });
    if (!asset) return -1;
    const number = dayNumber(asset.localTakenAt.slice(0, 10));
    // Where the timeline changes meanwhile, it is asked again with newer columns.
    for (let tries = 0; tries < TRIES; tries++) {
      const columns = this.columns;
      const day = findDay(columns.days, number);
      if (day >= 0) await this.stretches.load(columns, day);
      const index = this.indexOn(number, id);
      if (index >= 0) return index;
      if (columns !== this.columns) continue;
      if (!this.lacking) return -1;
      await this.refresh();
    }
    return -1;
  }

  /** Reads the columns now. */
  refresh(): Promise<void> {
    const began = performance.now();
    this.last = began;
    this.loading = this.read().finally(() => {
      this.loading = null;
      this.took = performance.now() - began;
    });
    return this.loading;
  }

  /** Tiles came that do not belong to their columns. */
  private outOfDate(columns: Columns): void {
    // Newer ones are here already: nobody else would ask again.
    if (columns !== this.columns) return void this.attempt++;
    this.lacking = true;
    this.unchanged = 0;
    this.refreshSoon();
  }

  private fallBehind(): void {
    this.behind = this.filter ? BEHIND : 0;
  }

  /** At most once a second; less often where that is much work, or brought nothing new. */
  private refreshSoon(): void {
    if (this.timer !== undefined) return;
    const pause = Math.max(REFRESH_MS, this.took * 8) * 2 ** Math.min(5, Math.max(0, this.unchanged - 1));
    const wait = Math.max(0, this.last + pause - performance.now());
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.refresh();
    }, wait);
  }

  private async read(): Promise<void> {
    const dirty = this.dirty;
    this.dirty = new Set();
    const near = this.visible();
    const span = { from: isoDay(near?.oldest ?? 0), to: isoDay(near?.newest ?? 0) };
    try {
      const variables = { filter: this.filter, near: near !== null, ...span };
      const early = this.filter === null && !this.ready ? takeEarly() : null;
      const { timeline } = await (early ?? query(ColumnsOf, variables, { signal: this.abort.signal }));
      const next = timeline.version === this.columns.version ? this.columns : decodeColumns(timeline);
      this.unchanged = next === this.columns && dirty.size === 0 ? this.unchanged + 1 : 0;
      const fresh = near ? freshTiles(next, timeline.stretch, near) : null;
      // Only who stays needs to change what is there.
      const lay = this.ready ? (await import('./patch')).patch : null;
      this.transition(() => this.apply(next, fresh, dirty, lay));
      if (this.lacking) this.attempt++;
      this.lacking = false;
      this.ready = true;
      this.error = null;
      if (this.behind > 0) {
        this.behind -= 1;
        this.refreshSoon();
      }
    } catch (error) {
      if (isAbort(error)) return;
      for (const day of dirty) this.dirty.add(day);
      if (error instanceof TornColumns) this.refreshSoon();
      else if (this.ready) presence.again(RETRY_MS, () => this.refreshSoon());
      else this.error = error;
    }
  }

  private apply(
    next: Columns,
    fresh: Map<number, DayTiles> | null,
    dirty: Set<number>,
    lay: typeof patch | null,
  ): void {
    const before = this.columns;
    const changed = new Set([...dirty, ...changedDays(before, next, this.stretches.here())]);
    this.columns = next;
    // The reader may be elsewhere by now than where the tiles that came along belong.
    if (this.stretches.replace(fresh ?? new Map(), changed)) this.attempt++;
    if (!this.metrics || next === before) return;
    this.made = this.made && lay ? lay(this.made, before, next) : layout(next, this.metrics);
  }

  private mark({ id, day }: Change): void {
    this.details.forget(id);
    if (day) this.dirty.add(dayNumber(day));
    const was = this.stretches.dayOf(id);
    if (was !== null) this.dirty.add(was);
  }

  private dirtyAll(): void {
    for (const day of this.stretches.here()) this.dirty.add(day);
  }

  private indexOn(day: number, id: string): number {
    const at = findDay(this.columns.days, day);
    const index = this.stretches.of(day)?.indexOf(id) ?? -1;
    return at < 0 || index < 0 ? -1 : this.columns.starts[at]! + index;
  }
}

/** The tiles of a span of days, as they came together with their columns. */
function freshTiles(columns: Columns, page: ColumnsAnswer['stretch'], span: Span): Map<number, DayTiles> | null {
  const from = findDay(columns.days, span.newest);
  const to = findDay(columns.days, span.oldest);
  const [first, last] = [from < 0 ? ~from : from, to < 0 ? ~to - 1 : to];
  if (!page || last < first) return null;
  const splitter = new Splitter(columns, first, last);
  if (!splitter.fits(page)) throw new TornColumns('the tiles on screen do not belong to these columns');
  const tiles = splitter.split(page);
  // A day longer than a page came only in part; what is here of it already may be more.
  if (page.next !== null) tiles.delete([...tiles.keys()].at(-1) ?? NaN);
  return tiles;
}
