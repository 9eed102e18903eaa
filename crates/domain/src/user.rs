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
