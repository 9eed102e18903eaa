import { graphql, type ResultOf } from '$lib/api/graphql';

/** Days that are remembered together, as a card shows them. */
export const MemoryFields = graphql(`
  fragment MemoryFields on Memory {
    key
    kind
    from
    to
    count
    place
    text
    saved
    yearsAgo(day: $day)
    cover {
      id
      tag
    }
  }
`);

export const Memories = graphql(
  `
    query Memories($day: Date!) {
      memories(day: $day) {
        ...MemoryFields
      }
    }
  `,
  [MemoryFields],
);

export const SavedMemories = graphql(
  `
    query SavedMemories($day: Date!) {
      savedMemories {
        ...MemoryFields
      }
    }
  `,
  [MemoryFields],
);

export const OneMemory = graphql(
  `
    query OneMemory($key: String!, $day: Date!) {
      memory(key: $key) {
        ...MemoryFields
      }
    }
  `,
  [MemoryFields],
);

/** Keeps a memory, or hides it. */
export const MemoryUpdate = graphql(`
  mutation MemoryUpdate($input: MemoryUpdateInput!) {
    memoryUpdate(input: $input) {
      userErrors {
        message
      }
    }
  }
`);

export type Memory = ResultOf<typeof Memories>['memories'][number];
