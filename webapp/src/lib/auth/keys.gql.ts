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

/** In the order in which people read them; what only reads first. */
export const SCOPES: readonly Scope[] = [
  'LIBRARY_READ',
  'ASSET_READ',
  'ASSET_DOWNLOAD',
  'ASSET_UPDATE',
  'ASSET_PROCESS',
  'LIBRARY_UPLOAD',
  'LIBRARY_MANAGE',
];

/** What guests may do themselves. */
export const READING: readonly Scope[] = ['LIBRARY_READ', 'ASSET_READ', 'ASSET_DOWNLOAD'];
