import { graphql, type ResultOf, type VariablesOf } from '$lib/api/graphql';

/** What a card shows of an album. */
export const AlbumCardFields = graphql(`
  fragment AlbumCardFields on Album {
    id
    name
    role
    live
    assetCount
    firstDay
    lastDay
    owner {
      id
      name
    }
    cover {
      id
      tag
      thumbhash
      state
    }
  }
`);

/** A page of albums. */
export const AlbumsPageOf = graphql(
  `
    query Albums($filter: AlbumFilter!, $sort: AlbumSort!, $first: Int!, $after: String) {
      albums(filter: $filter, sort: $sort, first: $first, after: $after) {
        totalCount
        nodes {
          ...AlbumCardFields
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [AlbumCardFields],
);

/** Everything that the page of an album shows beside its photos. */
export const AlbumFields = graphql(
  `
    fragment AlbumFields on Album {
      ...AlbumCardFields
      description
      order
      talk
      rule
      text
      liked
      likeCount
      parent {
        id
        name
        parent {
          id
          name
          parent {
            id
            name
            parent {
              id
              name
              parent {
                id
                name
              }
            }
          }
        }
      }
      albums {
        ...AlbumCardFields
      }
      members {
        role
        inherited
        user {
          id
          name
          picture
        }
      }
      contributors {
        assetCount
        user {
          id
          name
        }
      }
    }
  `,
  [AlbumCardFields],
);

export const AlbumOf = graphql(
  `
    query Album($id: ID!) {
      album(id: $id) {
        ...AlbumFields
      }
    }
  `,
  [AlbumFields],
);

/** What an album shows in an order of its own. */
export const AlbumAssetsOf = graphql(`
  query AlbumAssets($id: ID!, $after: String) {
    albumAssets(albumId: $id, first: 100, after: $after) {
      nodes {
        id
        tag
        type
        state
        name
        width
        height
        durationMs
        thumbhash
        localTakenAt
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const AlbumCreate = graphql(`
  mutation AlbumCreate($input: AlbumCreateInput!) {
    albumCreate(input: $input) {
      album {
        id
        name
      }
      userErrors {
        field
        message
      }
    }
  }
`);

export const AlbumUpdate = graphql(
  `
    mutation AlbumUpdate($input: AlbumUpdateInput!) {
      albumUpdate(input: $input) {
        album {
          ...AlbumFields
        }
        userErrors {
          field
          message
        }
      }
    }
  `,
  [AlbumFields],
);

export const AlbumDelete = graphql(`
  mutation AlbumDelete($id: ID!) {
    albumDelete(input: { id: $id }) {
      deletedId
      userErrors {
        message
      }
    }
  }
`);

export const AlbumRestore = graphql(`
  mutation AlbumRestore($id: ID!) {
    albumRestore(input: { id: $id }) {
      album {
        id
      }
      userErrors {
        message
      }
    }
  }
`);

export const AlbumAssetsAdd = graphql(`
  mutation AlbumAssetsAdd($input: AlbumAssetsAddInput!) {
    albumAssetsAdd(input: $input) {
      albums {
        added
        album {
          id
          name
        }
      }
      userErrors {
        message
      }
    }
  }
`);

export const AlbumAssetsRemove = graphql(`
  mutation AlbumAssetsRemove($input: AlbumAssetsRemoveInput!) {
    albumAssetsRemove(input: $input) {
      removalId
      removedIds
      userErrors {
        message
      }
    }
  }
`);

export const AlbumAssetsRestore = graphql(`
  mutation AlbumAssetsRestore($id: ID!) {
    albumAssetsRestore(input: { removalId: $id }) {
      album {
        id
      }
      userErrors {
        message
      }
    }
  }
`);

export const AlbumAssetsMove = graphql(`
  mutation AlbumAssetsMove($input: AlbumAssetsMoveInput!) {
    albumAssetsMove(input: $input) {
      album {
        id
      }
      userErrors {
        message
      }
    }
  }
`);

export const AlbumMemberSet = graphql(
  `
    mutation AlbumMemberSet($input: AlbumMemberSetInput!) {
      albumMemberSet(input: $input) {
        album {
          ...AlbumFields
        }
        userErrors {
          message
        }
      }
    }
  `,
  [AlbumFields],
);

export const AlbumTransfer = graphql(
  `
    mutation AlbumTransfer($albumId: ID!, $userId: ID!) {
      albumTransfer(input: { albumId: $albumId, userId: $userId }) {
        album {
          ...AlbumFields
        }
        userErrors {
          message
        }
      }
    }
  `,
  [AlbumFields],
);

export const AlbumLikeSet = graphql(`
  mutation AlbumLikeSet($input: AlbumLikeSetInput!) {
    albumLikeSet(input: $input) {
      album {
        id
        liked
        likeCount
      }
      userErrors {
        message
      }
    }
  }
`);

/** People with whom something could be shared. */
export const PersonSearch = graphql(`
  query PersonSearch($text: String!) {
    personSearch(text: $text, first: 8) {
      id
      name
    }
  }
`);

/** How many a rule finds now. */
export const RuleFinds = graphql(`
  query RuleFinds($text: String!) {
    search(filter: { text: $text }, first: 1) {
      totalCount
    }
  }
`);

export type AlbumCard = ResultOf<typeof AlbumCardFields>;
export type Album = ResultOf<typeof AlbumFields>;
export type AlbumAsset = NonNullable<ResultOf<typeof AlbumAssetsOf>['albumAssets']>['nodes'][number];
export type AlbumInput = VariablesOf<typeof AlbumUpdate>['input'];
export type Whose = NonNullable<VariablesOf<typeof AlbumsPageOf>['filter']['whose']>;
export type Sort = VariablesOf<typeof AlbumsPageOf>['sort'];
export type Role = Album['role'];
export type Person = ResultOf<typeof PersonSearch>['personSearch'][number];
