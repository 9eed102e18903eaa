//! Codes of authenticator apps (RFC 6238), and recovery codes for who has lost theirs.

use anyhow::anyhow;
use totp_rs::{Builder, Secret, Totp};

use super::token;

/// Recovery codes that a person gets.
const RECOVERY_CODES: usize = 10;
/// Letters that are not mistaken for others.
const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz234567890";
/// Letters of a recovery code, and of each of its groups: 80 random bits.
const RECOVERY_LETTERS: usize = 16;
const GROUP: usize = 4;

/// A secret of 160 random bits, as the standard asks for.
pub fn new_secret() -> [u8; 20] {
    rand::random()
}

/// What an app is given: the secret to be typed, and an address to be read as a picture.
pub fn shown(secret: &[u8; 20], email: &str) -> anyhow::Result<(String, String)> {
    // The standard keeps the colon for itself.
    let totp = totp(secret, &email.replace(':', " "))?;
    let url = totp.to_url().map_err(|error| anyhow!("an authenticator can't be described: {error}"))?;
    Ok((totp.secret().to_base32(), url))
}

/// The step of thirty seconds that a code is of, if it is one of now, or of the step before or after.
pub fn step(secret: &[u8; 20], code: &str, now: i64) -> anyhow::Result<Option<i64>> {
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let now = u64::try_from(now)?;
    let step = totp(secret, "anybody")?.check(&digits, now);
    Ok(step.map(i64::try_from).transpose()?)
}

/// Whether what somebody typed is meant as a code of an app, not as one for recovery.
pub fn looks_like_code(given: &str) -> bool {
    let mut letters = given.chars().filter(|c| !c.is_whitespace());
    letters.clone().count() == 6 && letters.all(|c| c.is_ascii_digit())
}

/// Recovery codes with what is kept of them.
pub fn new_recovery_codes() -> (Vec<String>, Vec<[u8; 32]>) {
    let code = || {
        let letters: [u8; RECOVERY_LETTERS] = rand::random();
        let letters: Vec<u8> = letters.iter().map(|random| LETTERS[usize::from(random % 32)]).collect();
        let groups: Vec<_> = letters.chunks(GROUP).map(String::from_utf8_lossy).collect();
        groups.join("-")
    };
    let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| code()).collect();
    let hashes = codes.iter().map(|code| recovery_hash(code)).collect();
    (codes, hashes)
}

/// What is kept of a recovery code, however it was typed. There is nothing to guess in 80 random bits.
pub fn recovery_hash(code: &str) -> [u8; 32] {
    let letters: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    token::hash(&letters.to_ascii_lowercase())
}

fn totp(secret: &[u8; 20], account: &str) -> anyhow::Result<Totp> {
    let builder = Builder::new()
        .with_secret(Secret::new_stack(*secret))
        .with_account_name(account)
        .with_issuer(Some("Tessera"));
    builder.build().map_err(|error| anyhow!("an authenticator can't be made: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The times and codes of RFC 6238, appendix B, of whose eight digits apps show the last six.
    #[test]
    fn codes_are_those_of_the_standard_and_of_their_step_alone() {
        let secret = b"12345678901234567890";
        for (now, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
        ] {
            let of = |now| step(secret, code, now).unwrap();
            assert_eq!(of(now), Some(now / 30), "{now}");
            assert_eq!((of(now + 30), of(now - 30)), (Some(now / 30), Some(now / 30)), "{now}");
            assert_eq!((of(now + 90), of(now + 3_600)), (None, None), "{now}");
        }
        assert_eq!(step(secret, "28708", 59).unwrap(), None);
        assert_eq!(step(secret, " 287 082 ", 59).unwrap(), Some(1));
    }

    #[test]
    fn an_app_is_told_all_it_needs() {
        let (secret, url) = shown(b"12345678901234567890", "ann@example.org").unwrap();
        assert_eq!(secret, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert!(url.starts_with("otpauth://totp/Tessera:ann"), "{url}");
        assert!(url.contains(&format!("secret={secret}")) && url.contains("issuer=Tessera"), "{url}");
    }

    #[test]
    fn recovery_codes_are_known_however_they_are_typed_and_never_taken_for_the_others() {
        let (codes, hashes) = new_recovery_codes();
        assert_eq!((codes.len(), hashes.len()), (10, 10));
        for (code, hash) in codes.iter().zip(&hashes) {
            assert!(!looks_like_code(code), "{code}");
            assert_eq!(recovery_hash(&code.to_uppercase().replace('-', " ")), *hash);
        }
        assert!(looks_like_code("123 456") && !looks_like_code("1234567"));
    }
}
