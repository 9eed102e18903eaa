import { graphql, type ResultOf } from '$lib/api/graphql';

export const CommentFields = graphql(`
  fragment CommentFields on Comment {
    id
    text
    own
    createdAt
    user {
      id
      name
    }
    asset {
      id
      tag
      state
    }
  }
`);

/** What was said of an album, or of one photo in it, latest first. */
export const CommentsOf = graphql(
  `
    query AlbumComments($id: ID!, $assetId: ID, $after: String) {
      albumComments(albumId: $id, assetId: $assetId, first: 50, after: $after) {
        nodes {
          ...CommentFields
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [CommentFields],
);

export const CommentAdd = graphql(
  `
    mutation AlbumCommentAdd($input: AlbumCommentAddInput!) {
      albumCommentAdd(input: $input) {
        comment {
          ...CommentFields
        }
        userErrors {
          message
        }
      }
    }
  `,
  [CommentFields],
);

export const CommentDelete = graphql(`
  mutation AlbumCommentDelete($id: ID!) {
    albumCommentDelete(input: { id: $id }) {
      deletedId
      userErrors {
        message
      }
    }
  }
`);

/** Likes of one photo in an album. */
export const PhotoTalkOf = graphql(`
  query AlbumTalk($albumId: ID!, $assetId: ID!) {
    album(id: $albumId) {
      role
      talk
    }
    albumTalk(albumId: $albumId, assetId: $assetId) {
      likeCount
      liked
    }
  }
`);

export type Comment = ResultOf<typeof CommentFields>;
