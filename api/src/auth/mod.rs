//! Who is asking: passwords, tokens, cookies, and how often somebody may try.

pub mod cookie;
pub mod csrf;
pub mod limit;
pub mod link;
pub mod passkey;
pub mod password;
pub mod renew;
pub mod token;
pub mod totp;
pub mod viewer;

pub use viewer::Auth;
