/** What can be done to the asset that is shown, by how it stands. */
import Archive from '@lucide/svelte/icons/archive';
import ArchiveRestore from '@lucide/svelte/icons/archive-restore';
import Heart from '@lucide/svelte/icons/heart';
import Lock from '@lucide/svelte/icons/lock';
import LockOpen from '@lucide/svelte/icons/lock-open';
import RotateCcw from '@lucide/svelte/icons/rotate-ccw';
import Trash from '@lucide/svelte/icons/trash-2';
import type { Deed } from '$lib/shelves';
import type { Asset } from './asset';

/** Deleting for good is none that can be taken back. */
export type ViewerDeed = Deed | 'delete';

type Standing = Pick<Asset, 'life' | 'favourite' | 'library'>;

/** In the order of the bar. Who may only look has their heart; so has who sees it by an album alone. */
export function deedsOf({ life, favourite, library }: Standing) {
  const owner = library?.role === 'OWNER';
  const editor = owner || library?.role === 'EDITOR';
  const heart = { deed: favourite ? 'unfavourite' : 'favourite', icon: Heart, filled: favourite, may: true } as const;
  const archive =
    life === 'ARCHIVED'
      ? ({ deed: 'unarchive', icon: ArchiveRestore, filled: false, may: editor } as const)
      : ({ deed: 'archive', icon: Archive, filled: false, may: editor } as const);
  const remove = { deed: 'delete', icon: Trash, filled: false, may: owner } as const;
  const all = {
    ACTIVE: [heart, archive, lock(owner), trash(editor)],
    STACKED: [heart, archive, lock(owner), trash(editor)],
    ARCHIVED: [heart, archive, lock(owner), trash(editor)],
    TRASHED: [{ deed: 'restore', icon: RotateCcw, filled: false, may: editor } as const, remove],
    LOCKED: [{ deed: 'unlock', icon: LockOpen, filled: false, may: owner } as const, remove],
  }[life];
  return all.filter(({ may }) => may);
}

function lock(may: boolean) {
  return { deed: 'lock', icon: Lock, filled: false, may } as const;
}

function trash(may: boolean) {
  return { deed: 'trash', icon: Trash, filled: false, may } as const;
}

/** Whether what was done takes the asset out of the list in which it was shown. */
export function leaves(deed: ViewerDeed): boolean {
  return deed !== 'favourite' && deed !== 'unfavourite';
}
