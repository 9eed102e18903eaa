import { graphql, type ResultOf } from '$lib/api/graphql';

/** Where one may upload to, and how much at a time. */
export const UploadTargets = graphql(`
  query UploadTargets {
    server {
      uploadMaxBytes
    }
    libraries(first: 100) {
      nodes {
        id
        name
        role
        folders {
          id
        }
      }
    }
  }
`);

/** Which of these the library has already. */
export const UploadCheck = graphql(`
  query UploadCheck($libraryId: ID!, $hashes: [String!]!) {
    uploadCheck(libraryId: $libraryId, hashes: $hashes)
  }
`);

/** Lays an XMP sidecar over what an asset's file says. */
export const SidecarUpload = graphql(`
  mutation SidecarUpload($input: SidecarUploadInput!) {
    sidecarUpload(input: $input) {
      userErrors {
        message
      }
    }
  }
`);

export type Target = ResultOf<typeof UploadTargets>['libraries']['nodes'][number];
