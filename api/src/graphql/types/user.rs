//! People and their sessions.

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use domain::access::{Credential, UserViewer};
use domain::{SessionId, user};

use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::loaders::PictureOf;
use crate::graphql::scalars::{Long, Moment};
use crate::graphql::types::album::Profile;
use crate::graphql::types::device::Device;
use crate::graphql::types::key::ApiKey;
use crate::graphql::types::partner::Partner;
use crate::graphql::types::passkey::Passkey;
use crate::http::picture;

/// The signed-in person.
pub struct Viewer(pub UserViewer);
/// A person with an account.
pub struct User(pub user::User);
/// A signed-in browser or client.
pub struct Session {
    /// It.
    pub session: user::Session,
    /// The one that asks.
    pub present: SessionId,
}

/// What a person may do on this server as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "user::UserRole")]
pub enum UserRole {
    /// Runs the server.
    Admin,
    /// Has libraries of their own.
    User,
    /// Sees what is shared with them.
    Guest,
}

/// What is stored in the libraries that a person owns. Files in place do not count.
#[derive(SimpleObject)]
pub struct Storage {
    /// Bytes of originals.
    pub stored_bytes: Long,
    /// Bytes of uploads on their way.
    pub reserved_bytes: Long,
    /// How many it may be in all; null: there is no limit.
    pub quota_bytes: Option<Long>,
}

impl From<user::Storage> for Storage {
    fn from(storage: user::Storage) -> Self {
        Self {
            stored_bytes: Long(storage.stored),
            reserved_bytes: Long(storage.reserved),
            quota_bytes: storage.quota.map(Long),
        }
    }
}

/// The signed-in person.
#[Object]
impl Viewer {
    /// Their account.
    async fn user(&self, context: &Context<'_>) -> async_graphql::Result<User> {
        // Not by the request's loader: that loads as whoever asked, who was nobody when signing in.
        let user = Cx::of(context)?.app.store.users_by_ids(&[self.0.id]).await.map_err(ApiError::from)?.pop();
        Ok(User(user.ok_or(ApiError::Unauthenticated)?))
    }

    /// The session that this request belongs to. Not for API keys.
    #[graphql(complexity = "10 + child_complexity")]
    async fn session(&self, context: &Context<'_>) -> async_graphql::Result<Session> {
        let all = self.all_sessions(context).await?;
        let present = all.into_iter().find(|session| session.session.id == session.present);
        Ok(present.ok_or(ApiError::Unauthenticated)?)
    }

    /// The API key by which this is asked; null where the person has signed in themselves.
    async fn api_key(&self, context: &Context<'_>) -> async_graphql::Result<Option<ApiKey>> {
        let Credential::Key(id, _) = self.0.by else { return Ok(None) };
        let all = Cx::of(context)?.app.store.keys(self.0.id).await.map_err(ApiError::from)?;
        Ok(all.into_iter().find(|key| key.id == id).map(ApiKey))
    }

    /// All API keys of this person, newest first; those that have ended, too. At most 100. Not for API keys.
    #[graphql(complexity = "50 * child_complexity")]
    async fn api_keys(&self, context: &Context<'_>) -> async_graphql::Result<Vec<ApiKey>> {
        self.present()?;
        let all = Cx::of(context)?.app.store.keys(self.0.id).await.map_err(ApiError::from)?;
        Ok(all.into_iter().map(ApiKey).collect())
    }

    /// Whether a code of an authenticator app is asked for besides the password.
    async fn has_totp(&self, context: &Context<'_>) -> async_graphql::Result<bool> {
        Ok(Cx::of(context)?.app.store.has_totp(self.0.id).await.map_err(ApiError::from)?)
    }

    /// Recovery codes that have not been used.
    async fn recovery_codes_left(&self, context: &Context<'_>) -> async_graphql::Result<i32> {
        let left = Cx::of(context)?.app.store.recovery_codes_left(self.0.id).await;
        Ok(i32::try_from(left.map_err(ApiError::from)?).unwrap_or(i32::MAX))
    }

    /// All passkeys of this person, newest first. Not for API keys.
    #[graphql(complexity = "10 * child_complexity")]
    async fn passkeys(&self, context: &Context<'_>) -> async_graphql::Result<Vec<Passkey>> {
        self.present()?;
        let all = Cx::of(context)?.app.store.passkeys(self.0.id).await.map_err(ApiError::from)?;
        Ok(all.into_iter().map(Passkey).collect())
    }

