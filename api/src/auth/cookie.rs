//! The session cookie: HttpOnly, SameSite=Lax, Secure wherever the address is https.

use axum::http::{HeaderMap, HeaderValue, header};

/// Its name.
pub const NAME: &str = "tessera_session";

/// The token in a request's cookies.
pub fn read(headers: &HeaderMap) -> Option<&str> {
    named(headers, NAME)
}

/// The value of the first cookie of this name in a request.
pub fn named<'a>(headers: &'a HeaderMap, wanted: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(name, value)| (name == wanted).then_some(value))
}

/// The header that hands a browser its token for `days` days.
pub fn set(token: &str, days: u32, secure: bool) -> Option<HeaderValue> {
    let seconds = u64::from(days) * 86_400;
    HeaderValue::from_str(&format!("{NAME}={token}; Path=/; Max-Age={seconds}; {}", attributes(secure))).ok()
}

/// The header that takes it back.
pub fn clear(secure: bool) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("{NAME}=; Path=/; Max-Age=0; {}", attributes(secure))).ok()
}

/// Whether a cookie ends a session.
pub fn clears(cookie: &HeaderValue) -> bool {
    cookie.to_str().is_ok_and(|text| text.contains("Max-Age=0;"))
}

/// What keeps a cookie from scripts, from other sites, and from being sent in clear.
pub fn attributes(secure: bool) -> &'static str {
    if secure { "HttpOnly; SameSite=Lax; Secure" } else { "HttpOnly; SameSite=Lax" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_is_found_among_other_cookies() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("a=b; xtessera_session=no"));
        headers.append(header::COOKIE, HeaderValue::from_static("theme=dark; tessera_session=abc-_1"));
        assert_eq!(read(&headers), Some("abc-_1"));
        assert_eq!(read(&HeaderMap::new()), None);
    }
}
