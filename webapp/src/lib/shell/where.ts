/** The places of the app, in the order of the rail. Only what exists. */
import Archive from '@lucide/svelte/icons/archive';
import Heart from '@lucide/svelte/icons/heart';
import Image from '@lucide/svelte/icons/image';
import Images from '@lucide/svelte/icons/images';
import Library from '@lucide/svelte/icons/library';
import Lock from '@lucide/svelte/icons/lock';
import MapIcon from '@lucide/svelte/icons/map';
import Tag from '@lucide/svelte/icons/tag';
import Search from '@lucide/svelte/icons/search';
import Trash from '@lucide/svelte/icons/trash-2';
import Upload from '@lucide/svelte/icons/upload';
import { t } from '$lib/i18n';

export const places = [
  { href: '/photos', label: t.shell.nav.photos, icon: Image, phone: true },
  { href: '/search', label: t.shell.nav.search, icon: Search, phone: true },
  { href: '/map', label: t.shell.nav.map, icon: MapIcon, phone: true },
  { href: '/albums', label: t.shell.nav.albums, icon: Images, phone: true },
  { href: '/tags', label: t.shell.nav.tags, icon: Tag, phone: false },
  { href: '/libraries', label: t.shell.nav.libraries, icon: Library, phone: true },
  { href: '/uploads', label: t.shell.nav.uploads, icon: Upload, phone: false },
] as const;

/** Where photos are that are kept apart; below the others. */
export const shelves = [
  { href: '/favourites', label: t.shell.nav.favourites, icon: Heart },
  { href: '/archive', label: t.shell.nav.archive, icon: Archive },
  { href: '/locked', label: t.shell.nav.locked, icon: Lock },
  { href: '/trash', label: t.shell.nav.trash, icon: Trash },
] as const;

/** True where an address lies within a place. */
export function within(path: string, href: string): boolean {
  return path === href || path.startsWith(`${href}/`);
}
