/** Downloads of many originals at once: the public face. */
export { default as DownloadAction } from './DownloadAction.svelte';
export { default as DownloadDialog } from './DownloadDialog.svelte';
