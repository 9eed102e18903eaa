import { graphql, type ResultOf, type VariablesOf } from '$lib/api/graphql';

/** All tags that the viewer sees, and the libraries in which they are. */
export const Tags = graphql(`
  query Tags {
    libraries(first: 100) {
      nodes {
        id
        name
        role
      }
    }
    keywords {
      libraryId
      path
      count
      colour
      text
    }
  }
`);

export type Tag = ResultOf<typeof Tags>['keywords'][number];
export type TagLibrary = ResultOf<typeof Tags>['libraries']['nodes'][number];

/** Renames a tag, moves it below another, or makes two one. */
export const TagMove = graphql(`
  mutation TagMove($input: KeywordMoveInput!) {
    moved: keywordMove(input: $input) {
      count
      editIds
      userErrors {
        message
      }
    }
  }
`);

export const TagDelete = graphql(`
  mutation TagDelete($input: KeywordDeleteInput!) {
    moved: keywordDelete(input: $input) {
      count
      editIds
      userErrors {
        message
      }
    }
  }
`);

export const TagColour = graphql(`
  mutation TagColour($input: KeywordUpdateInput!) {
    keywordUpdate(input: $input) {
      userErrors {
        message
      }
    }
  }
`);

export type Colour = NonNullable<VariablesOf<typeof TagColour>['input']['colour']>;

/** Takes a change of tags back. */
export const TagUndo = graphql(`
  mutation TagUndo($editId: ID!) {
    editUndo(input: { editId: $editId }) {
      changedSince
      userErrors {
        message
      }
    }
  }
`);
