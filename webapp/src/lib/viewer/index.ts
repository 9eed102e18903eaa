/** The viewer: what others build a stage of their own with. The viewer itself is imported by path. */
export type { Asset } from './asset';
export { default as FilmBar } from './film/FilmBar.svelte';
export { fullscreen } from './film/fullscreen.svelte';
export { filmKeys } from './film/keys';
export { Player } from './film/player.svelte';
export { lengthOf } from './film/time';
export { fromAsset, fromNeighbour, plays, type Slide } from './glimpse';
export { grow, shrink } from './grow';
export { Idle } from './idle.svelte';
export { default as Stage } from './Stage.svelte';
