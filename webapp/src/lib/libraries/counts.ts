/** What the last scan of a folder has come to, or the one that goes on, in words. */
import { t } from '$lib/i18n/libraries';
import type { Folder } from './libraries.gql';

type Counts = Pick<Folder, 'state' | 'found' | 'imported' | 'duplicates' | 'refused'>;

const words = t.libraries.folder;

/** What did not happen is not said. */
export function folderCounts({ state, found, imported, duplicates, refused }: Counts): string[] {
  return [
    // The server counts a file as found once it has dealt with it, also one that is as it was.
    state === 'SCANNING' && found ? words.checked(found) : '',
    imported ? words.imported(imported) : '',
    duplicates ? words.duplicates(duplicates) : '',
    refused ? words.refused(refused) : '',
  ].filter(Boolean);
}
