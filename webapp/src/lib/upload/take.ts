import { goto } from '$app/navigation';
import { page } from '$app/state';
import { failureLine } from '$lib/i18n/failure';
import { t } from '$lib/i18n/upload';
import { toast } from '$lib/shell/toasts.svelte';
import { fromDrop, fromInput, type Collected } from './collect';
import type { Grabbed } from './grab';
import { late } from './late.svelte';

/** Takes in what was chosen in a dialog. */
export function takeChosen(files: readonly File[]): Promise<void> {
  return take(fromInput(files));
}

/** Takes in what was dropped. */
export async function takeDropped(grabbed: Grabbed): Promise<void> {
  return take(await fromDrop(grabbed));
}

/** Takes files in, and says so where that can't be done or some were left out. */
async function take(collected: Collected): Promise<void> {
  try {
    const uploads = await late.load();
    if (!(await uploads.add(collected))) return void toast(t.upload.nowhere.title, { tone: 'danger' });
  } catch (error) {
    const action = { label: t.common.retry, run: () => void take(collected) };
    return void toast(failureLine(error), { tone: 'danger', action });
  }
  // The page of uploads itself says which.
  if (collected.others.length === 0 || page.url.pathname === '/uploads') return;
  const action = { label: t.upload.actions.details, run: () => void goto('/uploads') };
  toast(t.upload.others.title(collected.others.length), { action });
}
