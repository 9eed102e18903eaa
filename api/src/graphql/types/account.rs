//! Accounts and invitations, as those who run the server see them.

use async_graphql::{Context, ID, Object, SimpleObject};
use domain::user;

use super::device::DeviceNumbers;
use super::user::{Storage, User, UserRole};
use crate::graphql::context::Cx;
use crate::graphql::loaders::{DevicesOf, OwnedBy};
use crate::graphql::page::PageInfo;
use crate::graphql::scalars::{Long, Moment};

/// An account, as those who run the server see it.
#[derive(Clone)]
pub struct Account(pub user::Account);
/// A library that somebody owns, in name and numbers.
#[derive(SimpleObject)]
pub struct OwnedLibrary {
    /// Global id.
    pub id: ID,
    /// As its owner calls it.
    pub name: String,
    /// Bytes that are stored of it. Files in place do not count.
    pub bytes: Long,
    /// Nobody else owns it: it goes with its owner's account, unless it is transferred before.
    pub only_owner: bool,
}

/// An account, as those who run the server see it.
#[Object]
impl Account {
    /// Its person.
    pub async fn user(&self) -> User {
        User(self.0.user.clone())
    }

    /// Since when they may not sign in; null where they may.
    async fn disabled_at(&self) -> Option<Moment> {
        self.0.disabled_at.map(Moment)
    }

    /// When it will be gone for good; null where it is not being deleted.
    async fn delete_at(&self) -> Option<Moment> {
        self.0.delete_at.map(Moment)
    }

    /// The last request of any session, to the nearest few minutes; null where there is no session.
    async fn last_seen_at(&self) -> Option<Moment> {
        self.0.last_seen_at.map(Moment)
    }

    /// Whether a code of an authenticator app is asked for besides the password.
    async fn has_totp(&self) -> bool {
        self.0.has_totp
    }

    /// What is stored in the libraries that this person owns, and how much it may be.
    async fn storage(&self) -> Storage {
        self.0.storage.into()
    }

    /// The devices that back up to it, in numbers alone.
    async fn devices(&self, context: &Context<'_>) -> async_graphql::Result<DeviceNumbers> {
        let numbers = Cx::of(context)?.loader.load_one(DevicesOf(self.0.user.id)).await?;
        Ok(numbers.unwrap_or_default().into())
    }

    /// The libraries that this person owns, in names and numbers.
    #[graphql(complexity = "5 * child_complexity")]
    async fn libraries(&self, context: &Context<'_>) -> async_graphql::Result<Vec<OwnedLibrary>> {
        let owned = Cx::of(context)?.loader.load_one(OwnedBy(self.0.user.id)).await?.unwrap_or_default();
        Ok(owned
            .into_iter()
            .map(|library| OwnedLibrary {
                id: library.id.to_string().into(),
                name: library.name,
                bytes: Long(library.bytes),
                only_owner: library.only,
            })
            .collect())
    }
}

/// Accounts, a page at a time.
#[derive(SimpleObject)]
pub struct AccountConnection {
    /// Entries with their cursors.
    pub edges: Vec<AccountEdge>,
    /// The entries alone.
    pub nodes: Vec<Account>,
    /// Where the page begins and ends.
    pub page_info: PageInfo,
}

/// An account in a page.
#[derive(SimpleObject)]
pub struct AccountEdge {
    /// Where it stands.
    pub cursor: String,
    /// It.
    pub node: Account,
}

/// A link by which somebody makes an account of their own, once.
#[derive(SimpleObject)]
pub struct Invitation {
    /// Global id.
    pub id: ID,
    /// Whose account it will be; null where the invited person says it.
    pub email: Option<String>,
    /// What they may do on this server.
    pub role: UserRole,
    /// How many bytes they may store; null: there is no limit.
    pub quota_bytes: Option<Long>,
    /// When it was made.
    pub created_at: Moment,
    /// Until when it can be used.
    pub expires_at: Moment,
}

impl From<user::Invitation> for Invitation {
    fn from(invitation: user::Invitation) -> Self {
        Self {
            id: invitation.id.to_string().into(),
            email: invitation.email,
            role: invitation.role.into(),
            quota_bytes: invitation.quota_bytes.map(Long),
            created_at: Moment(invitation.created_at),
            expires_at: Moment(invitation.expires_at),
        }
    }
}

/// What an invitation says to whoever holds its link.
#[derive(SimpleObject)]
pub struct InvitationOffer {
    /// Whose account it will be; null where the invited person says it.
    pub email: Option<String>,
    /// What they may do on this server.
    pub role: UserRole,
    /// Until when it can be used.
    pub expires_at: Moment,
}
