import { graphql, type VariablesOf } from '$lib/api/graphql';
import { ViewedFields } from '../asset.gql';

/** Says of an asset when and where it was taken, what is in it, how many stars it has. */
export const AssetUpdate = graphql(
  `
    mutation AssetUpdate($input: AssetUpdateInput!) {
      assetUpdate(input: $input) {
        assets {
          ...ViewedFields
        }
        editId
        userErrors {
          message
        }
      }
    }
  `,
  [ViewedFields],
);

/** Takes a change back. */
export const EditUndo = graphql(
  `
    mutation EditUndo($editId: ID!) {
      editUndo(input: { editId: $editId }) {
        assets {
          ...ViewedFields
        }
        changedSince
        userErrors {
          message
        }
      }
    }
  `,
  [ViewedFields],
);

/** What becomes of the asset; null is what its file says. */
export type Change = Omit<VariablesOf<typeof AssetUpdate>['input'], 'assetIds'>;
