/** Memories: the public face. Pages are imported by path. */
export { default as MemoryRow } from './MemoryRow.svelte';
