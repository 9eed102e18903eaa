import { graphql, type ResultOf } from '$lib/api/graphql';

/** What a public link shows of a photo. */
export const SharedFields = graphql(`
  fragment SharedFields on SharedAsset {
    id
    type
    width
    height
    durationMs
    thumbhash
    tag
    state
    name
    localTakenAt
    title
    caption
    camera {
      make
      model
      lens
    }
    place {
      city
      region
      country
    }
    playback {
      variant
      streamSizes
    }
    file {
      variant
      name
    }
  }
`);

export const SharedPage = graphql(
  `
    query SharedPage($after: String) {
      shared {
        title
        description
        sharedBy
        assetCount
        view
        download
        upload
      }
      sharedAssets(first: 200, after: $after) {
        nodes {
          ...SharedFields
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [SharedFields],
);

export type SharedOne = ResultOf<typeof SharedFields>;
export type SharedHead = NonNullable<ResultOf<typeof SharedPage>['shared']>;
