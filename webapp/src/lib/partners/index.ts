export { default as Partners } from './Partners.svelte';
