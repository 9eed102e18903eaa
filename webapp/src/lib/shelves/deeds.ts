/** Hearts, the archive, the trash, the locked folder: done to photos, told, and taken back. */
import { goto } from '$app/navigation';
import { request } from '$lib/api/client';
import { failureLine } from '$lib/i18n/failure';
import { sentence, t } from '$lib/i18n/shelves';
import { toast } from '$lib/shell/toasts.svelte';
import * as documents from './deeds.gql';
import { LockedState } from './pin.gql';

const words = t.shelves;
/** Photos named in one request. */
const AT_ONCE = 500;

const mutations = {
  favourite: documents.AssetsFavourite,
  unfavourite: documents.AssetsUnfavourite,
  archive: documents.AssetsArchive,
  unarchive: documents.AssetsUnarchive,
  trash: documents.AssetsTrash,
  restore: documents.AssetsRestore,
  lock: documents.AssetsLock,
  unlock: documents.AssetsUnlock,
} as const;

/** Something that is done to photos. */
export type Deed = keyof typeof mutations;

/** Which: those that are named, or all that a search finds. */
export type Meant = { ids: readonly string[] } | { text: string };

/** Does it and says so, with a way back; false where nothing could be done. */
export async function act(deed: Deed, meant: Meant): Promise<boolean> {
  if (deed === 'lock' && !(await mayLock())) return false;
  const made: string[] = [];
  let done = 0;
  try {
    for (const part of parts(meant)) {
      const { count, actId, userErrors } = (await request(mutations[deed], { input: part })).act;
      const [refused] = userErrors;
      if (refused) {
        toast(words.failed(sentence(refused.message)), { tone: 'danger' });
        return false;
      }
      done += count;
      if (actId) made.push(actId);
    }
  } catch (error) {
    const again = { label: t.common.retry, run: () => void act(deed, meant) };
    toast(words.failed(failureLine(error)), { tone: 'danger', action: again });
    return false;
  }
  tell(deed, done, made);
  return true;
}

/** To how many it would be done. */
export async function preview(deed: Deed, text: string): Promise<{ count: number; problem: string | null }> {
  try {
    const input = { filter: { text }, preview: true };
    const { count, userErrors } = (await request(mutations[deed], { input })).act;
    return { count, problem: userErrors[0] ? sentence(userErrors[0].message) : null };
  } catch (error) {
    return { count: 0, problem: failureLine(error) };
  }
}

/** Takes acts back, the last one first. */
export async function undo(actIds: readonly string[]): Promise<void> {
  let changedSince = 0;
  const left = [...actIds];
  for (let actId = left.at(-1); actId !== undefined; actId = left.at(-1)) {
    try {
      const { actUndo } = await request(documents.ActUndo, { actId });
      const [refused] = actUndo.userErrors;
      if (refused) return void toast(words.notUndone(sentence(refused.message)), { tone: 'danger' });
      changedSince += actUndo.changedSince;
    } catch (error) {
      const again = { label: t.common.retry, run: () => void undo(left) };
      return void toast(words.notUndone(failureLine(error)), { tone: 'danger', action: again });
    }
    left.pop();
  }
  toast(changedSince > 0 ? words.changedSince(changedSince) : words.undone);
}

/** Deletes for good; false where nothing could be deleted. */
export async function remove(ids: readonly string[]): Promise<boolean> {
  let done = 0;
  try {
    for (const assetIds of chunks(ids)) {
      const { count, userErrors } = (await request(documents.AssetsDelete, { assetIds })).assetsDelete;
      const [refused] = userErrors;
      if (refused) {
        toast(words.failed(sentence(refused.message)), { tone: 'danger' });
        return false;
      }
      done += count;
    }
  } catch (error) {
    toast(words.failed(failureLine(error)), { tone: 'danger' });
    return false;
  }
  toast(words.delete.done(done));
  return true;
}

/** What was done, with a way back. What is locked is taken out again in the folder itself: here it is closed. */
export function tell(deed: Deed, count: number, actIds: readonly string[]): void {
  if (count === 0) return void toast(words.nothing);
  const back = actIds.length > 0 && deed !== 'lock';
  toast(words.done[deed](count), back ? { action: { label: words.undo, run: () => void undo(actIds) } } : {});
}

/** Without a PIN there is nothing to lock photos into. */
async function mayLock(): Promise<boolean> {
  try {
    if ((await request(LockedState)).lockedFolder.hasPin) return true;
    toast(words.noPin, { action: { label: words.choosePin, run: () => void goto('/locked') } });
  } catch (error) {
    toast(words.failed(failureLine(error)), { tone: 'danger' });
  }
  return false;
}

function parts(meant: Meant): { assetIds?: string[]; filter?: { text: string } }[] {
  if ('text' in meant) return [{ filter: { text: meant.text } }];
  return chunks(meant.ids).map((assetIds) => ({ assetIds }));
}

export function chunks(ids: readonly string[]): string[][] {
  const all: string[][] = [];
  for (let from = 0; from < ids.length; from += AT_ONCE) all.push(ids.slice(from, from + AT_ONCE));
  return all;
}
