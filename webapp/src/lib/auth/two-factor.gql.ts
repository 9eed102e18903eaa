import { graphql } from '$lib/api/graphql';

export const TwoFactorState = graphql(`
  query TwoFactorState {
    viewer {
      hasTotp
      recoveryCodesLeft
    }
  }
`);

export const TotpBegin = graphql(`
  mutation TotpBegin($input: TotpBeginInput!) {
    totpBegin(input: $input) {
      secret
      url
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export const TotpConfirm = graphql(`
  mutation TotpConfirm($input: TotpConfirmInput!) {
    totpConfirm(input: $input) {
      recoveryCodes
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export const TotpRemove = graphql(`
  mutation TotpRemove($input: TotpRemoveInput!) {
    totpRemove(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);
