/** Puts photos into albums. */

import { request } from '$lib/api/client';
import { t } from '$lib/i18n/albums';
import { toast } from '$lib/shell/toasts.svelte';
import { AlbumAssetsAdd, AlbumCreate } from './albums.gql';
import { refusal } from './refused';

const words = t.albums.adding;

/** Into albums, among them a new one where one is named; answers why that was refused, or null. */
export async function addTo(
  albumIds: readonly string[],
  fresh: string | null,
  assets: readonly string[],
): Promise<string | null> {
  const [into, assetIds] = [[...albumIds], [...assets]];
  return refusal(async () => {
    if (fresh !== null) {
      const made = (await request(AlbumCreate, { input: { name: fresh } })).albumCreate;
      if (!made.album) return made.userErrors;
      into.push(made.album.id);
    }
    const done = (await request(AlbumAssetsAdd, { input: { albumIds: into, assetIds } })).albumAssetsAdd;
    const [first, ...others] = done.albums;
    if (done.userErrors.length > 0) return done.userErrors;
    const one = first && others.length === 0 ? words.done(first.added, first.album?.name ?? '') : null;
    toast(one ?? words.doneMany(done.albums.length));
    return [];
  });
}
