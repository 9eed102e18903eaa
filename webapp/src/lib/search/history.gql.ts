import { graphql } from '$lib/api/graphql';

/** The latest searches of this person. */
export const SearchHistory = graphql(`
  query SearchHistory {
    searchHistory {
      text
    }
  }
`);

export const SearchRemember = graphql(`
  mutation SearchRemember($input: SearchRememberInput!) {
    searchRemember(input: $input) {
      userErrors {
        message
      }
    }
  }
`);

/** Forgets one search, or all of them. */
export const SearchHistoryClear = graphql(`
  mutation SearchHistoryClear($input: SearchHistoryClearInput) {
    searchHistoryClear(input: $input) {
      cleared
      userErrors {
        message
      }
    }
  }
`);
