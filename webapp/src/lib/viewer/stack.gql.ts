import { graphql } from '$lib/api/graphql';

/** Shows the members of a stack each by itself, for good. */
export const StackSeparate = graphql(`
  mutation StackSeparate($ids: [ID!]!) {
    stackSeparate(input: { assetIds: $ids }) {
      userErrors {
        message
      }
    }
  }
`);
