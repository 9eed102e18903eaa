import { graphql, type ResultOf } from '$lib/api/graphql';

export const LinkFields = graphql(`
  fragment LinkFields on ShareLink {
    id
    title
    slug
    album {
      id
      name
    }
    assetCount
    hasPassword
    view
    download
    upload
    metadata
    location
    expiresAt
    ended
    visits
    visitedAt
  }
`);

export const Links = graphql(
  `
    query Links($albumId: ID, $after: String) {
      shareLinks(albumId: $albumId, first: 100, after: $after) {
        nodes {
          ...LinkFields
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [LinkFields],
);

/** Where what people send can be kept. */
export const LinkLibraries = graphql(`
  query LinkLibraries {
    libraries(first: 100) {
      nodes {
        id
        name
        role
      }
    }
  }
`);

export const LinkCreate = graphql(`
  mutation LinkCreate($input: ShareLinkCreateInput!) {
    shareLinkCreate(input: $input) {
      address
      userErrors {
        field
        message
      }
    }
  }
`);

export const LinkUpdate = graphql(`
  mutation LinkUpdate($input: ShareLinkUpdateInput!) {
    shareLinkUpdate(input: $input) {
      userErrors {
        field
        message
      }
    }
  }
`);

export const LinkReissue = graphql(`
  mutation LinkReissue($input: ShareLinkInput!) {
    shareLinkReissue(input: $input) {
      address
      userErrors {
        message
      }
    }
  }
`);

export const LinkRevoke = graphql(`
  mutation LinkRevoke($input: ShareLinkInput!) {
    shareLinkRevoke(input: $input) {
      userErrors {
        message
      }
    }
  }
`);

export type Link = ResultOf<typeof LinkFields>;
