/** What is done to albums, each with words about it and, where a person expects it, a way back. */

import { request } from '$lib/api/client';
import { t } from '$lib/i18n/albums';
import { toast } from '$lib/shell/toasts.svelte';
import {
  AlbumAssetsMove,
  AlbumAssetsOf,
  AlbumAssetsRemove,
  AlbumAssetsRestore,
  AlbumDelete,
  AlbumLikeSet,
  AlbumMemberSet,
  AlbumRestore,
} from './albums.gql';
import { refusal } from './refused';

const words = t.albums;

function failed(why: string): void {
  toast(words.page.notChanged(why), { tone: 'danger' });
}

/** Takes photos out of an album. */
export async function removeAssets(albumId: string, assetIds: string[]): Promise<void> {
  let removal: string | null = null;
  let count = 0;
  const why = await refusal(async () => {
    const done = (await request(AlbumAssetsRemove, { input: { albumId, assetIds } })).albumAssetsRemove;
    [removal, count] = [done.removalId ?? null, done.removedIds.length];
    return done.userErrors;
  });
  if (why !== null) return failed(why);
  const id = removal;
  const action = id === null ? undefined : { label: words.page.undo, run: () => void restoreAssets(id) };
  toast(words.pick.removed(count), { action });
}

async function restoreAssets(id: string): Promise<void> {
  const why = await refusal(async () => (await request(AlbumAssetsRestore, { id })).albumAssetsRestore.userErrors);
  if (why === null) toast(words.pick.restored);
  else failed(why);
}

/** Puts photos before another one of an album whose order is by hand, or last. */
export async function moveAssets(albumId: string, assetIds: string[], beforeId: string | null): Promise<void> {
  const input = { albumId, assetIds, beforeId };
  const why = await refusal(async () => (await request(AlbumAssetsMove, { input })).albumAssetsMove.userErrors);
  if (why !== null) failed(why);
}

/** Puts photos first. */
export async function moveToStart(albumId: string, assetIds: string[]): Promise<void> {
  const { albumAssets } = await request(AlbumAssetsOf, { id: albumId, after: null });
  const first = albumAssets?.nodes.find(({ id }) => !assetIds.includes(id));
  // Where they are all that is in it, their own order is all there is to say.
  await moveAssets(albumId, assetIds, first?.id ?? null);
}

/** Deletes an album; true where that is done. */
export async function deleteAlbum(id: string, name: string): Promise<boolean> {
  const why = await refusal(async () => (await request(AlbumDelete, { id })).albumDelete.userErrors);
  if (why !== null) failed(why);
  else toast(words.page.removed(name), { action: { label: words.page.undo, run: () => void restoreAlbum(id) } });
  return why === null;
}

async function restoreAlbum(id: string): Promise<void> {
  const why = await refusal(async () => (await request(AlbumRestore, { id })).albumRestore.userErrors);
  if (why !== null) failed(why);
}

/** Leaves an album of somebody else's; true where that is done. */
export async function leaveAlbum(id: string, name: string, userId: string): Promise<boolean> {
  const input = { albumId: id, userIds: [userId], role: null };
  const why = await refusal(async () => (await request(AlbumMemberSet, { input })).albumMemberSet.userErrors);
  if (why !== null) failed(why);
  else toast(words.page.left(name));
  return why === null;
}

/** Likes an album, or does so no longer. */
export function likeAlbum(albumId: string, likes: boolean): Promise<void> {
  return likeIn(albumId, null, likes);
}

/** Likes a photo in an album, or does so no longer. */
export async function likeIn(albumId: string, assetId: string | null, likes: boolean): Promise<void> {
  const input = { albumId, assetId, likes };
  const why = await refusal(async () => (await request(AlbumLikeSet, { input })).albumLikeSet.userErrors);
  if (why !== null) failed(why);
}
