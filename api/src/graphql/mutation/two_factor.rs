//! A second proof besides the password.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use crate::actions::two_factor;
use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::ids::id;
use crate::graphql::types::user_error::{UserError, UserErrorCode};

/// Part of the mutation type.
#[derive(Default)]
pub struct TwoFactor;

/// Who wants to be asked for codes.
#[derive(InputObject)]
pub struct TotpBeginInput {
    /// The viewer's own, once more.
    password: String,
}

/// What an authenticator app is given, or why nothing.
#[derive(SimpleObject)]
pub struct TotpBeginPayload {
    /// To be typed into the app; shown once.
    secret: Option<String>,
    /// To be shown as a QR code; shown once.
    url: Option<String>,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

/// The first code.
#[derive(InputObject)]
pub struct TotpConfirmInput {
    /// That the app shows now.
    code: String,
}

/// What helps who loses the app, or why codes are not asked for.
#[derive(SimpleObject)]
pub struct TotpConfirmPayload {
    /// Each is good once in place of a code; shown once.
    recovery_codes: Vec<String>,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

/// Who wants to be asked for no codes any more.
#[derive(InputObject)]
pub struct TotpRemoveInput {
    /// The viewer's own, once more.
    password: String,
    /// That the app shows now, or a recovery code.
    code: String,
}

/// Whether codes are asked for no more.
#[derive(SimpleObject)]
pub struct TotpRemovePayload {
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

/// Who has lost the app.
#[derive(InputObject)]
pub struct UserTotpRemoveInput {
    /// Whose account.
    id: ID,
}

#[Object]
impl TwoFactor {
    /// Makes a secret for the viewer's authenticator app. Codes are asked for once a first one is right.
    async fn totp_begin(
        &self,
        context: &Context<'_>,
        input: TotpBeginInput,
    ) -> async_graphql::Result<TotpBeginPayload> {
        let cx = Cx::of(context)?;
        let (begun, user_errors) = told(two_factor::begin(&cx.app, &cx.auth, &input.password).await)?;
        let (secret, url) = begun.map(|begun| (begun.secret, begun.url)).unzip();
        Ok(TotpBeginPayload { secret, url, user_errors })
    }

    /// Asks for a code at each sign-in from now on, besides the password.
    async fn totp_confirm(
        &self,
        context: &Context<'_>,
        input: TotpConfirmInput,
    ) -> async_graphql::Result<TotpConfirmPayload> {
        let cx = Cx::of(context)?;
        let (codes, user_errors) = told(two_factor::confirm(&cx.app, &cx.auth, &input.code).await)?;
        Ok(TotpConfirmPayload { recovery_codes: codes.unwrap_or_default(), user_errors })
    }

    /// Asks the viewer for no codes any more.
    async fn totp_remove(
        &self,
        context: &Context<'_>,
        input: TotpRemoveInput,
    ) -> async_graphql::Result<TotpRemovePayload> {
        let cx = Cx::of(context)?;
        let removed = two_factor::remove(&cx.app, &cx.auth, &input.password, &input.code).await;
        Ok(TotpRemovePayload { user_errors: told(removed)?.1 })
    }

    /// Asks another person for no codes any more, who has lost the app and the recovery codes. For administrators.
    async fn user_totp_remove(
        &self,
        context: &Context<'_>,
        input: UserTotpRemoveInput,
    ) -> async_graphql::Result<TotpRemovePayload> {
        let cx = Cx::of(context)?;
        cx.auth.admin()?;
        let removed = two_factor::remove_of(&cx.app, &cx.auth, id(&input.id)?).await;
        Ok(TotpRemovePayload { user_errors: told(removed)?.1 })
    }
}

/// A limit on tries is something that a person can do something about: wait.
pub(super) fn told<T>(
    outcome: crate::actions::accounts::Outcome<T>,
) -> async_graphql::Result<(Option<T>, Vec<UserError>)> {
    match outcome {
        Ok(Ok(done)) => Ok((Some(done), Vec::new())),
        Ok(Err(user_errors)) => Ok((None, user_errors)),
        Err(error @ ApiError::RateLimited(_)) => {
            let code = UserErrorCode::RateLimited;
            Ok((None, vec![UserError { code, field: None, message: error.to_string() }]))
        }
        Err(error) => Err(error.into()),
    }
}
