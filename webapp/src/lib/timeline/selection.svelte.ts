/** The assets that somebody has picked out of a list, to do something with all of them. */
import { getContext, setContext } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';

export class Selection {
  readonly ids = new SvelteSet<string>();
  /** The last one that was picked, from which a span goes on. */
  private last: string | null = null;

  get any(): boolean {
    return this.ids.size > 0;
  }

  has(id: string): boolean {
    return this.ids.has(id);
  }

  toggle(id: string): void {
    this.last = id;
    if (!this.ids.delete(id)) this.ids.add(id);
  }

  /** All of these, or none of them if they are picked already. */
  toggleAll(ids: readonly string[]): void {
    const whole = ids.every((id) => this.ids.has(id));
    for (const id of ids)
      if (whole) this.ids.delete(id);
      else this.ids.add(id);
    this.last = ids.at(-1) ?? null;
  }

  /** Everything from the last one that was picked to this one, in the order of the list. */
  span(id: string, list: readonly string[]): void {
    const [from, to] = [this.last === null ? -1 : list.indexOf(this.last), list.indexOf(id)];
    if (from < 0 || to < 0) return this.toggle(id);
    for (const each of list.slice(Math.min(from, to), Math.max(from, to) + 1)) this.ids.add(each);
    this.last = id;
  }

  clear(): void {
    this.ids.clear();
    this.last = null;
  }
}

const KEY = Symbol('selection');

/** For a layout whose lists can be picked from. */
export function provideSelection(): Selection {
  return setContext(KEY, new Selection());
}

/** Null where nothing can be picked. */
export function useSelection(): Selection | null {
  return getContext<Selection | undefined>(KEY) ?? null;
}
