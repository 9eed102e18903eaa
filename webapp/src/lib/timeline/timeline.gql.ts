import { graphql, type ResultOf, type VariablesOf } from '$lib/api/graphql';

/** Everything that exact layout needs, for all of the library; and, to go with it, what is on screen now. */
export const Columns = graphql(`
  query TimelineColumns($filter: AssetFilter, $near: Boolean!, $from: Date!, $to: Date!) {
    timeline(filter: $filter) {
      version
      days {
        numbers
        counts
      }
      ratios
      stretch(from: $from, to: $to) @include(if: $near) {
        ids
        ratios
        tags
        flags
        thumbhashes
        next
      }
    }
  }
`);

/** What the tiles of a span of days show. */
export const StretchOf = graphql(`
  query TimelineStretch($filter: AssetFilter, $from: Date!, $to: Date!, $after: String) {
    timeline(filter: $filter) {
      version
      stretch(from: $from, to: $to, after: $after) {
        ids
        ratios
        tags
        flags
        thumbhashes
        next
      }
    }
  }
`);

/** The day that an asset lies on. */
export const DayOf = graphql(`
  query TimelineDayOf($id: ID!) {
    asset(id: $id) {
      localTakenAt
    }
  }
`);

/** What a few tiles and headers say beside the picture. */
export const DetailsOf = graphql(`
  query TimelineDetails($ids: [ID!]!) {
    assets(ids: $ids) {
      id
      format
      durationMs
      place {
        city
        region
        country
      }
    }
  }
`);

export type AssetFilter = NonNullable<VariablesOf<typeof Columns>['filter']>;
export type ColumnsAnswer = ResultOf<typeof Columns>['timeline'];
export type StretchPage = ResultOf<typeof StretchOf>['timeline']['stretch'];
export type Details = NonNullable<ResultOf<typeof DetailsOf>['assets'][number]>;
