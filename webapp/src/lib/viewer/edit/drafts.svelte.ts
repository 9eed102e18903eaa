/**
 * What people have typed and the server has not taken yet. It outlives the panel: whoever goes on to the next photo, or
 * loses the connection, finds the words where they left them.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { Problem } from './editor.svelte';

export interface Draft {
  text: string;
  /** The text that is on its way. */
  sending: string | null;
  problem: Problem | null;
}

class Drafts {
  #all = new SvelteMap<string, Draft>();

  /** Reactive. */
  of(assetId: string, field: string): Draft | null {
    return this.#all.get(`${assetId} ${field}`) ?? null;
  }

  /** Something else stands there now: what was wrong is forgiven. */
  type(assetId: string, field: string, text: string): void {
    this.#set(assetId, field, { text, sending: this.of(assetId, field)?.sending ?? null, problem: null });
  }

  /** It was refused, and stands there again. */
  fail(assetId: string, field: string, text: string, problem: Problem): void {
    this.#set(assetId, field, { text, sending: null, problem });
  }

  drop(assetId: string, field: string): void {
    this.#all.delete(`${assetId} ${field}`);
  }

  /** Has the draft saved, once for each text; answers what is wrong. */
  async send(assetId: string, field: string, save: (text: string) => Promise<Problem | null>): Promise<Problem | null> {
    const draft = this.of(assetId, field);
    if (!draft || draft.sending === draft.text) return null;
    const { text } = draft;
    this.#set(assetId, field, { text, sending: text, problem: null });
    const problem = await save(text);
    const now = this.of(assetId, field);
    if (now?.text === text && !problem) this.drop(assetId, field);
    else if (now) this.#set(assetId, field, { ...now, sending: null, problem: now.text === text ? problem : null });
    return problem;
  }

  /** Whether anything would be lost with the page. */
  get any(): boolean {
    return this.#all.size > 0;
  }

  #set(assetId: string, field: string, draft: Draft): void {
    this.#all.set(`${assetId} ${field}`, draft);
  }
}

export const drafts = new Drafts();
