import { graphql, type ResultOf, type VariablesOf } from '$lib/api/graphql';

/** How many of what a search finds have each value of these keys. */
export const SearchFacets = graphql(`
  query SearchFacets($text: String!, $keys: [SearchFacetKey!]!, $first: Int!) {
    searchFacets(filter: { text: $text }, keys: $keys, first: $first) {
      key
      valueCount
      values {
        value
        label
        count
        text
        search
      }
    }
  }
`);

export type Facet = ResultOf<typeof SearchFacets>['searchFacets'][number];
export type FacetValue = Facet['values'][number];
export type FacetKey = VariablesOf<typeof SearchFacets>['keys'][number];
