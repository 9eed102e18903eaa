/** Libraries: the public face. */
export { default as LibrariesPage } from './LibrariesPage.svelte';
