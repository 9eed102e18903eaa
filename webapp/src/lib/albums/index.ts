/** Albums: the public face. */
export { default as AddAction } from './AddAction.svelte';
export { adding } from './adding.svelte';
