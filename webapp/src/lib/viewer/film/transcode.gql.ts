import { graphql } from '$lib/api/graphql';

/** Has a film made anew, so that every browser plays it. */
export const Transcode = graphql(`
  mutation Transcode($ids: [ID!]!) {
    assetTranscode(input: { assetIds: $ids }) {
      userErrors {
        message
      }
    }
  }
`);

/** Stops that. */
export const TranscodeCancel = graphql(`
  mutation TranscodeCancel($ids: [ID!]!) {
    assetTranscodeCancel(input: { assetIds: $ids }) {
      userErrors {
        message
      }
    }
  }
`);
