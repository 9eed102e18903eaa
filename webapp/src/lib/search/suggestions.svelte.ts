/** What the server suggests for a text that is being typed: asked a moment after the last letter, one question at a time. */

import { request } from '$lib/api/client';
import { SearchSuggestions, type Suggestion } from './suggest.gql';
import { rebased } from './word';

const PAUSE_MS = 120;

interface Answer {
  /** What it was asked for. */
  text: string;
  list: readonly Suggestion[];
}

export class Suggestions {
  #answer = $state.raw<Answer | null>(null);
  #asked = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #question: AbortController | null = null;

  /** Asks for a place in a text; what was asked before is not waited for any more. */
  ask(text: string, cursor: number, pause = PAUSE_MS): void {
    const asked = `${cursor} ${text}`;
    if (asked === this.#asked) return;
    this.stop();
    if (text.trim() === '') {
      this.#answer = null;
      return;
    }
    this.#asked = asked;
    this.#timer = setTimeout(() => void this.#send(text, cursor), pause);
  }

  /** Whatever is still to come is of no use. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#question?.abort();
    [this.#asked, this.#question] = ['', null];
  }

  /** Those that are known for a text, each with its place in it: also those for the text before its last letters. */
  for(text: string): Suggestion[] {
    const { text: before, list } = this.#answer ?? { text: '', list: [] };
    return list.flatMap((one) => {
      const span = rebased(one, before, text);
      return span ? [{ ...one, ...span }] : [];
    });
  }

  async #send(text: string, cursor: number): Promise<void> {
    const question = (this.#question = new AbortController());
    try {
      const { searchSuggestions: list } = await request(
        SearchSuggestions,
        { text, cursor },
        { signal: question.signal },
      );
      if (!question.signal.aborted) this.#answer = { text, list };
    } catch {
      // The keys that are known here stand in; searching itself says what is the matter.
      if (!question.signal.aborted) [this.#answer, this.#asked] = [null, ''];
    }
  }
}
