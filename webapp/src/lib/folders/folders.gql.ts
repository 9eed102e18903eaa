import { graphql, type ResultOf } from '$lib/api/graphql';
import { ShelvedFields } from '$lib/shelves';

/** A part of a folder, with those that lie in it. */
export const OneFolderPart = graphql(`
  query OneFolderPart($id: ID!, $key: String!) {
    node(id: $id) {
      ... on Folder {
        path
      }
    }
    folderPart(folderId: $id, key: $key) {
      path
      count
      here
      parts {
        key
        name
        count
        cover {
          id
          tag
        }
      }
    }
  }
`);

export type Part = NonNullable<ResultOf<typeof OneFolderPart>['folderPart']>;

/** What lies in a part of a folder itself. */
export const FolderFiles = graphql(
  `
    query FolderFiles($id: ID!, $key: String!, $after: String) {
      folderPart(folderId: $id, key: $key) {
        here
      }
      folderAssets(folderId: $id, key: $key, first: 100, after: $after) {
        nodes {
          ...ShelvedFields
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [ShelvedFields],
);
