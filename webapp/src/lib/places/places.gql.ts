import { graphql, type ResultOf, type VariablesOf } from '$lib/api/graphql';

/** A page of the countries, regions or cities in which the viewer's assets were taken. */
export const Places = graphql(`
  query Places($level: PlaceLevel!, $country: String, $first: Int!, $after: String) {
    places(level: $level, country: $country, first: $first, after: $after) {
      totalCount
      nodes {
        name
        region
        country
        countryCode
        count
        text
        cover {
          id
          tag
          thumbhash
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export type Level = VariablesOf<typeof Places>['level'];
export type Place = ResultOf<typeof Places>['places']['nodes'][number];
