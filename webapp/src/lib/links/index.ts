/** Public links as who makes them has them: the public face. */
export { default as LinkAction } from './LinkAction.svelte';
export { default as LinksDialog } from './LinksDialog.svelte';
