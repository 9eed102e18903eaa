/** Albums: the public face. */
export { default as AddAction } from './AddAction.svelte';
export { adding } from './adding.svelte';
export { default as PersonField } from './PersonField.svelte';
export { refusal } from './refused';
