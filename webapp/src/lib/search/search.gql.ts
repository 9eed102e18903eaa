import { graphql, type ResultOf } from '$lib/api/graphql';

/** A page of a search, best match first. */
export const SearchPage = graphql(`
  query SearchPage($text: String!, $after: String) {
    search(filter: { text: $text }, sort: RELEVANCE, first: 100, after: $after) {
      totalCount
      nodes {
        id
        type
        name
        width
        height
        durationMs
        thumbhash
        tag
        state
        localTakenAt
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export type Hit = ResultOf<typeof SearchPage>['search']['nodes'][number];
