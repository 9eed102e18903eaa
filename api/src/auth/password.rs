//! Passwords are kept as argon2id (OWASP's first choice: 19 MiB, 2 passes, 1 lane), and hashed off the async threads.

use std::sync::LazyLock;

use anyhow::{Context, anyhow};
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use domain::user::{PASSWORD_MAX_CHARS, PASSWORD_MIN_CHARS};
use tokio::sync::Semaphore;

/// At most two at once: each takes 19 MiB and a core.
static TURNS: Semaphore = Semaphore::const_new(2);

/// What to verify against when there is no such account, so that both take the same time.
static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| hash_now("nobody has this password").ok());

/// Hashes a password.
pub async fn hash(password: &str) -> anyhow::Result<String> {
    let password = password.to_owned();
    in_turn(move || hash_now(&password)).await?
}

/// Whether the password is the hashed one. Without a hash it takes as long and says no.
pub async fn verify(password: &str, hash: Option<String>) -> anyhow::Result<bool> {
    let password = password.to_owned();
    in_turn(move || {
        let known = hash.is_some();
        let hash = hash.or_else(|| NOBODY.clone()).context("no hash to compare with")?;
        let hash =
            PasswordHash::new(&hash).map_err(|error| anyhow!("a stored password hash is broken: {error}"))?;
        Ok(Argon2::default().verify_password(password.as_bytes(), &hash).is_ok() && known)
    })
    .await?
}

/// What is wrong with a new password, if anything.
pub fn problem(password: &str) -> Option<String> {
    let length = password.chars().count();
    if length < PASSWORD_MIN_CHARS {
        return Some(format!(
            "a password has at least {PASSWORD_MIN_CHARS} characters; a few words are best"
        ));
    }
    (length > PASSWORD_MAX_CHARS).then(|| format!("a password has at most {PASSWORD_MAX_CHARS} characters"))
}

fn hash_now(password: &str) -> anyhow::Result<String> {
    let hash = Argon2::default().hash_password(password.as_bytes());
    Ok(hash.map_err(|error| anyhow!("can't hash a password: {error}"))?.to_string())
}

async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> anyhow::Result<T> {
    let _turn = TURNS.acquire().await?;
    Ok(tokio::task::spawn_blocking(work).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_known_again_and_an_unknown_account_never() {
        let stored = hash("correct horse battery").await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(verify("correct horse battery", Some(stored.clone())).await.unwrap());
        assert!(!verify("correct horse batterx", Some(stored)).await.unwrap());
        assert!(!verify("nobody has this password", None).await.unwrap());
    }

    #[test]
    fn lengths_count_characters_not_bytes() {
        assert!(problem("ÄÖÜäöüßÄÖ").is_some());
        assert!(problem("ÄÖÜäöüßÄÖÜ").is_none());
        assert!(problem(&"x".repeat(257)).is_some());
    }
}
