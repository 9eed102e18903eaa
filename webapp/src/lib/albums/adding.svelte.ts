/** Photos on their way into albums: the one dialog of the app for it, opened from anywhere. */

import { request } from '$lib/api/client';
import { t } from '$lib/i18n/albums';
import { toast } from '$lib/shell/toasts.svelte';
import { AlbumAssetsAdd, AlbumCreate } from './albums.gql';
import { refusal } from './refused';

const words = t.albums;

class Adding {
  /** What is to be added; null while nothing is. */
  ids = $state.raw<readonly string[] | null>(null);
  private then: () => void = () => undefined;

  /** Asks to which albums. `then` is called when that is done. */
  open(ids: readonly string[], then: () => void = () => undefined): void {
    [this.ids, this.then] = [ids, then];
  }

  close(): void {
    this.ids = null;
  }

  /** Adds to albums, among them a new one where one is named; answers why that was refused, or null. */
  async add(albumIds: readonly string[], fresh: string | null): Promise<string | null> {
    const assetIds = [...(this.ids ?? [])];
    const into = [...albumIds];
    const why = await refusal(async () => {
      if (fresh !== null) {
        const made = (await request(AlbumCreate, { input: { name: fresh } })).albumCreate;
        if (!made.album) return made.userErrors;
        into.push(made.album.id);
      }
      const done = (await request(AlbumAssetsAdd, { input: { albumIds: into, assetIds } })).albumAssetsAdd;
      const [first] = done.albums;
      if (done.userErrors.length === 0) {
        const one = done.albums.length === 1 ? first : undefined;
        toast(one ? words.adding.done(one.added, one.album?.name ?? '') : words.adding.doneMany(done.albums.length));
      }
      return done.userErrors;
    });
    if (why === null) {
      this.then();
      this.close();
    }
    return why;
  }
}

export const adding = new Adding();
