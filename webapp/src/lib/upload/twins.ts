/** Files of equal content in one queue: the first goes, the others wait for what becomes of it. */

import type { Item } from './item';

export class Twins {
  #leaders = new Map<string, Item>();
  #held = new Map<string, Item[]>();

  /** True where an equal file goes already; this one is then held. */
  hold(item: Item): boolean {
    const key = keyOf(item);
    const leader = this.#leaders.get(key);
    if (!leader || leader === item) {
      this.#leaders.set(key, item);
      return false;
    }
    this.#held.set(key, [...(this.#held.get(key) ?? []), item]);
    return true;
  }

  /** Lets those go that were held for this one. */
  release(leader: Item): Item[] {
    const key = keyOf(leader);
    const held = this.#held.get(key) ?? [];
    if (this.#leaders.get(key) !== leader) {
      this.#held.set(
        key,
        held.filter((item) => item !== leader),
      );
      return [];
    }
    this.#leaders.delete(key);
    this.#held.delete(key);
    return held;
  }
}

function keyOf({ libraryId, sha1 }: Item): string {
  return `${libraryId} ${sha1 ?? ''}`;
}
