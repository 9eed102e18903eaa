/** Uploads: the public face. */
export { default as UploadsPage } from './UploadsPage.svelte';
