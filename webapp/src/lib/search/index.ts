/** Search: the public face. */
export { default as SearchField } from './SearchField.svelte';
export { searchHref } from './address';
