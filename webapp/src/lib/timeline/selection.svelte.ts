/** Photos that are chosen, to do something to all of them. */
import { SvelteMap } from 'svelte/reactivity';

/** The flag of the viewer's own favourites (`Stretch.flags` in schema.graphql). */
export const FAVOURITE = 128;

/** Enough of a tile to choose it. */
export interface Choosable {
  id: string;
  flags: number;
}

export class Selection {
  #chosen = new SvelteMap<string, number>();
  /** Where the last one stands: Shift chooses from there on. */
  anchor: number | null = null;

  get size(): number {
    return this.#chosen.size;
  }

  get ids(): string[] {
    return [...this.#chosen.keys()];
  }

  /** All of them are favourites. */
  get favourite(): boolean {
    return this.size > 0 && [...this.#chosen.values()].every((flags) => (flags & FAVOURITE) !== 0);
  }

  has(id: string | null): boolean {
    return id !== null && this.#chosen.has(id);
  }

  toggle(tile: Choosable, at: number | null = null): void {
    if (!this.#chosen.delete(tile.id)) this.#chosen.set(tile.id, tile.flags);
    this.anchor = at;
  }

  add(tiles: Iterable<Choosable>, at: number | null = null): void {
    for (const { id, flags } of tiles) this.#chosen.set(id, flags);
    this.anchor = at;
  }

  drop(ids: Iterable<string>): void {
    for (const id of ids) this.#chosen.delete(id);
  }

  clear(): void {
    this.#chosen.clear();
    this.anchor = null;
  }
}
