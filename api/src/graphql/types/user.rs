//! People and their sessions.

use async_graphql::{Context, Enum, ID, Object};
use domain::access::UserViewer;
use domain::{SessionId, user};

use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::scalars::Moment;

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
pub enum UserRole {
    /// Runs the server.
    Admin,
    /// Has libraries of their own.
    User,
    /// Sees what is shared with them.
    Guest,
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

    /// The session that this request belongs to.
    #[graphql(complexity = "10 + child_complexity")]
    async fn session(&self, context: &Context<'_>) -> async_graphql::Result<Session> {
        let all = self.all_sessions(context).await?;
        let present = all.into_iter().find(|session| session.session.id == self.0.session_id);
        Ok(present.ok_or(ApiError::Unauthenticated)?)
    }

    /// All sessions of this person, last used first.
    #[graphql(complexity = "50 * child_complexity")]
    async fn sessions(&self, context: &Context<'_>) -> async_graphql::Result<Vec<Session>> {
        Ok(self.all_sessions(context).await?)
    }
}

impl Viewer {
    async fn all_sessions(&self, context: &Context<'_>) -> Result<Vec<Session>, ApiError> {
        let sessions = Cx::of(context)?.app.store.sessions(self.0.id).await?;
        Ok(sessions.into_iter().map(|session| Session { session, present: self.0.session_id }).collect())
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
        match self.0.role {
            user::UserRole::Admin => UserRole::Admin,
            user::UserRole::User => UserRole::User,
            user::UserRole::Guest => UserRole::Guest,
        }
    }

    /// When the account was made.
    async fn created_at(&self) -> Moment {
        Moment(self.0.created_at)
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

    /// When it ends unless used.
    async fn expires_at(&self) -> Moment {
        Moment(self.session.expires_at)
    }

    /// Whether this request belongs to it.
    async fn current(&self) -> bool {
        self.session.id == self.present
    }
}
