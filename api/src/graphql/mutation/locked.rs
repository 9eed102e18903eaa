//! The locked folder.

use async_graphql::{Context, InputObject, Object, SimpleObject};

use crate::actions::accounts::Outcome;
use crate::actions::locked;
use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::scalars::Moment;
use crate::graphql::types::user_error::{UserError, UserErrorCode};

/// Part of the mutation type.
#[derive(Default)]
pub struct LockedFolders;

/// A PIN for the viewer's locked folder.
#[derive(InputObject)]
pub struct LockedFolderSetPinInput {
    /// The viewer's password.
    password: String,
    /// Six to twelve digits.
    pin: String,
}

/// What opens the folder.
#[derive(InputObject)]
pub struct LockedFolderOpenInput {
    /// Its PIN.
    pin: String,
}

/// How the folder stands now.
#[derive(SimpleObject)]
pub struct LockedFolderPayload {
    /// Until when it is open in this session, if it is.
    open_until: Option<Moment>,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

#[Object]
impl LockedFolders {
    /// Gives the viewer's locked folder a PIN, or another one. It is closed in all sessions then.
    async fn locked_folder_set_pin(
        &self,
        context: &Context<'_>,
        input: LockedFolderSetPinInput,
    ) -> async_graphql::Result<LockedFolderPayload> {
        let cx = Cx::of(context)?;
        let outcome = locked::set_pin(&cx.app, &cx.auth, &input.password, &input.pin).await;
        payload(outcome.map(|done| done.map(|()| None)))
    }

    /// Opens the viewer's locked folder in this session: for 15 minutes, and for 5 minutes after it was last used.
    async fn locked_folder_open(
        &self,
        context: &Context<'_>,
        input: LockedFolderOpenInput,
    ) -> async_graphql::Result<LockedFolderPayload> {
        let cx = Cx::of(context)?;
        let outcome = locked::open(&cx.app, &cx.auth, &input.pin).await;
        payload(outcome.map(|done| done.map(|until| Some(Moment(until)))))
    }

    /// Closes it in this session.
    async fn locked_folder_close(&self, context: &Context<'_>) -> async_graphql::Result<LockedFolderPayload> {
        let cx = Cx::of(context)?;
        locked::close(&cx.app, &cx.auth).await?;
        Ok(LockedFolderPayload { open_until: None, user_errors: Vec::new() })
    }
}

/// A limit on tries is something a person can do something about: wait.
fn payload(outcome: Outcome<Option<Moment>>) -> async_graphql::Result<LockedFolderPayload> {
    let failed = |user_errors| LockedFolderPayload { open_until: None, user_errors };
    match outcome {
        Ok(Ok(open_until)) => Ok(LockedFolderPayload { open_until, user_errors: Vec::new() }),
        Ok(Err(user_errors)) => Ok(failed(user_errors)),
        Err(error @ ApiError::RateLimited(_)) => {
            let code = UserErrorCode::RateLimited;
            Ok(failed(vec![UserError { code, field: None, message: error.to_string() }]))
        }
        Err(error) => Err(error.into()),
    }
}
