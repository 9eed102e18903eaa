import { graphql, type ResultOf } from '$lib/api/graphql';

export const ApiKeys = graphql(`
  query ApiKeys {
    viewer {
      apiKeys {
        id
        name
        scopes
        createdAt
        expiresAt
        lastUsedAt
        address
      }
    }
  }
`);

export const ApiKeyCreate = graphql(`
  mutation ApiKeyCreate($input: ApiKeyCreateInput!) {
    apiKeyCreate(input: $input) {
      token
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export const ApiKeyDelete = graphql(`
  mutation ApiKeyDelete($input: ApiKeyDeleteInput!) {
    apiKeyDelete(input: $input) {
      userErrors {
        message
      }
    }
  }
`);

export type ApiKey = NonNullable<ResultOf<typeof ApiKeys>['viewer']>['apiKeys'][number];
export type Scope = ApiKey['scopes'][number];
