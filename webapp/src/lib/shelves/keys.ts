/** Keys that do something to photos: F the heart, Shift+A the archive, Delete the trash. */
import type { Deed } from './deeds';

interface Key {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** How the photos stand that a key is about. */
export interface Standing {
  /** All of them are favourites. */
  favourite: boolean;
  /** They are shown as the archive. */
  archived: boolean;
}

export function deedFor({ key, shiftKey, ctrlKey, metaKey, altKey }: Key, standing: Standing): Deed | null {
  if (ctrlKey || metaKey || altKey) return null;
  if (key === 'f' && !shiftKey) return standing.favourite ? 'unfavourite' : 'favourite';
  if (key.toLowerCase() === 'a' && shiftKey) return standing.archived ? 'unarchive' : 'archive';
  return key === 'Delete' && !shiftKey ? 'trash' : null;
}
