/** What is kept and hidden of memories. */
import { request } from '$lib/api/client';
import { failureLine } from '$lib/i18n/failure';
import { sentence, t } from '$lib/i18n/memories';
import { toast } from '$lib/shell/toasts.svelte';
import { MemoryUpdate } from './memories.gql';

const words = t.memories;

/** Keeps it, or does so no longer; false where that failed. */
export async function keep(key: string, saved: boolean): Promise<boolean> {
  const done = await update({ key, saved });
  if (done) toast(saved ? words.saved : words.unsaved);
  return done;
}

/** It is not shown again; with a way back. */
export async function hide(key: string): Promise<boolean> {
  const done = await update({ key, hidden: true });
  if (done) toast(words.hidden, { action: { label: words.undo, run: () => void update({ key, hidden: false }) } });
  return done;
}

async function update(input: { key: string; saved?: boolean; hidden?: boolean }): Promise<boolean> {
  try {
    const [refused] = (await request(MemoryUpdate, { input })).memoryUpdate.userErrors;
    if (refused) toast(sentence(refused.message), { tone: 'danger' });
    return !refused;
  } catch (error) {
    toast(failureLine(error), { tone: 'danger' });
    return false;
  }
}
