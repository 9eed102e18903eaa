import { graphql, type ResultOf } from '$lib/api/graphql';

/** What is stored and what is being worked on. */
export const WorkOf = graphql(`
  query Work {
    libraries(first: 100) {
      edges {
        node {
          assetCount
          bytes
          folders {
            state
            found
            imported
            duplicates
            refused
          }
        }
      }
    }
    jobs {
      stages {
        stage
        pending
        running
        buried
      }
    }
  }
`);

export type WorkData = ResultOf<typeof WorkOf>;
