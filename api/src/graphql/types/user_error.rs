//! What a person can cause in a mutation, and do something about.

use async_graphql::{Enum, SimpleObject};

/// What went wrong, and with which field of the input.
#[derive(Debug, Clone, SimpleObject)]
pub struct UserError {
    /// For programs.
    pub code: UserErrorCode,
    /// The input's field, `password`; null where it is about the whole.
    pub field: Option<String>,
    /// What happened and what to do, in a sentence.
    pub message: String,
}

/// Kinds of errors that a person can cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum UserErrorCode {
    /// Something is missing.
    Required,
    /// Something is not of the right form.
    Invalid,
    /// Shorter than allowed.
    TooShort,
    /// Longer than allowed.
    TooLong,
    /// It does not exist, or may not be seen.
    NotFound,
    /// It is there, but for others to do.
    NotAllowed,
    /// E-mail address and password do not belong together.
    WrongPassword,
    /// The code of an authenticator app is needed, too.
    CodeRequired,
    /// The code is wrong, or has been used before.
    WrongCode,
    /// The passkey is not known, or proves nothing.
    WrongPasskey,
    /// It is not the PIN of the locked folder.
    WrongPin,
    /// The one-time address has been used, replaced, or never existed.
    WrongToken,
    /// Too many tries.
    RateLimited,
    /// The disk is full.
    NoSpace,
    /// The owner of the library may not store more.
    QuotaExceeded,
    /// There is an account with this e-mail address already.
    EmailTaken,
    /// Nobody would be left who runs the server.
    LastAdmin,
    /// The viewer could not do this themselves.
    NotGranted,
    /// The file is neither a picture nor a film.
    NotMedia,
}

impl UserError {
    /// An error about a field.
    pub fn of(field: &str, code: UserErrorCode, message: impl Into<String>) -> Self {
        Self { code, field: Some(field.to_owned()), message: message.into() }
    }
}
