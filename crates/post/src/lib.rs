//! What leaves the house: letters by SMTP, and pushes to browsers. It sends what it is given, once, and says whether trying again may help.
//! It keeps nothing and decides nothing: what is sent to whom, and when again, stands in the outbox (ADR 27).

mod letter;
mod mailer;
mod push;

pub use letter::Letter;
pub use mailer::Mailer;
pub use push::{Browser, Key, Push, Pusher};

/// Something was not sent.
#[derive(Debug, thiserror::Error)]
pub enum PostError {
    /// Another time it may be.
    #[error("{0}; it is tried again")]
    Later(String),
    /// It never will be, as it is.
    #[error("{0}")]
    Never(String),
    /// Who it is for wants no more.
    #[error("it is not wanted any more")]
    Gone,
}
