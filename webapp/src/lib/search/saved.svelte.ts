/** The searches that this person keeps, last used first. */

import { request } from '$lib/api/client';
import { t } from '$lib/i18n';
import { failureLine } from '$lib/i18n/failure';
import { sentence } from '$lib/i18n';
import { toast } from '$lib/shell/toasts.svelte';
import {
  AlbumOfSearch,
  SavedSearchCreate,
  SavedSearchDelete,
  SavedSearches,
  SavedSearchUpdate,
  type SavedSearch,
  type UserError,
} from './saved.gql';

const words = t.search.saved;

/** A search to be kept; one with an id is kept already. */
export type Draft = Omit<SavedSearch, 'id'> & { id: string | null };

class Saved {
  /** Null until it is known. */
  all = $state.raw<readonly SavedSearch[] | null>(null);
  error = $state.raw<unknown>(null);
  #loading: Promise<void> | null = null;

  /** Reads it, as it is now. */
  load(): Promise<void> {
    return (this.#loading ??= this.#load().finally(() => (this.#loading = null)));
  }

  /** The one with this text. */
  of(text: string): SavedSearch | null {
    return this.all?.find((one) => one.text === text.trim()) ?? null;
  }

  /** Keeps it, or changes what is kept; answers what is wrong with it. Throws where the server could not be asked. */
  async put({ id, name, text }: Draft): Promise<readonly UserError[]> {
    const { savedSearch, userErrors } =
      id === null
        ? (await request(SavedSearchCreate, { input: { name, text } })).savedSearchCreate
        : (await request(SavedSearchUpdate, { input: { id, name, text } })).savedSearchUpdate;
    if (savedSearch) this.#show(savedSearch);
    return userErrors;
  }

  /** Keeps it no longer, with a message that takes that back. */
  async remove(search: SavedSearch): Promise<void> {
    try {
      const { userErrors } = (await request(SavedSearchDelete, { input: { id: search.id } })).savedSearchDelete;
      const [refused] = userErrors;
      // Gone already is as good as gone now.
      this.all = this.all?.filter(({ id }) => id !== search.id) ?? null;
      if (refused) toast(sentence(refused.message));
      else toast(words.removed(search.name), { action: { label: words.undo, run: () => void this.#restore(search) } });
    } catch (error) {
      const action = { label: t.common.retry, run: () => void this.remove(search) };
      toast(words.notRemoved(failureLine(error)), { tone: 'danger', action });
    }
  }

  /** Makes a live album of it; answers its id, null where that was refused, in words. */
  async album({ id }: SavedSearch): Promise<string | null> {
    try {
      const { album, userErrors } = (await request(AlbumOfSearch, { id })).albumCreate;
      const [refused] = userErrors;
      if (refused) toast(words.noAlbum(sentence(refused.message)), { tone: 'danger' });
      return album?.id ?? null;
    } catch (error) {
      toast(words.noAlbum(failureLine(error)), { tone: 'danger' });
      return null;
    }
  }

  async #restore(search: SavedSearch): Promise<void> {
    const failed = (why: string) => {
      const action = { label: t.common.retry, run: () => void this.#restore(search) };
      toast(words.notRestored(why), { tone: 'danger', action });
    };
    try {
      const [refused] = await this.put({ ...search, id: null });
      if (refused) failed(sentence(refused.message));
    } catch (error) {
      failed(failureLine(error));
    }
  }

  async #load(): Promise<void> {
    try {
      [this.all, this.error] = [(await request(SavedSearches)).savedSearches, null];
    } catch (error) {
      this.error = error;
    }
  }

  #show(search: SavedSearch): void {
    const known = this.all ?? [];
    const place = known.findIndex(({ id }) => id === search.id);
    this.all = place < 0 ? [search, ...known] : known.with(place, search);
  }
}

export const saved = new Saved();
