//! The key by which push services know this server: RFC 8292.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};

use crate::PostError;

/// Seconds for which a signature is good; services take a day at most.
const GOOD_S: u64 = 12 * 3600;

/// This server's key.
pub struct Key(EcdsaKeyPair);

impl Key {
    /// A new one, as it is kept.
    ///
    /// # Errors
    /// The machine has no randomness.
    pub fn generate() -> Result<Vec<u8>, PostError> {
        let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new());
        Ok(made.map_err(|_| PostError::Never("no key could be made".to_owned()))?.as_ref().to_vec())
    }

    /// As it was kept.
    ///
    /// # Errors
    /// It is no key.
    pub fn read(kept: &[u8]) -> Result<Self, PostError> {
        let read = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, kept, &SystemRandom::new());
        Ok(Self(
            read.map_err(|error| PostError::Never(format!("the key for pushes can't be read: {error}")))?,
        ))
    }

    /// What browsers are told of it: a point on P-256, uncompressed.
    pub fn public(&self) -> &[u8] {
        self.0.public_key().as_ref()
    }

    /// The header that proves who asks, for the service of an endpoint.
    pub(super) fn header(&self, endpoint: &str, contact: &str, now_s: u64) -> Result<String, PostError> {
        let host_ends = endpoint.match_indices('/').nth(2).map_or(endpoint.len(), |(at, _)| at);
        let audience = endpoint.get(..host_ends).unwrap_or(endpoint);
        let claims = serde_json::json!({ "aud": audience, "exp": now_s + GOOD_S, "sub": contact });
        let head = URL_SAFE_NO_PAD.encode(r#"{"typ":"JWT","alg":"ES256"}"#);
        let text = format!("{head}.{}", URL_SAFE_NO_PAD.encode(claims.to_string()));
        let signed = self.0.sign(&SystemRandom::new(), text.as_bytes());
        let signed = signed.map_err(|_| PostError::Never("it could not be signed".to_owned()))?;
        let (signed, public) =
            (URL_SAFE_NO_PAD.encode(signed.as_ref()), URL_SAFE_NO_PAD.encode(self.public()));
        Ok(format!("vapid t={text}.{signed}, k={public}"))
    }
}

#[cfg(test)]
mod tests {
    use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

    use super::*;

    #[test]
    fn a_service_can_check_who_asks_and_that_it_is_meant() {
        let key = Key::read(&Key::generate().unwrap()).unwrap();
        let header =
            key.header("https://push.example.org/send/abc", "mailto:ann@example.org", 1_000).unwrap();
        let (token, public) = header.strip_prefix("vapid t=").unwrap().split_once(", k=").unwrap();
        assert_eq!(URL_SAFE_NO_PAD.decode(public).unwrap(), key.public());
        let (text, signature) = token.rsplit_once('.').unwrap();
        let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
        let check = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, key.public());
        check.verify(text.as_bytes(), &signature).unwrap();
        let claims = URL_SAFE_NO_PAD.decode(text.split_once('.').unwrap().1).unwrap();
        let claims: serde_json::Value = serde_json::from_slice(&claims).unwrap();
        assert_eq!(claims["aud"], "https://push.example.org");
        assert_eq!(claims["exp"], 1_000 + GOOD_S);
    }
}
