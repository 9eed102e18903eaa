import { graphql } from '$lib/api/graphql';

export const LockedState = graphql(`
  query LockedState {
    lockedFolder {
      hasPin
      openUntil
    }
  }
`);

export const SetPin = graphql(`
  mutation SetPin($input: LockedFolderSetPinInput!) {
    lockedFolderSetPin(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export const OpenLocked = graphql(`
  mutation OpenLocked($pin: String!) {
    lockedFolderOpen(input: { pin: $pin }) {
      openUntil
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export const CloseLocked = graphql(`
  mutation CloseLocked {
    lockedFolderClose {
      openUntil
    }
  }
`);
