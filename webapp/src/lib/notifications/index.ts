export { default as Bell } from './Bell.svelte';
export { default as Choices } from './Choices.svelte';
