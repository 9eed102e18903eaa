/** Takes back what a track has said, with a message of how that went. */

import { request } from '$lib/api/client';
import { failureLine } from '$lib/i18n/failure';
import { sentence, t } from '$lib/i18n/tracks';
import { toast } from '$lib/shell/toasts.svelte';
import type { Made } from './batches';
import { TrackUndo } from './tracks.gql';

const words = t.edit;

/** Says what was done, with a button that takes it back. */
export function tellMade(made: Made): void {
  toast(t.tracks.saved(made.count), { action: { label: words.undo, run: () => void undo(made.editIds) } });
}

/** The last change first; those that can't be asked for are left for another try. */
async function undo(editIds: readonly string[]): Promise<void> {
  const left = [...editIds];
  let changedSince = 0;
  for (let editId = left.at(-1); editId !== undefined; editId = left.at(-1)) {
    try {
      const { editUndo } = await request(TrackUndo, { editId });
      const [refused] = editUndo.userErrors;
      if (refused) return fail(sentence(refused.message));
      changedSince += editUndo.changedSince;
    } catch (error) {
      return fail(failureLine(error), left);
    }
    left.pop();
  }
  if (changedSince > 0) fail(t.tracks.keptSince(changedSince));
  else toast(words.undone);
}

function fail(why: string, left: readonly string[] = []): void {
  const again = left.length > 0 ? { action: { label: t.common.retry, run: () => void undo(left) } } : {};
  toast(words.notUndone(why), { tone: 'danger', ...again });
}
