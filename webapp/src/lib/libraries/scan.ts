/** Asking for a look through a library's folders: who may, and when there is nothing to ask for. */
import type { Folder, Library } from './libraries.gql';
import { mayChange } from '$lib/api/may-change';

/** Whoever may add to a library, where it has folders. */
export function mayScan({ role, folders }: { role: Library['role']; folders: readonly unknown[] }): boolean {
  return mayChange(role) && folders.length > 0;
}

/** A look is under way or asked for. */
export function scanDue({ folders }: { folders: readonly Pick<Folder, 'state'>[] }): boolean {
  return folders.some(({ state }) => state === 'WAITING' || state === 'SCANNING');
}