    /// The devices that back up to this account, last seen first. At most 50. Not for API keys.
    #[graphql(complexity = "20 * child_complexity")]
    async fn devices(&self, context: &Context<'_>) -> async_graphql::Result<Vec<Device>> {
        self.present()?;
        let all = Cx::of(context)?.app.store.devices(&[self.0.id]).await.map_err(ApiError::from)?;
        Ok(all.into_iter().map(Device).collect())
    }

    /// What is stored in the libraries that this person owns, and how much it may be.
    #[graphql(complexity = "10 + child_complexity")]
    async fn storage(&self, context: &Context<'_>) -> async_graphql::Result<Storage> {
        let storage = Cx::of(context)?.app.store.storage(self.0.id).await.map_err(ApiError::from)?;
        Ok(storage.into())
    }

    /// Whose photos this person sees as their partner, by age. Not for API keys.
    #[graphql(complexity = "10 * child_complexity")]
    async fn partners(&self, context: &Context<'_>) -> async_graphql::Result<Vec<Partner>> {
        let all = self.all_partners(context).await?.into_iter().filter(|one| one.user == self.0.id);
        Ok(all
            .map(|one| Partner {
                user: Profile(one.owner),
                in_timeline: Some(one.in_timeline),
                added_at: Moment(one.added_at),
            })
            .collect())
    }

    /// Who sees this person's photos as their partner, by age. Not for API keys.
    #[graphql(complexity = "10 * child_complexity")]
    async fn partners_looking(&self, context: &Context<'_>) -> async_graphql::Result<Vec<Partner>> {
        let all = self.all_partners(context).await?.into_iter().filter(|one| one.owner == self.0.id);
        Ok(all
            .map(|one| Partner { user: Profile(one.user), in_timeline: None, added_at: Moment(one.added_at) })
            .collect())
    }

    /// All sessions of this person, last used first. Not for API keys.
    #[graphql(complexity = "50 * child_complexity")]
    async fn sessions(&self, context: &Context<'_>) -> async_graphql::Result<Vec<Session>> {
        Ok(self.all_sessions(context).await?)
    }
}

impl Viewer {
    async fn all_partners(&self, context: &Context<'_>) -> Result<Vec<store::Partner>, ApiError> {
        self.present()?;
        Ok(Cx::of(context)?.app.store.partners(self.0.id).await?)
    }

    async fn all_sessions(&self, context: &Context<'_>) -> Result<Vec<Session>, ApiError> {
        let present = self.present()?;
        let sessions = Cx::of(context)?.app.store.sessions(self.0.id).await?;
        Ok(sessions.into_iter().map(|session| Session { session, present }).collect())
    }

    fn present(&self) -> Result<SessionId, ApiError> {
        self.0.session().ok_or(ApiError::Forbidden("an API key can't see this; sign in"))
    }
}

/// A person with an account.
#[Object]
impl User {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// As the person writes it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// E-mail address.
    async fn email(&self) -> &str {
        &self.0.email
    }

    /// On this server.
    async fn role(&self) -> UserRole {
        self.0.role.into()
    }

    /// When the account was made.
    async fn created_at(&self) -> Moment {
        Moment(self.0.created_at)
    }

    /// Where the picture is fetched that they show of themselves; null where there is none.
    async fn picture(&self, context: &Context<'_>) -> async_graphql::Result<Option<String>> {
        let tag = Cx::of(context)?.loader.load_one(PictureOf(self.0.id)).await?;
        Ok(tag.map(|tag| picture::address(self.0.id, tag)))
    }
}

/// A signed-in browser or client.
#[Object]
impl Session {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.session.id.to_string().into()
    }

    /// What the client calls itself.
    async fn client(&self) -> Option<&str> {
        self.session.client.as_deref()
    }

    /// When it signed in.
    async fn created_at(&self) -> Moment {
        Moment(self.session.created_at)
    }

    /// The last request, to the nearest few minutes.
    async fn last_seen_at(&self) -> Moment {
        Moment(self.session.last_seen_at)
    }

    /// From which address the last request came, to the nearest few minutes.
    async fn address(&self) -> Option<&str> {
        self.session.address.as_deref()
    }

    /// When it ends unless used.
    async fn expires_at(&self) -> Moment {
        Moment(self.session.expires_at)
    }

    /// Whether this request belongs to it.
    async fn current(&self) -> bool {
        self.session.id == self.present
    }
}
