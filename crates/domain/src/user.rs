//! People with accounts.

use chrono::{DateTime, Utc};

use crate::{SessionId, UserId};

/// What a person may do on this server as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UserRole {
    /// Runs the server; sees names and reasons of failed files, never other people's pictures.
    Admin,
    /// Has libraries of their own.
    User,
    /// Sees what is shared with them.
    Guest,
}
crate::texts!(UserRole { Admin = "admin", User = "user", Guest = "guest" });

/// A person with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Identity.
    pub id: UserId,
    /// As the person writes it.
    pub name: String,
    /// Unique, compared without regard to case.
    pub email: String,
    /// On this server.
    pub role: UserRole,
    /// When the account was made.
    pub created_at: DateTime<Utc>,
}

/// A signed-in browser or client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Identity.
    pub id: SessionId,
    /// Whose it is.
    pub user_id: UserId,
    /// What the client calls itself.
    pub client: Option<String>,
    /// When it signed in.
    pub created_at: DateTime<Utc>,
    /// The last request, to the nearest few minutes.
    pub last_seen_at: DateTime<Utc>,
    /// When it ends unless used.
    pub expires_at: DateTime<Utc>,
}

/// Fewest characters of a password (NIST SP 800-63B asks for at least 8; length beats rules).
pub const PASSWORD_MIN_CHARS: usize = 10;
/// Most characters of a password; more only feeds the hash.
pub const PASSWORD_MAX_CHARS: usize = 256;
