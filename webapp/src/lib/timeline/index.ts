/** The timeline: the public face. */
export { default as Pick } from './Pick.svelte';
export { askEarly } from './early';
export { provideSelection, useSelection, type Selection } from './selection.svelte';
export { default as SelectionBar } from './SelectionBar.svelte';
export { default as Timeline } from './Timeline.svelte';
export {
  offerNeighbours,
  provideNeighbours,
  useNeighbours,
  type Around,
  type Neighbour,
  type Neighbours,
} from './neighbours';
export type { AssetFilter } from './timeline.gql';
