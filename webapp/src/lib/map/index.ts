/** The map: the public face. */
export { default as PlaceOutline } from './PlaceOutline.svelte';
export { mapHref } from './address';
