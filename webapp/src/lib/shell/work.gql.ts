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
          }
        }
      }
    }
    jobs {
      stages {
        stage
        pending
        buried
      }
    }
  }
`);

export type WorkData = ResultOf<typeof WorkOf>;
