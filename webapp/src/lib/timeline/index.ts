/** The timeline: the public face. */
export { askEarly } from './early';
export { default as Timeline } from './Timeline.svelte';
export {
  offerNeighbours,
  provideNeighbours,
  useNeighbours,
  type Around,
  type Neighbour,
  type Neighbours,
} from './neighbours';
export { Selection } from './selection.svelte';
export type { AssetFilter } from './timeline.gql';
