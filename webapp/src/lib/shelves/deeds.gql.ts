import { graphql } from '$lib/api/graphql';

/** What was done, to however many were named or found. */
export const ActFields = graphql(`
  fragment ActFields on ActPayload {
    count
    actId
    userErrors {
      message
    }
  }
`);

export const AssetsFavourite = graphql(
  `
    mutation AssetsFavourite($input: ActInput!) {
      act: assetsFavourite(input: $input) {
        ...ActFields
      }
    }
  `,
  [ActFields],
);

export const AssetsUnfavourite = graphql(
  `
    mutation AssetsUnfavourite($input: ActInput!) {
      act: assetsUnfavourite(input: $input) {
        ...ActFields
      }
    }
  `,
  [ActFields],
);

export const AssetsArchive = graphql(
  `
    mutation AssetsArchive($input: ActInput!) {
      act: assetsArchive(input: $input) {
        ...ActFields
      }
    }
  `,
  [ActFields],
);

export const AssetsUnarchive = graphql(
  `
    mutation AssetsUnarchive($input: ActInput!) {
      act: assetsUnarchive(input: $input) {
        ...ActFields
      }
    }
  `,
  [ActFields],
);

export const AssetsTrash = graphql(
  `
    mutation AssetsTrash($input: ActInput!) {
      act: assetsTrash(input: $input) {
        ...ActFields
      }
    }
  `,
  [ActFields],
);

export const AssetsRestore = graphql(
  `
    mutation AssetsRestore($input: ActInput!) {
      act: assetsRestore(input: $input) {
        ...ActFields
      }
    }
  `,
  [ActFields],
);

export const AssetsLock = graphql(
  `
    mutation AssetsLock($input: ActInput!) {
      act: assetsLock(input: $input) {
        ...ActFields
      }
    }
  `,
  [ActFields],
);

export const AssetsUnlock = graphql(
  `
    mutation AssetsUnlock($input: ActInput!) {
      act: assetsUnlock(input: $input) {
        ...ActFields
      }
    }
  `,
  [ActFields],
);

/** Takes back what was done. */
export const ActUndo = graphql(`
  mutation ActUndo($actId: ID!) {
    actUndo(input: { actId: $actId }) {
      count
      changedSince
      userErrors {
        message
      }
    }
  }
`);

/** Deletes for good what is in the trash, or in the locked folder. */
export const AssetsDelete = graphql(`
  mutation AssetsDelete($assetIds: [ID!]!) {
    assetsDelete(input: { assetIds: $assetIds }) {
      count
      userErrors {
        message
      }
    }
  }
`);
