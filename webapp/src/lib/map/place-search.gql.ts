import { graphql, type ResultOf } from '$lib/api/graphql';

/** Cities, towns and villages of the world of which a name begins so. */
export const PlaceSearch = graphql(`
  query PlaceSearch($text: String!) {
    placeSearch(text: $text, first: 8) {
      name
      otherName
      region
      country
      countryCode
      latitude
      longitude
      population
    }
  }
`);

export type NamedPlace = ResultOf<typeof PlaceSearch>['placeSearch'][number];
