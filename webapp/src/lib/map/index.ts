/** The map: the public face. */
export { default as PlaceOutline } from './PlaceOutline.svelte';
export { default as PlacePicker } from './PlacePicker.svelte';
export { mapAround, mapHref } from './address';
