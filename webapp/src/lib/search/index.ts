/** Search: the public face. */
export { default as SearchField } from './SearchField.svelte';
export { default as RuleField } from './RuleField.svelte';
export { searchHref } from './address';
