import { graphql } from './graphql';

export const Changes = graphql(`
  subscription Changes($after: String) {
    changes(after: $after) {
      position
      reset
      items {
        kind
        id
        gone
        day
      }
    }
  }
`);

/** The same, asked for. */
export const ChangesAfter = graphql(`
  query ChangesAfter($after: String) {
    changes(after: $after) {
      position
      reset
      hasMore
      items {
        kind
        id
        gone
        day
      }
    }
  }
`);
