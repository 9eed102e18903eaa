import { graphql } from '$lib/api/graphql';

/** Gathers originals into one archive, and says where it is fetched. */
export const DownloadCreate = graphql(`
  mutation DownloadCreate($input: DownloadCreateInput!) {
    downloadCreate(input: $input) {
      download {
        address
        name
        count
        bytes
      }
      userErrors {
        message
      }
    }
  }
`);
