/** Tags are renamed, moved, deleted and coloured; with a way back. */
import { request } from '$lib/api/client';
import { failureLine } from '$lib/i18n/failure';
import { sentence, t } from '$lib/i18n/tags';
import { toast } from '$lib/shell/toasts.svelte';
import { TagColour, TagDelete, TagMove, TagUndo, type Colour, type Tag } from './tags.gql';

const words = t.tags;

/** Gives it another name or place; answers why it can't, or null. */
export async function move(tag: Tag, to: string[], again: () => void): Promise<string | null> {
  const { libraryId, path } = tag;
  return told(async () => (await request(TagMove, { input: { libraryId, path, to } })).moved, words.moved, again);
}

/** Takes it away from all that has it; answers why it can't, or null. */
export async function remove(tag: Tag, again: () => void): Promise<string | null> {
  const { libraryId, path } = tag;
  return told(async () => (await request(TagDelete, { input: { libraryId, path } })).moved, words.deleted, again);
}

/** Gives it a colour, or none. */
export async function colourTag({ libraryId, path }: Tag, colour: Colour | null): Promise<boolean> {
  try {
    const [refused] = (await request(TagColour, { input: { libraryId, path, colour } })).keywordUpdate.userErrors;
    if (refused) toast(sentence(refused.message), { tone: 'danger' });
    return !refused;
  } catch (error) {
    toast(failureLine(error), { tone: 'danger' });
    return false;
  }
}

interface Moved {
  count: number;
  editIds: readonly string[];
  userErrors: readonly { message: string }[];
}

async function told(act: () => Promise<Moved>, say: (n: number) => string, again: () => void): Promise<string | null> {
  try {
    const { count, editIds, userErrors } = await act();
    if (userErrors[0]) return sentence(userErrors[0].message);
    toast(say(count), { action: { label: words.undo, run: () => void undo(editIds).then(again) } });
    again();
    return null;
  } catch (error) {
    return failureLine(error);
  }
}

async function undo(editIds: readonly string[]): Promise<void> {
  try {
    for (const editId of editIds) {
      const [refused] = (await request(TagUndo, { editId })).editUndo.userErrors;
      if (refused) return void toast(sentence(refused.message), { tone: 'danger' });
    }
    toast(words.undone);
  } catch (error) {
    toast(failureLine(error), { tone: 'danger' });
  }
}
