/** Favourites, archive, trash and locked folder: the public face. Pages are imported by path, as those of accounts are. */
export { act, remove, type Deed } from './deeds';
export { deedKeys } from './deed-keys';
export { deedFor } from './keys';
export { default as SelectionBar } from './SelectionBar.svelte';
