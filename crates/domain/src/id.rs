//! Identifiers. Inside they are 64-bit numbers from Postgres sequences; outside they are
//! opaque global ids such as `asset_1234` (ADR 2), so that one lookup table serves every `node(id)`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A global id could not be read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("'{given}' is not the id of {expected}")]
pub struct IdError {
    /// What the caller sent.
    pub given: String,
    /// The kind that was expected, with its article: "an asset".
    pub expected: &'static str,
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal, $article:literal;)+) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
            #[serde(transparent)]
            pub struct $name(pub i64);

            impl $name {
                /// What stands before the underscore in the global id.
                pub const PREFIX: &'static str = $prefix;
            }

            impl fmt::Display for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    write!(f, concat!($prefix, "_{}"), self.0)
                }
            }

            impl From<i64> for $name {
                fn from(number: i64) -> Self {
                    Self(number)
                }
            }

            impl From<$name> for i64 {
                fn from(id: $name) -> Self {
                    id.0
                }
            }

            impl FromStr for $name {
                type Err = IdError;

                fn from_str(given: &str) -> Result<Self, IdError> {
                    given
                        .strip_prefix(concat!($prefix, "_"))
                        .filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))
                        .and_then(|digits| digits.parse().ok())
                        .map(Self)
                        .ok_or_else(|| IdError {
                            given: given.chars().take(64).collect(),
                            expected: concat!($article, " ", $prefix),
                        })
                }
            }
        )+
    };
}

ids! {
    /// A picture or film: one content in one library.
    AssetId = "asset", "an";
    /// A collection of assets with members.
    LibraryId = "library", "a";
    /// A person with an account.
    UserId = "user", "a";
    /// A signed-in browser or client.
    SessionId = "session", "a";
    /// A folder that a library imports from.
    FolderId = "folder", "a";
    /// One content that an asset has or had.
    VersionId = "version", "a";
    /// A place where bytes of a version lie.
    LocationId = "location", "a";
    /// A file on its way in.
    UploadId = "upload", "an";
    /// A change that a person made to what is told of assets.
    EditId = "edit", "an";
    /// What a person did to assets at once.
    ActId = "act", "an";
    /// A search that somebody keeps.
    SavedSearchId = "search", "a";
    /// What a program signs in with in somebody's name.
    ApiKeyId = "key", "a";
    /// A device that proves who somebody is.
    PasskeyId = "passkey", "a";
    /// A link by which somebody makes an account.
    InvitationId = "invitation", "an";
    /// Something that happened to an account.
    AuditEntryId = "entry", "an";
    /// Assets of whatever libraries, put together by people.
    AlbumId = "album", "an";
    /// What somebody has said of an album or of something in it.
    CommentId = "comment", "a";
    /// A device that backs up.
    DeviceId = "device", "a";
    /// What was taken out of an album at one time.
    RemovalId = "removal", "a";
    /// What somebody was told.
    NotificationId = "notification", "a";
    /// A public link.
    ShareLinkId = "link", "a";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn global_ids_read_back_and_refuse_other_kinds() {
        assert_eq!("asset_42".parse(), Ok(AssetId(42)));
        assert_eq!(AssetId(42).to_string(), "asset_42");
        for wrong in
            ["user_42", "asset_", "asset_-1", "asset_+1", "42", "asset_99999999999999999999", "asset_1 "]
        {
            assert!(wrong.parse::<AssetId>().is_err(), "{wrong}");
        }
    }
}
