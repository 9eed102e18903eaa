//! Accounts and sessions.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use domain::SessionId;

use crate::actions::accounts::{self, Applicant, Opened, Outcome, Proof};
use crate::auth::cookie;
use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::ids::id;
use crate::graphql::types::user::{User, Viewer};
use crate::graphql::types::user_error::{UserError, UserErrorCode};

/// Part of the mutation type.
#[derive(Default)]
pub struct AccountActs;

/// The first account.
#[derive(InputObject)]
pub struct SetupCompleteInput {
    /// From the one-time address that is printed at start: what stands behind the `#`.
    token: String,
    /// As the person writes it.
    name: String,
    /// To sign in with.
    email: String,
    /// At least 10 characters.
    password: String,
    /// What the client calls itself, for the list of sessions.
    client: Option<String>,
    /// Answer a bearer token instead of setting a cookie.
    #[graphql(default)]
    want_token: bool,
}

/// Who signs in.
#[derive(InputObject)]
pub struct SessionCreateInput {
    /// The account.
    email: String,
    /// Its password.
    password: String,
    /// Of the authenticator app, or a recovery code; needed where the answer is `CODE_REQUIRED` without it.
    code: Option<String>,
    /// What the client calls itself, for the list of sessions.
    client: Option<String>,
    /// Answer a bearer token instead of setting a cookie.
    #[graphql(default)]
    want_token: bool,
}

/// A session that has been opened, or why not.
#[derive(SimpleObject)]
pub struct SessionPayload {
    /// Who is signed in now.
    viewer: Option<Viewer>,
    /// For `Authorization: Bearer`, only if asked for; shown once.
    token: Option<String>,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

/// Which session to end.
#[derive(InputObject)]
pub struct SessionDeleteInput {
    /// The present one without it.
    id: Option<ID>,
}

/// Which session was ended.
#[derive(SimpleObject)]
pub struct SessionDeletePayload {
    /// Global id of what is gone.
    deleted_id: Option<ID>,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

/// A new password.
#[derive(InputObject)]
pub struct PasswordChangeInput {
    /// The present one.
    current: String,
    /// At least 10 characters.
    new: String,
    /// End all other sessions of this person.
    #[graphql(default = true)]
    sign_out_others: bool,
}

/// What is told of a person.
#[derive(InputObject)]
pub struct ProfileUpdateInput {
    /// As the person writes it; at most 100 characters.
    name: String,
}

/// How many sessions were ended.
#[derive(SimpleObject)]
pub struct SessionDeleteOthersPayload {
    /// Sessions.
    ended: i32,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

/// The viewer's account as it is now, or why nothing was changed.
#[derive(SimpleObject)]
pub struct ViewerUpdatePayload {
    /// The account.
    user: Option<User>,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

#[Object]
impl AccountActs {
    /// Makes the first account, with the token of the one-time address that is printed at start, and signs it in.
    async fn setup_complete(
        &self,
        context: &Context<'_>,
        input: SetupCompleteInput,
    ) -> async_graphql::Result<SessionPayload> {
        let cx = Cx::of(context)?;
        let who = Applicant { name: &input.name, email: &input.email, password: &input.password };
        let outcome =
            accounts::complete_setup(&cx.app, &cx.auth, &input.token, &who, input.client.as_deref()).await;
        payload(cx, outcome, input.want_token)
    }

    /// Signs in. Browsers get an HttpOnly cookie, other clients ask for a bearer token.
    async fn session_create(
        &self,
        context: &Context<'_>,
        input: SessionCreateInput,
    ) -> async_graphql::Result<SessionPayload> {
        let cx = Cx::of(context)?;
        let client = input.client.as_deref();
        let proof = Proof { email: &input.email, password: &input.password, code: input.code.as_deref() };
        let outcome = accounts::sign_in(&cx.app, &cx.auth, &proof, client).await;
        payload(cx, outcome, input.want_token)
    }

    /// Signs out: this session, or another one of the viewer's.
    async fn session_delete(
        &self,
        context: &Context<'_>,
        input: SessionDeleteInput,
    ) -> async_graphql::Result<SessionDeletePayload> {
        let cx = Cx::of(context)?;
        let (_, present) = cx.auth.person()?;
        let session: Option<SessionId> = input.id.as_ref().map(id).transpose()?;
        let closed = accounts::sign_out(&cx.app, &cx.auth, session).await?;
        if closed == Some(present) {
            cx.set_cookie(cookie::clear(cx.auth.https));
        }
        let message = "there is no such session; it may have ended already";
        let user_errors = if closed.is_some() {
            Vec::new()
        } else {
            vec![UserError::of("id", UserErrorCode::NotFound, message)]
        };
        Ok(SessionDeletePayload { deleted_id: closed.map(|id| id.to_string().into()), user_errors })
    }

    /// Ends all other sessions of the viewer.
    async fn session_delete_others(
        &self,
        context: &Context<'_>,
    ) -> async_graphql::Result<SessionDeleteOthersPayload> {
        let cx = Cx::of(context)?;
        let ended = accounts::sign_out_others(&cx.app, &cx.auth).await?;
        Ok(SessionDeleteOthersPayload {
            ended: i32::try_from(ended).unwrap_or(i32::MAX),
            user_errors: Vec::new(),
        })
    }

    /// Changes what is told of the viewer.
    async fn profile_update(
        &self,
        context: &Context<'_>,
        input: ProfileUpdateInput,
    ) -> async_graphql::Result<ViewerUpdatePayload> {
        let cx = Cx::of(context)?;
        owner(cx, accounts::rename(&cx.app, &cx.auth, &input.name).await?).await
    }

    /// Changes the viewer's own password.
    async fn password_change(
        &self,
        context: &Context<'_>,
        input: PasswordChangeInput,
    ) -> async_graphql::Result<ViewerUpdatePayload> {
        let cx = Cx::of(context)?;
        let others = input.sign_out_others;
        let done = accounts::change_password(&cx.app, &cx.auth, &input.current, &input.new, others).await?;
        owner(cx, done).await
    }
}

/// The viewer's account after a change, or why there was none.
pub(super) async fn owner(
    cx: &Cx,
    done: Result<(), Vec<UserError>>,
) -> async_graphql::Result<ViewerUpdatePayload> {
    match done {
        Ok(()) => {
            let user = cx.loader.load_one(cx.user()?.id).await?.map(User);
            Ok(ViewerUpdatePayload { user, user_errors: Vec::new() })
        }
        Err(user_errors) => Ok(ViewerUpdatePayload { user: None, user_errors }),
    }
}

/// The answer to a sign-in. A limit on tries is something a person can do something about: wait.
pub(super) fn payload(
    cx: &Cx,
    outcome: Outcome<Opened>,
    want_token: bool,
) -> async_graphql::Result<SessionPayload> {
    let failed = |user_errors| SessionPayload { viewer: None, token: None, user_errors };
    match outcome {
        Ok(Ok(opened)) => {
            if !want_token {
                cx.set_cookie(cookie::set(&opened.token, cx.app.settings.session_days, cx.auth.https));
            }
            let token = want_token.then_some(opened.token);
            // The loaders of this request load as nobody; the viewer of the answer is a new one.
            Ok(SessionPayload { viewer: Some(Viewer(opened.viewer)), token, user_errors: Vec::new() })
        }
        Ok(Err(user_errors)) => Ok(failed(user_errors)),
        Err(error @ ApiError::RateLimited(_)) => {
            let code = UserErrorCode::RateLimited;
            Ok(failed(vec![UserError { code, field: None, message: error.to_string() }]))
        }
        Err(error) => Err(error.into()),
    }
}
