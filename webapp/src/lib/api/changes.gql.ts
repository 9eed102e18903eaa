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
