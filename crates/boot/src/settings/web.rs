//! Addresses of other servers, from which pages may load something.

use std::ffi::OsStr;

use url::Url;

use super::Origin;
use super::value::{Value, text};

/// The address of a MapLibre style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StyleUrl(Url);

impl StyleUrl {
    /// As text, `https://tiles.example.org/style.json`.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Its server, `https://tiles.example.org`.
    pub fn origin(&self) -> String {
        self.0.origin().ascii_serialization()
    }
}

impl Value for StyleUrl {
    const KIND: &'static str = "web address of a style";

    fn read(given: &OsStr) -> Result<Self, String> {
        let text = text(given)?;
        let fits = |url: &Url| {
            matches!(url.scheme(), "http" | "https") && (url.username(), url.password()) == ("", None)
        };
        match Url::parse(text) {
            Ok(url) if fits(&url) => Ok(Self(url)),
            _ => Err(format!(
                "'{text}' must be the web address of a style, without a name and password; write it like \
                 https://tiles.example.org/style.json"
            )),
        }
    }

    fn show(&self) -> String {
        self.0.to_string()
    }
}

/// Whom letters are from: an e-mail address, with a name or without.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailAddress(String);

impl MailAddress {
    /// As text, `Photos <photos@example.org>`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Value for MailAddress {
    const KIND: &'static str = "e-mail address, with a name or without";

    fn read(given: &OsStr) -> Result<Self, String> {
        let text = text(given)?.trim();
        let address = text.rsplit_once('<').map_or(Some(text), |(_, rest)| rest.strip_suffix('>'));
        let parts = address.and_then(|address| address.split_once('@'));
        let fits = |part: &str| !part.is_empty() && !part.contains(['@', '<', '>', ' ']);
        if parts.is_some_and(|(user, host)| fits(user) && fits(host)) && !text.contains(char::is_control) {
            return Ok(Self(text.to_owned()));
        }
        Err(format!("'{text}' must be an e-mail address; write it like Photos <photos@example.org>"))
    }

    fn show(&self) -> String {
        self.0.clone()
    }
}

/// Servers, by scheme, host and port.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origins(Vec<Origin>);

impl Origins {
    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Origin> {
        self.0.iter()
    }
}

impl Value for Origins {
    const KIND: &'static str = "web addresses without a path";
    const LIST: bool = true;

    fn read(given: &OsStr) -> Result<Self, String> {
        let words = text(given)?.split(',').map(str::trim).filter(|word| !word.is_empty());
        words.map(|word| Origin::read(OsStr::new(word))).collect::<Result<_, _>>().map(Self)
    }

    fn show(&self) -> String {
        if self.0.is_empty() {
            return "(none)".to_owned();
        }
        self.0.iter().map(Origin::as_str).collect::<Vec<_>>().join(", ")
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }
}
