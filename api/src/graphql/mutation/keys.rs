//! API keys.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use domain::ApiKeyId;
use domain::access;

use crate::actions::keys;
use crate::graphql::context::Cx;
use crate::graphql::ids::id;
use crate::graphql::scalars::Moment;
use crate::graphql::types::key::{ApiKey, Permission};
use crate::graphql::types::user_error::UserError;

/// Part of the mutation type.
#[derive(Default)]
pub struct Keys;

/// A key to be made.
#[derive(InputObject)]
pub struct ApiKeyCreateInput {
    /// What the viewer calls it; at most 100 characters.
    name: String,
    /// What it may do at most. That stays as it is.
    scopes: Vec<Permission>,
    /// When it ends; never without it.
    expires_at: Option<Moment>,
}

/// A key, or why there is none.
#[derive(SimpleObject)]
pub struct ApiKeyCreatePayload {
    /// It.
    api_key: Option<ApiKey>,
    /// For `Authorization: Bearer`; shown once.
    token: Option<String>,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

/// Which key to revoke.
#[derive(InputObject)]
pub struct ApiKeyDeleteInput {
    /// It.
    id: ID,
}

/// Which key is gone.
#[derive(SimpleObject)]
pub struct ApiKeyDeletePayload {
    /// Global id of what is gone.
    deleted_id: Option<ID>,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

#[Object]
impl Keys {
    /// Makes a key with which programs act in the viewer's name; at most 100 each. A key makes no keys.
    async fn api_key_create(
        &self,
        context: &Context<'_>,
        input: ApiKeyCreateInput,
    ) -> async_graphql::Result<ApiKeyCreatePayload> {
        let cx = Cx::of(context)?;
        let scopes: Vec<access::Permission> = input.scopes.into_iter().map(Into::into).collect();
        let expires_at = input.expires_at.map(|at| at.0);
        Ok(match keys::create(&cx.app, &cx.auth, &input.name, &scopes, expires_at).await? {
            Ok((key, token)) => ApiKeyCreatePayload {
                api_key: Some(ApiKey(key)),
                token: Some(token),
                user_errors: Vec::new(),
            },
            Err(user_errors) => ApiKeyCreatePayload { api_key: None, token: None, user_errors },
        })
    }

    /// Revokes a key of the viewer's own.
    async fn api_key_delete(
        &self,
        context: &Context<'_>,
        input: ApiKeyDeleteInput,
    ) -> async_graphql::Result<ApiKeyDeletePayload> {
        let cx = Cx::of(context)?;
        cx.person()?;
        let key: ApiKeyId = id(&input.id)?;
        Ok(match keys::revoke(&cx.app, &cx.auth, key).await? {
            Ok(()) => ApiKeyDeletePayload { deleted_id: Some(input.id), user_errors: Vec::new() },
            Err(user_errors) => ApiKeyDeletePayload { deleted_id: None, user_errors },
        })
    }
}
