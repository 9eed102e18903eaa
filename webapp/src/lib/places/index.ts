/** Places in which photographs were taken: the public face. */
export { default as PlacesStrip } from './PlacesStrip.svelte';
