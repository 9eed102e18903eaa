import { graphql, type ResultOf } from '$lib/api/graphql';

export const SetupComplete = graphql(`
  mutation SetupComplete($input: SetupCompleteInput!) {
    setupComplete(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export const SessionCreate = graphql(`
  mutation SessionCreate($input: SessionCreateInput!) {
    sessionCreate(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export const SessionDelete = graphql(`
  mutation SessionDelete($input: SessionDeleteInput!) {
    sessionDelete(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export const PasswordChange = graphql(`
  mutation PasswordChange($input: PasswordChangeInput!) {
    passwordChange(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export const Sessions = graphql(`
  query Sessions {
    viewer {
      sessions {
        id
        client
        createdAt
        lastSeenAt
        current
      }
    }
  }
`);

export type UserError = ResultOf<typeof SetupComplete>['setupComplete']['userErrors'][number];
export type Session = NonNullable<ResultOf<typeof Sessions>['viewer']>['sessions'][number];
