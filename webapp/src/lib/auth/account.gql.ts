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
        address
        current
      }
    }
  }
`);

export const SessionDeleteOthers = graphql(`
  mutation SessionDeleteOthers {
    sessionDeleteOthers {
      ended
    }
  }
`);

export const ProfileUpdate = graphql(`
  mutation ProfileUpdate($input: ProfileUpdateInput!) {
    profileUpdate(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export const OwnStorage = graphql(`
  query OwnStorage {
    viewer {
      storage {
        storedBytes
        quotaBytes
      }
    }
  }
`);

export const Invited = graphql(`
  query Invited($token: String!) {
    invitation(token: $token) {
      email
      role
    }
  }
`);

export const InvitationAccept = graphql(`
  mutation InvitationAccept($input: InvitationAcceptInput!) {
    invitationAccept(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export const PasswordResetRequest = graphql(`
  mutation PasswordResetRequest($input: PasswordResetRequestInput!) {
    passwordResetRequest(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export const PasswordReset = graphql(`
  mutation PasswordReset($input: PasswordResetInput!) {
    passwordReset(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export type Offer = NonNullable<ResultOf<typeof Invited>['invitation']>;
export type UserError = ResultOf<typeof SetupComplete>['setupComplete']['userErrors'][number];
export type Session = NonNullable<ResultOf<typeof Sessions>['viewer']>['sessions'][number];
