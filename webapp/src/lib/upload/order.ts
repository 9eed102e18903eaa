/** Files still to do, smallest first. */

import type { Item } from './item';

export class SmallestFirst {
  /** Largest first, so that the smallest is taken off the end. */
  #items: Item[] = [];

  get size(): number {
    return this.#items.length;
  }

  /** Puts many in at once: one sort instead of many insertions. */
  addAll(items: readonly Item[]): void {
    this.#items = [...this.#items, ...items].sort((a, b) => b.file.size - a.file.size || b.id - a.id);
  }

  add(item: Item): void {
    let [low, high] = [0, this.#items.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#items[middle] as Item;
      if (other.file.size > item.file.size || (other.file.size === item.file.size && other.id > item.id))
        low = middle + 1;
      else high = middle;
    }
    this.#items.splice(low, 0, item);
  }

  /** The smallest that may go now. */
  take(now: number): Item | null {
    for (let i = this.#items.length - 1; i >= 0; i--) {
      const item = this.#items[i] as Item;
      if (item.retryAt <= now) {
        this.#items.splice(i, 1);
        return item;
      }
    }
    return null;
  }

  remove(item: Item): void {
    const at = this.#items.indexOf(item);
    if (at >= 0) this.#items.splice(at, 1);
  }

  /** When the next of those that wait may go; null where none waits. */
  nextAt(): number | null {
    return this.#items.reduce<number | null>(
      (least, { retryAt }) => (least === null || retryAt < least ? retryAt : least),
      null,
    );
  }
}
