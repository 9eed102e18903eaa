/** What some tiles and headers say beside the picture: asked for in batches, once per asset. */
import { SvelteMap } from 'svelte/reactivity';
import { request } from '$lib/api/client';
import { presence } from '$lib/api/presence.svelte';
import { DetailsOf, type Details } from './timeline.gql';

const PAUSE_MS = 120;
const BATCH = 200;
const KEPT = 5000;
const RETRY_MS = 10_000;

export class DetailsStore {
  private readonly known = new SvelteMap<string, Details | null>();
  private wanted = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** Reactive; undefined as long as it isn't here. */
  of(id: string): Details | null | undefined {
    return this.known.get(id);
  }

  ask(ids: readonly string[]): void {
    for (const id of ids) if (!this.known.has(id)) this.wanted.add(id);
    if (this.wanted.size === 0) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.load(), PAUSE_MS);
  }

  /** To be asked again: it has changed. */
  forget(id: string): void {
    this.known.delete(id);
  }

  private async load(): Promise<void> {
    // The newest wishes first: what was wanted before may have been scrolled past.
    const ids = [...this.wanted].slice(-BATCH);
    this.wanted.clear();
    for (const id of ids) this.known.set(id, null);
    try {
      const { assets } = await request(DetailsOf, { ids });
      for (const asset of assets) if (asset) this.known.set(asset.id, asset);
    } catch {
      // These are embellishments: they are asked for again later. Whoever shows them asks as soon as they are unknown.
      presence.again(RETRY_MS, () => ids.forEach((id) => this.forget(id)));
    }
    for (const id of this.known.keys()) {
      if (this.known.size <= KEPT) break;
      this.known.delete(id);
    }
  }
}

/** Of a day with more, so many evenly spread assets tell where it was spent. */
const SAMPLES = 5;

/** A few of a day's assets, which tell where it was spent. */
export function samplesOf(ids: readonly string[]): string[] {
  const last = ids.length - 1;
  const places = Array.from({ length: SAMPLES }, (_, n) => Math.floor((last * n) / (SAMPLES - 1)));
  return [...new Set(places)].flatMap((at) => ids[at] ?? []);
}

/**
 * `Lisbon, Portugal`, or `Lisbon, Sintra` where a day was spent in several; null where nothing is known. A single
 * photo that knows its place doesn't name a day of others that don't: at least half of those that are known must.
 */
export function placeName(details: readonly (Details | null | undefined)[], brief = false): string | null {
  const known = details.filter((each) => each != null);
  const places = known.map(({ place }) => place).filter((place) => place != null);
  if (places.length * 2 < known.length) return null;
  const cities = [...new Set(places.map(({ city, region }) => city ?? region).filter((name) => name != null))];
  const countries = [...new Set(places.map(({ country }) => country).filter((name) => name != null))];
  if (brief) return cities[0] ?? countries[0] ?? null;
  if (cities.length > 1) return cities.slice(0, 2).join(', ');
  return [cities[0], countries[0]].filter(Boolean).join(', ') || null;
}
