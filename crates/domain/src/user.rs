//! People with accounts.

use chrono::{DateTime, Utc};

use crate::access::Scopes;
use crate::{ApiKeyId, InvitationId, LibraryId, PasskeyId, SessionId, UserId};

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
    /// From where the last request came.
    pub address: Option<String>,
}

/// What a program signs in with in somebody's name. Its token is shown once and kept as a hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// Identity.
    pub id: ApiKeyId,
    /// What its person calls it.
    pub name: String,
    /// What it may do at most.
    pub scopes: Scopes,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it ends, if it does.
    pub expires_at: Option<DateTime<Utc>>,
    /// The last request, to the nearest minute.
    pub last_used_at: Option<DateTime<Utc>>,
    /// From where that came.
    pub address: Option<String>,
}

/// A device or password manager that proves by its own lock who somebody is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    /// Identity.
    pub id: PasskeyId,
    /// What its person calls it.
    pub name: String,
    /// When it was added.
    pub created_at: DateTime<Utc>,
    /// When somebody last signed in by it.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// An account as those who run the server see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Whose.
    pub user: User,
    /// Since when they may not sign in.
    pub disabled_at: Option<DateTime<Utc>>,
    /// They are being deleted: when it can't be undone any more.
    pub delete_at: Option<DateTime<Utc>>,
    /// The last request of any session.
    pub last_seen_at: Option<DateTime<Utc>>,
    /// Codes are asked for besides the password.
    pub has_totp: bool,
    /// What they store.
    pub storage: Storage,
}

/// What is stored in the libraries that a person owns. Files in place do not count, and what a library stores counts with
/// each of its owners.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Storage {
    /// Bytes of originals.
    pub stored: i64,
    /// Bytes of uploads on their way.
    pub reserved: i64,
    /// How much it may be in all.
    pub quota: Option<i64>,
}

impl Storage {
    /// Whether there is room for so many bytes more.
    pub fn has_room(&self, bytes: i64) -> bool {
        let wanted = self.stored.saturating_add(self.reserved).saturating_add(bytes);
        self.quota.is_none_or(|quota| wanted <= quota)
    }
}

/// A library that somebody owns, as those who run the server see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnedLibrary {
    /// Identity.
    pub id: LibraryId,
    /// Its owner.
    pub owner: UserId,
    /// As its owner calls it.
    pub name: String,
    /// Bytes that are stored of it.
    pub bytes: i64,
    /// Nobody else owns it: it goes with its owner.
    pub only: bool,
}

/// A link by which somebody makes an account of their own, once. Its token is shown once and kept as a hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Identity.
    pub id: InvitationId,
    /// Whose account it will be, where that was said.
    pub email: Option<String>,
    /// What they may do on this server.
    pub role: UserRole,
    /// How much they may store.
    pub quota_bytes: Option<i64>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Until when it can be used.
    pub expires_at: DateTime<Utc>,
}

/// Fewest characters of a password (NIST SP 800-63B asks for at least 8; length beats rules).
pub const PASSWORD_MIN_CHARS: usize = 10;
/// Most characters of a password; more only feeds the hash.
pub const PASSWORD_MAX_CHARS: usize = 256;

/// Fewest digits of the PIN that opens a locked folder.
pub const PIN_MIN_DIGITS: usize = 6;
/// Most digits of it.
pub const PIN_MAX_DIGITS: usize = 12;
/// Minutes for which a locked folder is opened.
pub const LOCKED_OPEN_MINUTES: i32 = 15;
/// Minutes for which it stays open at least when it is used.
pub const LOCKED_KEPT_OPEN_MINUTES: i32 = 5;

/// What is wrong with a PIN, if anything.
pub fn pin_problem(pin: &str) -> Option<String> {
    let digits =
        (PIN_MIN_DIGITS..=PIN_MAX_DIGITS).contains(&pin.len()) && pin.bytes().all(|b| b.is_ascii_digit());
    if !digits {
        return Some(format!("a PIN has {PIN_MIN_DIGITS} to {PIN_MAX_DIGITS} digits, and nothing else"));
    }
    let steps: Vec<i32> =
        pin.as_bytes().windows(2).map(|two| i32::from(two[1]) - i32::from(two[0])).collect();
    let guessed = [0, 1, -1].iter().any(|by| steps.iter().all(|step| step == by));
    guessed.then(|| "this PIN is one of the first that anybody would try".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quota_is_met_exactly_and_none_is_no_limit() {
        let storage = |quota| Storage { stored: 70, reserved: 20, quota };
        for (quota, bytes, fits) in [
            (Some(100), 10, true),
            (Some(100), 11, false),
            (Some(0), 0, false),
            (None, i64::MAX, true),
            (Some(100), i64::MAX, false),
        ] {
            assert_eq!(storage(quota).has_room(bytes), fits, "{quota:?} {bytes}");
        }
    }

    #[test]
    fn a_pin_has_digits_that_nobody_tries_first() {
        for good in ["271828", "314159265358", "112233"] {
            assert_eq!(pin_problem(good), None, "{good}");
        }
        for bad in ["", "12345", "27182a", "３１４１５９", "1234567890123", "000000", "123456", "987654"]
        {
            assert!(pin_problem(bad).is_some(), "{bad}");
        }
    }
}
