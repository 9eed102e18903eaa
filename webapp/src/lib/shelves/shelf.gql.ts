import { graphql, type ResultOf } from '$lib/api/graphql';

/** What a tile of the trash or the locked folder shows. */
export const ShelvedFields = graphql(`
  fragment ShelvedFields on Asset {
    id
    type
    name
    width
    height
    durationMs
    thumbhash
    tag
    state
    favourite
    localTakenAt
    trashedUntil
    library {
      id
      role
    }
  }
`);

export type Shelved = ResultOf<typeof ShelvedFields>;

export const TrashPage = graphql(
  `
    query TrashPage($after: String) {
      trash {
        count
        days
        assets(first: 100, after: $after) {
          nodes {
            ...ShelvedFields
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  `,
  [ShelvedFields],
);

export const LockedPage = graphql(
  `
    query LockedPage($after: String) {
      lockedFolder {
        hasPin
        openUntil
        count
        assets(first: 100, after: $after) {
          nodes {
            ...ShelvedFields
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  `,
  [ShelvedFields],
);

export const TrashEmpty = graphql(`
  mutation TrashEmpty {
    trashEmpty(input: {}) {
      count
      remaining
      userErrors {
        message
      }
    }
  }
`);

export const TrashRestore = graphql(`
  mutation TrashRestore {
    trashRestore(input: {}) {
      count
      actId
      userErrors {
        message
      }
    }
  }
`);
