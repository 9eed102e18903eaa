/** Places by name, asked for while one types: the newest answer counts. */

import { query } from '$lib/api/client';
import { isAbort } from '$lib/api/error';
import { enough } from './combobox';
import { PlaceSearch, type NamedPlace } from './place-search.gql';

const PAUSE_MS = 150;
/** What the server takes. */
const LONGEST = 100;

export class PlaceLookup {
  found = $state.raw<readonly NamedPlace[]>([]);
  /** What `found` begins with; null until an answer. */
  asked = $state<string | null>(null);
  error = $state.raw<unknown>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: AbortController | null = null;

  /** Something else is typed. What was found stays until the next answer, so that the list does not flicker. */
  type(text: string): void {
    this.stop();
    if (enough(text)) this.#timer = setTimeout(() => void this.look(text), PAUSE_MS);
    else [this.found, this.asked, this.error] = [[], null, null];
  }

  /** Asks now. */
  async look(text: string): Promise<void> {
    this.stop();
    const running = (this.#running = new AbortController());
    const name = [...text.trim()].slice(0, LONGEST).join('');
    try {
      const { placeSearch } = await query(PlaceSearch, { text: name }, { signal: running.signal });
      [this.found, this.asked, this.error] = [placeSearch, name, null];
    } catch (error) {
      if (!isAbort(error)) [this.found, this.asked, this.error] = [[], name, error];
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#running?.abort();
  }
}

/** How near one looks at a city: the more live there, the farther it reaches. */
export function zoomOf({ population }: NamedPlace): number {
  return (population ?? 0) >= 1_000_000 ? 8 : 9;
}
