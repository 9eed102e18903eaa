import { graphql, type ResultOf } from '$lib/api/graphql';

/** Whose photos one sees, and who sees one's own. */
export const Partners = graphql(`
  query Partners {
    viewer {
      partners {
        inTimeline
        user {
          id
          name
          picture
        }
      }
      partnersLooking {
        user {
          id
          name
          picture
        }
      }
    }
  }
`);

export const PartnerAdd = graphql(`
  mutation PartnerAdd($input: PartnerAddInput!) {
    partnerAdd(input: $input) {
      userErrors {
        message
      }
    }
  }
`);

export const PartnerRemove = graphql(`
  mutation PartnerRemove($input: PartnerRemoveInput!) {
    partnerRemove(input: $input) {
      userErrors {
        message
      }
    }
  }
`);

export const PartnerLeave = graphql(`
  mutation PartnerLeave($input: PartnerLeaveInput!) {
    partnerLeave(input: $input) {
      userErrors {
        message
      }
    }
  }
`);

export const PartnerUpdate = graphql(`
  mutation PartnerUpdate($input: PartnerUpdateInput!) {
    partnerUpdate(input: $input) {
      userErrors {
        message
      }
    }
  }
`);

type Viewer = NonNullable<ResultOf<typeof Partners>['viewer']>;
export type Shown = Viewer['partners'][number];
export type Looking = Viewer['partnersLooking'][number];
