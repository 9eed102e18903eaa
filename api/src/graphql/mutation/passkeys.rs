//! Passkeys.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use super::accounts::{SessionPayload, payload};
use super::two_factor::told;
use crate::actions::passkeys;
use crate::graphql::context::Cx;
use crate::graphql::ids::id;
use crate::graphql::types::passkey::Passkey;
use crate::graphql::types::user_error::UserError;

/// Part of the mutation type.
#[derive(Default)]
pub struct Passkeys;

/// Who wants a passkey.
#[derive(InputObject)]
pub struct PasskeyBeginInput {
    /// The viewer's own, once more.
    password: String,
}

/// What a browser is asked, or why nothing.
#[derive(SimpleObject)]
pub struct PasskeyChallengePayload {
    /// To be sent back with the answer, within ten minutes.
    challenge: Option<String>,
    /// For `navigator.credentials`, as JSON.
    options: Option<String>,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

/// What a browser has made.
#[derive(InputObject)]
pub struct PasskeyCreateInput {
    /// Of `passkeyBegin`.
    challenge: String,
    /// What `navigator.credentials.create` answered, as JSON.
    credential: String,
    /// What the viewer calls it.
    name: String,
}

/// The passkey, or why there is none.
#[derive(SimpleObject)]
pub struct PasskeyCreatePayload {
    /// It.
    passkey: Option<Passkey>,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

/// Which passkey to remove.
#[derive(InputObject)]
pub struct PasskeyDeleteInput {
    /// It.
    id: ID,
}

/// Which passkey is gone.
#[derive(SimpleObject)]
pub struct PasskeyDeletePayload {
    /// Global id of what is gone.
    deleted_id: Option<ID>,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

/// Who signs in by a passkey.
#[derive(InputObject)]
pub struct SessionCreateByPasskeyInput {
    /// Of `sessionPasskeyBegin`.
    challenge: String,
    /// What `navigator.credentials.get` answered, as JSON.
    credential: String,
    /// What the client calls itself, for the list of sessions.
    client: Option<String>,
    /// Answer a bearer token instead of setting a cookie.
    #[graphql(default)]
    want_token: bool,
}

#[Object]
impl Passkeys {
    /// Asks the viewer's browser for a new passkey.
    async fn passkey_begin(
        &self,
        context: &Context<'_>,
        input: PasskeyBeginInput,
    ) -> async_graphql::Result<PasskeyChallengePayload> {
        let cx = Cx::of(context)?;
        let (asked, user_errors) = told(passkeys::begin_adding(&cx.app, &cx.auth, &input.password).await)?;
        let (challenge, options) = asked.map(|asked| (asked.token, asked.options)).unzip();
        Ok(PasskeyChallengePayload { challenge, options, user_errors })
    }

    /// Adds the passkey that the viewer's browser has made.
    async fn passkey_create(
        &self,
        context: &Context<'_>,
        input: PasskeyCreateInput,
    ) -> async_graphql::Result<PasskeyCreatePayload> {
        let cx = Cx::of(context)?;
        let PasskeyCreateInput { challenge, credential, name } = input;
        let added = passkeys::add(&cx.app, &cx.auth, &challenge, &credential, &name).await;
        let (passkey, user_errors) = told(added)?;
        Ok(PasskeyCreatePayload { passkey: passkey.map(Passkey), user_errors })
    }

    /// Removes a passkey of the viewer's own.
    async fn passkey_delete(
        &self,
        context: &Context<'_>,
        input: PasskeyDeleteInput,
    ) -> async_graphql::Result<PasskeyDeletePayload> {
        let cx = Cx::of(context)?;
        cx.person()?;
        let (gone, user_errors) = told(passkeys::remove(&cx.app, &cx.auth, id(&input.id)?).await)?;
        Ok(PasskeyDeletePayload { deleted_id: gone.map(|()| input.id), user_errors })
    }

    /// Asks a browser for a passkey to sign in with.
    async fn session_passkey_begin(
        &self,
        context: &Context<'_>,
    ) -> async_graphql::Result<PasskeyChallengePayload> {
        let cx = Cx::of(context)?;
        let (asked, user_errors) = told(passkeys::begin(&cx.app, &cx.auth).await)?;
        let (challenge, options) = asked.map(|asked| (asked.token, asked.options)).unzip();
        Ok(PasskeyChallengePayload { challenge, options, user_errors })
    }

    /// Signs in by a passkey, whose device has asked for a face, a finger or its own code: nothing else is asked for.
    async fn session_create_by_passkey(
        &self,
        context: &Context<'_>,
        input: SessionCreateByPasskeyInput,
    ) -> async_graphql::Result<SessionPayload> {
        let cx = Cx::of(context)?;
        let SessionCreateByPasskeyInput { challenge, credential, client, want_token } = input;
        let outcome = passkeys::sign_in(&cx.app, &cx.auth, &challenge, &credential, client.as_deref()).await;
        payload(cx, outcome, want_token)
    }
}
