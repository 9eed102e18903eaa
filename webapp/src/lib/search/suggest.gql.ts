import { graphql, type ResultOf } from '$lib/api/graphql';

/** What could stand at the cursor of a text that is being typed, the best first. */
export const SearchSuggestions = graphql(`
  query SearchSuggestions($text: String!, $cursor: Int) {
    searchSuggestions(text: $text, cursor: $cursor, first: 10) {
      kind
      key
      label
      help
      example
      count
      replacement
      start
      end
    }
  }
`);

/** How many a search finds. */
export const SearchCount = graphql(`
  query SearchCount($text: String!) {
    search(filter: { text: $text }, first: 1) {
      totalCount
    }
  }
`);

export type Suggestion = ResultOf<typeof SearchSuggestions>['searchSuggestions'][number];
