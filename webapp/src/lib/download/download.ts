/** Originals, fetched by the browser: one as it is, more as one archive. */
import { request } from '$lib/api/client';
import { bytes, sentence, t } from '$lib/i18n/download';
import { toast } from '$lib/shell/toasts.svelte';
import { DownloadCreate } from './download.gql';

/** Which: those that are named, all that a search finds, or all of an album. */
export type Meant = { ids: readonly string[] } | { text: string } | { albumId: string };

/** What goes with them. */
export interface With {
  stacked: boolean;
  sidecars: boolean;
}

/** Where one original is fetched that nothing goes with; none where it takes an archive. */
export function single(meant: Meant, { stacked, sidecars }: With): string | null {
  if (stacked || sidecars || !('ids' in meant) || meant.ids.length !== 1) return null;
  return `/media/${meant.ids[0]}/original`;
}

/** Begins it; answers why it can't, or null. */
export async function download(meant: Meant, what: With): Promise<string | null> {
  const one = single(meant, what);
  if (one !== null) {
    fetchFile(one);
    return null;
  }
  const input = { ...named(meant), ...what };
  const { download: made, userErrors } = (await request(DownloadCreate, { input })).downloadCreate;
  if (!made) return sentence(userErrors[0]?.message ?? t.download.failed);
  fetchFile(made.address);
  toast(t.download.begun(made.count, bytes(made.bytes)));
  return null;
}

function named(meant: Meant) {
  if ('text' in meant) return { filter: { text: meant.text } };
  return 'albumId' in meant ? { albumId: meant.albumId } : { assetIds: [...meant.ids] };
}

/** The browser saves it, and shows how far it is. */
function fetchFile(address: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = '';
  link.click();
}
