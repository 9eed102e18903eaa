/** Changes of assets: sent one after another, each with a message that takes it back. */

import { SvelteMap } from 'svelte/reactivity';
import { request } from '$lib/api/client';
import { failureLine } from '$lib/i18n/failure';
import { sentence, t } from '$lib/i18n/viewer';
import { mayChange as changes } from '$lib/api/may-change';
import { dismiss, toast } from '$lib/shell/toasts.svelte';
import type { Asset } from '../asset';
import { AssetUpdate, EditUndo, type Change } from './edit.gql';

/** Why something was not changed. */
export interface Problem {
  message: string;
  /** It may work another time, as it is. */
  passes: boolean;
}

interface Kept {
  put(asset: Asset): void;
}

const words = t.edit;

export class Editor {
  /** Stars that are on their way: shown at once. */
  #stars = new SvelteMap<string, number>();
  #queue: Promise<unknown> = Promise.resolve();
  /** Changes that can be undone, the last one last. */
  #made: string[] = [];
  /** The message of the last change of each thing: the next one takes its place. */
  #told = new Map<string, number>();

  constructor(private readonly assets: Kept) {}

  /** Changes the asset once all earlier changes are made; answers why not. `done` is what is told then. */
  change(asset: Asset, change: Change, done: string): Promise<Problem | null> {
    return this.#inTurn(async () => {
      try {
        const input = { assetIds: [asset.id], ...change };
        const { assets, editId, userErrors } = (await request(AssetUpdate, { input })).assetUpdate;
        const [refused] = userErrors;
        if (refused) return { message: sentence(refused.message), passes: false };
        for (const changed of assets) this.assets.put(changed);
        if (editId) this.#tell(`${asset.id} ${Object.keys(change).join()}`, done, editId);
        return null;
      } catch (error) {
        return { message: failureLine(error), passes: true };
      }
    });
  }

  /** As `change`, for what has no field to show a problem at. */
  async attempt(asset: Asset, change: Change, done: string): Promise<void> {
    const problem = await this.change(asset, change, done);
    if (problem) this.trouble(problem, () => void this.attempt(asset, change, done));
  }

  /** Tells of a problem where its field is out of sight. */
  trouble({ message, passes }: Problem, again: () => void, about: string | null = null): void {
    const text = about ? `${about} ${message}` : message;
    toast(text, { tone: 'danger', ...(passes && { action: { label: t.common.retry, run: again } }) });
  }

  /** Stars as they are, or will be in a moment. Reactive. */
  stars(asset: Asset): number {
    return this.#stars.get(asset.id) ?? asset.rating ?? 0;
  }

  /** Gives so many stars; of several in a hurry the last ones count. */
  rate(asset: Asset, stars: number): void {
    if (stars === this.stars(asset)) return;
    const underWay = this.#stars.has(asset.id);
    this.#stars.set(asset.id, stars);
    if (!underWay) void this.#sendStars(asset);
  }

  async #sendStars(asset: Asset): Promise<void> {
    const stars = this.#stars.get(asset.id) ?? 0;
    const problem = await this.change(asset, { rating: stars }, words.rated(stars));
    const wanted = this.#stars.get(asset.id) ?? stars;
    if (!problem && wanted !== stars) return this.#sendStars(asset);
    this.#stars.delete(asset.id);
    if (problem) this.trouble(problem, () => this.rate(asset, wanted), words.fields.rating.failed);
  }

  /** Undoes the last change that was not undone yet. */
  undoLast(): void {
    const last = this.#made.at(-1);
    if (last) void this.undo(last);
  }

  undo(editId: string): Promise<void> {
    this.#made = this.#made.filter((made) => made !== editId);
    return this.#inTurn(async () => {
      try {
        const { assets, changedSince, userErrors } = (await request(EditUndo, { editId })).editUndo;
        for (const changed of assets) this.assets.put(changed);
        const [refused] = userErrors;
        if (refused) toast(words.notUndone(sentence(refused.message)), { tone: 'danger' });
        else if (changedSince > 0) toast(words.notUndone(words.changedSince), { tone: 'danger' });
        else toast(words.undone);
      } catch (error) {
        const again = { label: t.common.retry, run: () => void this.undo(editId) };
        toast(words.notUndone(failureLine(error)), { tone: 'danger', action: again });
      }
    });
  }

  #tell(about: string, done: string, editId: string): void {
    this.#made.push(editId);
    const before = this.#told.get(about);
    if (before !== undefined) dismiss(before);
    this.#told.set(about, toast(done, { action: { label: words.undo, run: () => void this.undo(editId) } }));
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(act);
    this.#queue = done.catch(() => undefined);
    return done;
  }
}

/** Whether this person may change the asset. */
export function mayEdit(asset: Asset): boolean {
  return asset.library !== null && changes(asset.library.role);
}
