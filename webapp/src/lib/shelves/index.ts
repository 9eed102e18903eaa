/** Favourites, archive, trash and locked folder: the public face. Pages are imported by path, as those of accounts are. */
export { act, remove, type Deed } from './deeds';
export { daysLeft } from './days-left';
export { deedKeys } from './deed-keys';
export { default as ChosenBar } from './ChosenBar.svelte';
export { default as DeleteDialog } from './DeleteDialog.svelte';
export { deedFor } from './keys';
export { default as SelectionBar } from './SelectionBar.svelte';
export { ShelvedFields, type Shelved } from './shelf.gql';
export { Shelf } from './shelf.svelte';
export { default as ShelfGrid } from './ShelfGrid.svelte';
