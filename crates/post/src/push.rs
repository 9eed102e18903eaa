//! Pushes to browsers: encrypted for one browser alone (RFC 8291), signed as this server's (RFC 8292), handed to the push service
//! that the browser has named. The service learns when something comes and how long it is, and nothing of what it says.

mod sealed;
mod sent;
mod signed;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::Serialize;

pub use signed::Key;

use crate::PostError;

/// How long a service may take to answer.
const PATIENCE: Duration = Duration::from_secs(15);
/// Seconds for which a service keeps what it can't deliver yet.
const KEPT_S: u32 = 86_400;

/// A browser that wants to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Browser<'a> {
    /// Where its push service takes what is for it.
    pub endpoint: &'a str,
    /// Its key on P-256, uncompressed.
    pub public_key: &'a [u8],
    /// What it shares with us.
    pub secret: &'a [u8],
}

/// What it shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Push {
    /// One sentence.
    pub title: String,
    /// What else there is to say.
    pub body: Option<String>,
    /// The page that it opens.
    pub path: String,
    /// What takes the place of what: of one tag, one is shown.
    pub tag: String,
}

/// A way to push services.
pub struct Pusher {
    way: sent::Way,
    key: Key,
    /// Whom a service may turn to, as an address.
    contact: String,
}

impl Pusher {
    /// In the name of this server's key.
    ///
    /// # Errors
    /// There is no way out.
    pub fn new(key: Key, contact: String) -> Result<Self, PostError> {
        Ok(Self { way: sent::Way::new()?, key, contact })
    }

    /// Sends one; once it answers, the service has it.
    ///
    /// # Errors
    /// It was not sent, and may be later or never; or the browser wants no more.
    pub async fn send(&self, to: &Browser<'_>, push: &Push) -> Result<(), PostError> {
        let text = serde_json::to_vec(push).map_err(|error| PostError::Never(error.to_string()))?;
        let sealed = sealed::seal(to, &text)?;
        let now_s = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        let headers = format!(
            "Authorization: {}\r\nContent-Encoding: aes128gcm\r\nContent-Type: application/octet-stream\r\nTTL: {KEPT_S}\r\n",
            self.key.header(to.endpoint, &self.contact, now_s)?
        );
        let answer = tokio::time::timeout(PATIENCE, self.way.post(to.endpoint, &headers, &sealed)).await;
        // Its address names the browser, and is not told.
        let status = match answer {
            Ok(Ok(status)) => status,
            Ok(Err(error)) => {
                return Err(PostError::Later(format!("the push service was not reached: {error}")));
            }
            Err(_) => return Err(PostError::Later("the push service did not answer".to_owned())),
        };
        match status {
            200..=299 => Ok(()),
            404 | 410 => Err(PostError::Gone),
            429 | 500..=599 => Err(PostError::Later(format!("the push service answered {status}"))),
            _ => Err(PostError::Never(format!("the push service refused it: {status}"))),
        }
    }
}
