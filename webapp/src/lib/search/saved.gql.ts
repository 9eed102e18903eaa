import { graphql, type ResultOf } from '$lib/api/graphql';

/** The searches that this person keeps, last used first. */
export const SavedSearches = graphql(`
  query SavedSearches {
    savedSearches {
      id
      name
      text
    }
  }
`);

/** How many a saved search finds now, and the newest of them for its cover. */
export const SavedSearchFinds = graphql(`
  query SavedSearchFinds($text: String!) {
    search(filter: { text: $text }, sort: TAKEN_NEWEST, first: 4) {
      totalCount
      nodes {
        id
        tag
        state
      }
    }
  }
`);

export const SavedSearchCreate = graphql(`
  mutation SavedSearchCreate($input: SavedSearchCreateInput!) {
    savedSearchCreate(input: $input) {
      savedSearch {
        id
        name
        text
      }
      userErrors {
        field
        message
      }
    }
  }
`);

export const SavedSearchUpdate = graphql(`
  mutation SavedSearchUpdate($input: SavedSearchUpdateInput!) {
    savedSearchUpdate(input: $input) {
      savedSearch {
        id
        name
        text
      }
      userErrors {
        field
        message
      }
    }
  }
`);

export const SavedSearchDelete = graphql(`
  mutation SavedSearchDelete($input: SavedSearchDeleteInput!) {
    savedSearchDelete(input: $input) {
      deletedId
      userErrors {
        field
        message
      }
    }
  }
`);

/** Makes a live album of a search that is kept. */
export const AlbumOfSearch = graphql(`
  mutation AlbumOfSearch($id: ID!) {
    albumCreate(input: { savedSearchId: $id }) {
      album {
        id
      }
      userErrors {
        field
        message
      }
    }
  }
`);

export type SavedSearch = ResultOf<typeof SavedSearches>['savedSearches'][number];
export type UserError = ResultOf<typeof SavedSearchCreate>['savedSearchCreate']['userErrors'][number];
