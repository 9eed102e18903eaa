/**
 * Typed documents. `graphql('query …')` is a plain string at run time; its type, checked against schema.graphql,
 * knows what it answers and which variables it takes. `npm run gen` refreshes the schema's types.
 */
import type { FragmentOf, initGraphQLTada, ResultOf, VariablesOf } from 'gql.tada';
import type { introspection } from './graphql-env.d.ts';

type Graphql = initGraphQLTada<{
  introspection: introspection;
  /** Fragments are spread into their parent's type: components take `ResultOf<typeof fragment>`. */
  disableMasking: true;
  scalars: {
    Base64: string;
    Date: string;
    DateTime: string;
    ID: string;
    LocalDateTime: string;
    Long: number;
    Upload: File;
  };
}>;

/** Joins a document with the fragments it names, each of them once. */
function join(text: string, fragments: string[] = []): string {
  return [...new Set([text, ...fragments])].join('\n');
}

export const graphql = join as unknown as Graphql;

export type { FragmentOf, ResultOf, VariablesOf };
