import { graphql, type ResultOf } from '$lib/api/graphql';

export const Users = graphql(`
  query Users($after: String) {
    users(first: 100, after: $after) {
      nodes {
        user {
          id
          name
          email
          role
        }
        disabledAt
        deleteAt
        lastSeenAt
        storage {
          storedBytes
          quotaBytes
        }
        libraries {
          id
          name
          bytes
          onlyOwner
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
    invitations {
      id
      email
      role
      expiresAt
    }
  }
`);

export const UserInvite = graphql(`
  mutation UserInvite($input: UserInviteInput!) {
    userInvite(input: $input) {
      token
      userErrors {
        field
        message
      }
    }
  }
`);

export const InvitationRevoke = graphql(`
  mutation InvitationRevoke($input: InvitationRevokeInput!) {
    invitationRevoke(input: $input) {
      userErrors {
        field
        message
      }
    }
  }
`);

export const UserUpdate = graphql(`
  mutation UserUpdate($input: UserUpdateInput!) {
    userUpdate(input: $input) {
      userErrors {
        field
        message
      }
    }
  }
`);

export const UserDelete = graphql(`
  mutation UserDelete($input: UserDeleteInput!) {
    userDelete(input: $input) {
      account {
        deleteAt
      }
      userErrors {
        field
        message
      }
    }
  }
`);

export const UserRestore = graphql(`
  mutation UserRestore($input: UserRestoreInput!) {
    userRestore(input: $input) {
      userErrors {
        field
        message
      }
    }
  }
`);

export const UserResetLink = graphql(`
  mutation UserResetLink($input: UserResetLinkInput!) {
    userResetLink(input: $input) {
      token
      userErrors {
        field
        message
      }
    }
  }
`);

export const LibraryTransfer = graphql(`
  mutation LibraryTransfer($input: LibraryTransferInput!) {
    libraryTransfer(input: $input) {
      userErrors {
        field
        message
      }
    }
  }
`);

export type Account = ResultOf<typeof Users>['users']['nodes'][number];
export type Invitation = ResultOf<typeof Users>['invitations'][number];
export type Role = Account['user']['role'];
