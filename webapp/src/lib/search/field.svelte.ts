/** What the search field knows: its text, what is offered beneath it, and which of that is chosen. */

import { goto } from '$app/navigation';
import { page } from '$app/state';
import { orderOf, searchHref } from './address';
import { found } from './found.svelte';
import { searchHistory } from './history.svelte';
import { kept, stepped } from './listbox';
import { ALL_KEYS, recentFor, sectionsFor, taken, type Option } from './options';
import { Suggestions } from './suggestions.svelte';
import { finished } from './terms';

export class Field {
  text = $derived(page.url.pathname.startsWith('/search') ? (page.url.searchParams.get('q') ?? '') : '');
  caret = $state(0);
  open = $state(false);
  /** All keys are to be seen, not only those that fit. */
  all = $state(false);
  #chosen = $state<string | null>(null);
  #suggestions = new Suggestions();

  /** The page beneath lists the keys. */
  #atStart = $derived(page.url.pathname.startsWith('/search') && !page.url.searchParams.get('q')?.trim());
  sections = $derived.by(() => {
    if (this.all) return ALL_KEYS;
    if (this.#atStart && !this.text.trim()) return recentFor(this.text, searchHistory.list);
    return sectionsFor(this.text, this.caret, searchHistory.list, this.#suggestions.for(this.text));
  });
  options = $derived(this.sections.flatMap(({ options }) => options));
  chosen = $derived(kept(this.options, this.#chosen));
  /** Only while the text is the one that was searched for; it stays in sight until the text is another. */
  problem = $derived(this.text.trim() !== '' && this.text.trim() === found.text ? found.problem : null);
  listed = $derived(this.open && this.options.length > 0 && this.problem === null);

  focused(caret: number): void {
    this.open = true;
    void searchHistory.load();
    this.at(caret);
  }

  typed(caret: number): void {
    [this.open, this.#chosen, this.all] = [true, null, false];
    this.at(caret);
  }

  /** The caret is here now. */
  at(caret: number, pause?: number): void {
    this.caret = caret;
    if (this.open) this.#suggestions.ask(this.text, caret, pause);
  }

  step(by: 1 | -1): void {
    this.open = true;
    this.#chosen = stepped(this.options, this.chosen, by)?.id ?? null;
  }

  shut(): void {
    [this.open, this.#chosen, this.all] = [false, null, false];
    this.#suggestions.stop();
  }

  /** Searches because somebody says so. */
  search(wanted: string): void {
    found.asked = wanted.trim();
    this.#go(wanted);
  }

  /** Takes an option by Enter or a click; true where the text goes on at the caret. */
  pick(option: Option): boolean {
    if (option.kind === 'recent') {
      this.search(option.text);
      return false;
    }
    if (option.kind === 'forget') {
      void searchHistory.clear();
      this.#chosen = null;
      return false;
    }
    if (option.kind === 'more') {
      // Whoever came with the arrow keys goes on with them.
      const walks = this.#chosen !== null;
      this.all = true;
      this.#chosen = walks ? (this.options[0]?.id ?? null) : null;
      return false;
    }
    this.complete(option);
    if (option.kind === 'key' || !finished(this.text)) return true;
    this.#go(this.text);
    return false;
  }

  /** Takes an option into the text and leaves it at that; false for what is none of the text's. */
  complete(option: Option): boolean {
    if (option.kind === 'more' || option.kind === 'forget') return false;
    const next =
      option.kind === 'recent'
        ? { text: option.text, caret: option.text.length }
        : taken(this.text, this.caret, option);
    [this.text, this.#chosen, this.all] = [next.text, null, false];
    this.open = option.kind === 'key' || !finished(next.text);
    // What a key takes is wanted at once.
    this.at(next.caret, 0);
    return true;
  }

  forget(text: string): void {
    const place = this.options.findIndex(({ id }) => id === this.#chosen);
    void searchHistory.forget(text);
    if (place >= 0) this.#chosen = this.options[Math.min(place, this.options.length - 1)]?.id ?? null;
  }

  #go(wanted: string): void {
    this.text = wanted.trim();
    this.shut();
    const to = this.text ? searchHref(this.text, orderOf(page.url.searchParams)) : '/search';
    void goto(to, { keepFocus: true });
  }
}
