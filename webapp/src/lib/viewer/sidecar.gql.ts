import { graphql } from '$lib/api/graphql';

/** Forgets the sidecar that was sent for an asset. */
export const SidecarRemove = graphql(`
  mutation SidecarRemove($id: ID!) {
    sidecarRemove(input: { assetId: $id }) {
      userErrors {
        message
      }
    }
  }
`);
