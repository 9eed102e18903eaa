import { graphql } from '$lib/api/graphql';

/** Shows a picture of the viewer. */
export const PictureSet = graphql(`
  mutation PictureSet($input: ProfilePictureSetInput!) {
    profilePictureSet(input: $input) {
      userErrors {
        message
      }
    }
  }
`);

export const PictureRemove = graphql(`
  mutation PictureRemove {
    profilePictureRemove {
      userErrors {
        message
      }
    }
  }
`);
