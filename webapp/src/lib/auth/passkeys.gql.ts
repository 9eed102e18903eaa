import { graphql, type ResultOf } from '$lib/api/graphql';

export const Passkeys = graphql(`
  query Passkeys {
    viewer {
      passkeys {
        id
        name
        createdAt
        lastUsedAt
      }
    }
  }
`);

export const PasskeyBegin = graphql(`
  mutation PasskeyBegin($input: PasskeyBeginInput!) {
    passkeyBegin(input: $input) {
      challenge
      options
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export const PasskeyCreate = graphql(`
  mutation PasskeyCreate($input: PasskeyCreateInput!) {
    passkeyCreate(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export const PasskeyDelete = graphql(`
  mutation PasskeyDelete($input: PasskeyDeleteInput!) {
    passkeyDelete(input: $input) {
      userErrors {
        message
      }
    }
  }
`);

export const SessionPasskeyBegin = graphql(`
  mutation SessionPasskeyBegin {
    sessionPasskeyBegin {
      challenge
      options
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export const SessionCreateByPasskey = graphql(`
  mutation SessionCreateByPasskey($input: SessionCreateByPasskeyInput!) {
    sessionCreateByPasskey(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export type Passkey = NonNullable<ResultOf<typeof Passkeys>['viewer']>['passkeys'][number];
