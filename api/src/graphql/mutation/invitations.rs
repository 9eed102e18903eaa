//! Links by which people make an account, or set a new password, without being signed in.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use domain::InvitationId;

use super::accounts::{SessionPayload, payload};
use crate::actions::accounts::Applicant;
use crate::actions::invitations;
use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::ids::id;
use crate::graphql::scalars::Long;
use crate::graphql::types::account::Invitation;
use crate::graphql::types::user::UserRole;
use crate::graphql::types::user_error::{UserError, UserErrorCode};

/// Part of the mutation type.
#[derive(Default)]
pub struct Invitations;

/// Who is invited.
#[derive(InputObject)]
pub struct UserInviteInput {
    /// Whose account it will be; the invited person says it without it.
    email: Option<String>,
    /// What they may do on this server.
    role: UserRole,
    /// How many bytes they may store; without it, without limit.
    quota_bytes: Option<Long>,
}

/// What a link is made of, or why there is none.
#[derive(SimpleObject)]
pub struct UserInvitePayload {
    /// The invitation.
    invitation: Option<Invitation>,
    /// The link is `/invite#` with this; shown once.
    token: Option<String>,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

/// Which invitation to take back.
#[derive(InputObject)]
pub struct InvitationRevokeInput {
    /// It.
    id: ID,
}

/// Which invitation is gone.
#[derive(SimpleObject)]
pub struct InvitationRevokePayload {
    /// Global id of what is gone.
    deleted_id: Option<ID>,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

/// An account of one's own.
#[derive(InputObject)]
pub struct InvitationAcceptInput {
    /// What stands behind the `#` of the link.
    token: String,
    /// As the person writes it.
    name: String,
    /// To sign in with. Where the invitation names one, that is it.
    #[graphql(default)]
    email: String,
    /// At least 10 characters.
    password: String,
    /// What the client calls itself, for the list of sessions.
    client: Option<String>,
    /// Answer a bearer token instead of setting a cookie.
    #[graphql(default)]
    want_token: bool,
}

/// A new password, by a link.
#[derive(InputObject)]
pub struct PasswordResetInput {
    /// What stands behind the `#` of the link.
    token: String,
    /// At least 10 characters.
    password: String,
}

/// Whether the password was set.
#[derive(SimpleObject)]
pub struct PasswordResetPayload {
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

/// Who has forgotten their password.
#[derive(InputObject)]
pub struct PasswordResetRequestInput {
    /// Of their account.
    email: String,
}

/// Whether it is noted.
#[derive(SimpleObject)]
pub struct PasswordResetRequestPayload {
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

#[Object]
impl Invitations {
    /// Sends a link by which a new password is set to an e-mail address, if it is that of an account and this server sends letters.
    /// The answer is the same for every address.
    async fn password_reset_request(
        &self,
        context: &Context<'_>,
        input: PasswordResetRequestInput,
    ) -> async_graphql::Result<PasswordResetRequestPayload> {
        let cx = Cx::of(context)?;
        invitations::request_reset(&cx.app, &cx.auth, &input.email).await?;
        Ok(PasswordResetRequestPayload { user_errors: Vec::new() })
    }

    /// Makes a link by which somebody makes an account of their own, once. For administrators.
    async fn user_invite(
        &self,
        context: &Context<'_>,
        input: UserInviteInput,
    ) -> async_graphql::Result<UserInvitePayload> {
        let cx = Cx::of(context)?;
        let quota = input.quota_bytes.map(|bytes| bytes.0);
        let email = input.email.as_deref();
        let invited = invitations::invite(&cx.app, &cx.auth, email, input.role.into(), quota).await?;
        Ok(match invited {
            Ok((invitation, token)) => UserInvitePayload {
                invitation: Some(invitation.into()),
                token: Some(token),
                user_errors: Vec::new(),
            },
            Err(user_errors) => UserInvitePayload { invitation: None, token: None, user_errors },
        })
    }

    /// Takes an invitation back: its link is no longer good. For administrators.
    async fn invitation_revoke(
        &self,
        context: &Context<'_>,
        input: InvitationRevokeInput,
    ) -> async_graphql::Result<InvitationRevokePayload> {
        let cx = Cx::of(context)?;
        cx.auth.admin()?;
        let invitation: InvitationId = id(&input.id)?;
        Ok(match invitations::revoke(&cx.app, &cx.auth, invitation).await? {
            Ok(()) => InvitationRevokePayload { deleted_id: Some(input.id), user_errors: Vec::new() },
            Err(user_errors) => InvitationRevokePayload { deleted_id: None, user_errors },
        })
    }

    /// Makes the account that a link invites to, and signs it in.
    async fn invitation_accept(
        &self,
        context: &Context<'_>,
        input: InvitationAcceptInput,
    ) -> async_graphql::Result<SessionPayload> {
        let cx = Cx::of(context)?;
        let who = Applicant { name: &input.name, email: &input.email, password: &input.password };
        let client = input.client.as_deref();
        let outcome = invitations::join(&cx.app, &cx.auth, &input.token, &who, client).await;
        payload(cx, outcome, input.want_token)
    }

    /// Sets the password of the person whose link it is, and ends all of their sessions.
    async fn password_reset(
        &self,
        context: &Context<'_>,
        input: PasswordResetInput,
    ) -> async_graphql::Result<PasswordResetPayload> {
        let cx = Cx::of(context)?;
        let user_errors =
            match invitations::reset_password(&cx.app, &cx.auth, &input.token, &input.password).await {
                Ok(done) => done.err().unwrap_or_default(),
                Err(error @ ApiError::RateLimited(_)) => {
                    let code = UserErrorCode::RateLimited;
                    vec![UserError { code, field: None, message: error.to_string() }]
                }
                Err(error) => return Err(error.into()),
            };
        Ok(PasswordResetPayload { user_errors })
    }
}
