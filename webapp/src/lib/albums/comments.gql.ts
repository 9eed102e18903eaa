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

/** What was said of an album, latest first. */
export const CommentsOf = graphql(
  `
    query AlbumComments($id: ID!, $after: String) {
      albumComments(albumId: $id, first: 50, after: $after) {
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

export type Comment = ResultOf<typeof CommentFields>;
