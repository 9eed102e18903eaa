//! Public links: their tokens, and the cookie that stands for one that was opened.
//!
//! A token begins with its handle, which is no secret: the addresses below which a link is used are told by it, so that each
//! link's cookie is sent there and nowhere else, and what opens one opens no other.

use axum::http::{HeaderMap, HeaderValue};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::access::Viewer;
use store::{NewToken, Opened};

use super::{cookie, token};
use crate::app::App;
use crate::error::ApiError;

/// Below this lies what links show, each under its handle.
pub const BELOW: &str = "/shared/";
/// The name of the cookie.
const NAME: &str = "tessera_link";
/// Letters of a token, and of the handle at its beginning: 48 bits to find it by, and 192 to be guessed.
const TOKEN: usize = 40;
const HANDLE: usize = 8;
/// What the proof in a cookie is for (BLAKE3's derivation of keys asks for such a line).
const PURPOSE: &str = "Tessera 2026-11-30 public link opened";

/// A new token, and what to keep of it.
pub fn new() -> (String, NewToken) {
    let given = URL_SAFE_NO_PAD.encode(rand::random::<[u8; 30]>());
    let handle = handle(&given).unwrap_or_default().to_owned();
    let hash = token::hash(&given);
    (given, NewToken { handle, hash })
}

/// The handle of a token, if it has the form of one.
pub fn handle(given: &str) -> Option<&str> {
    let letters = |c: u8| c.is_ascii_alphanumeric() || b"-_".contains(&c);
    (given.len() == TOKEN && given.bytes().all(letters)).then(|| &given[..HANDLE])
}

/// The handle in the path of something that is asked for by a link.
pub fn handle_of(path: &str) -> Option<&str> {
    path.strip_prefix(BELOW)?.split('/').next()
}

/// The header that hands a browser its cookie for a link, until it is closed.
pub fn cookie(given: &str, opened: &Opened, secure: bool) -> Option<HeaderValue> {
    let path = format!("{BELOW}{}", handle(given)?);
    let proof = proof(given, opened);
    let attributes = cookie::attributes(secure);
    HeaderValue::from_str(&format!("{NAME}={given}.{}; Path={path}; {attributes}", proof.to_hex())).ok()
}

/// Who asks below a handle. Known cookies are believed for a second.
pub async fn viewer_of(app: &App, handle: &str, headers: &HeaderMap) -> Result<Viewer, ApiError> {
    let Some(value) = cookie::named(headers, NAME) else { return Ok(Viewer::Nobody) };
    if self::handle(value.get(..TOKEN).unwrap_or_default()) != Some(handle) {
        return Ok(Viewer::Nobody);
    }
    let hash = token::hash(value);
    if let Some(viewer) = app.cache.viewers.get(&hash) {
        return Ok(viewer);
    }
    let viewer = read(app, value).await?;
    app.cache.viewers.insert(hash, viewer.clone());
    Ok(viewer)
}

/// A cookie holds as long as the link and its password are those for which it was given.
async fn read(app: &App, value: &str) -> Result<Viewer, ApiError> {
    let Some((given, shown)) = value.split_once('.') else { return Ok(Viewer::Nobody) };
    let Some(opened) = app.store.open_link(&token::hash(given)).await? else { return Ok(Viewer::Nobody) };
    // Compared in the same time, however much of it is right.
    let right = blake3::Hash::from_hex(shown).is_ok_and(|shown| shown == proof(given, &opened));
    Ok(if right { Viewer::Link(opened.viewer) } else { Viewer::Nobody })
}

/// What shows that the password was said: nobody can make it who has the token, but not what is kept of the password.
fn proof(given: &str, opened: &Opened) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new_derive_key(PURPOSE);
    hasher.update(given.as_bytes());
    hasher.update(opened.password_hash.as_deref().unwrap_or_default().as_bytes());
    hasher.finalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_begins_with_its_handle_and_nothing_else_is_one() {
        let (given, kept) = new();
        assert_eq!((given.len(), handle(&given)), (TOKEN, Some(kept.handle.as_str())));
        assert_eq!(kept.hash, token::hash(&given));
        assert_ne!(new().0, given);
        for other in ["", "short", &given[1..], &format!("{given}x"), &given.replace(&given[..1], "/")] {
            assert_eq!(handle(other), None, "{other}");
        }
        assert_eq!(handle_of("/shared/abcdefgh/media/asset_1/preview"), Some("abcdefgh"));
        assert_eq!(handle_of("/share/abcdefgh"), None);
        assert_eq!(handle_of("/graphql"), None);
    }
}
