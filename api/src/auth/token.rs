//! Opaque tokens: 256 random bits, of which only the hash is kept. Those of API keys begin with a word, so that they are
//! told from sessions, and found where somebody has published one by mistake.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// How tokens of API keys begin.
const KEY: &str = "tessera_key_";

/// A new token of an API key and the hash to keep.
pub fn new_key() -> (String, [u8; 32]) {
    let token = KEY.to_owned() + &new().0;
    let hash = hash(&token);
    (token, hash)
}

/// Whether a token is of an API key.
pub fn is_key(token: &str) -> bool {
    token.starts_with(KEY)
}

/// A new token and the hash to keep.
pub fn new() -> (String, [u8; 32]) {
    let token = URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>());
    let hash = hash(&token);
    (token, hash)
}

/// What is kept of a token. A fast hash is right here: there is nothing to guess in 256 random bits.
pub fn hash(token: &str) -> [u8; 32] {
    *blake3::hash(token.as_bytes()).as_bytes()
}
