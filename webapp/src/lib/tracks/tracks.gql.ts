import { graphql, type ResultOf } from '$lib/api/graphql';

/** Where a track would put photos and films. */
export const TrackPreview = graphql(`
  query TrackPreview($input: TrackInput!) {
    trackPreview(input: $input) {
      from
      to
      pointCount
      count
      lines {
        latitudes
        longitudes
      }
      positions {
        assetId
        tag
        latitude
        longitude
        seconds
      }
    }
  }
`);

/** Puts these there. */
export const TrackApply = graphql(`
  mutation TrackApply($input: TrackInput!) {
    trackApply(input: $input) {
      assets {
        id
      }
      editId
      userErrors {
        message
      }
    }
  }
`);

/** Takes that back. */
export const TrackUndo = graphql(`
  mutation TrackUndo($editId: ID!) {
    editUndo(input: { editId: $editId }) {
      changedSince
      userErrors {
        message
      }
    }
  }
`);

/** What a list says of assets. */
export const TrackAssets = graphql(`
  query TrackAssets($ids: [ID!]!) {
    assets(ids: $ids) {
      id
      name
      localTakenAt
    }
  }
`);

export type Preview = ResultOf<typeof TrackPreview>['trackPreview'];
export type Proposed = Preview['positions'][number];
export type Detail = NonNullable<ResultOf<typeof TrackAssets>['assets'][number]>;
