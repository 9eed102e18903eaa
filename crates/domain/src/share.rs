//! Public links: whoever holds one sees an album, or some assets, without an account.

use chrono::{DateTime, Utc};

use crate::{AlbumId, LibraryId, ShareLinkId, UserId};

/// Most letters of a title.
pub const LONGEST_TITLE: usize = 100;
/// Most letters of a slug.
pub const LONGEST_SLUG: usize = 60;
/// Most assets of a link that is to no album.
pub const MOST_ASSETS: usize = 5_000;
/// Fewest and most characters of a link's password: tries at it are few, and it is told to many.
pub const PASSWORD_CHARS: std::ops::RangeInclusive<usize> = 6..=256;
/// Most links that a person has.
pub const MOST_LINKS: i64 = 1_000;

/// What whoever holds a link may do with what it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Grants {
    /// Look at it. Without it a link only collects.
    pub view: bool,
    /// Save it.
    pub download: bool,
    /// Add to it.
    pub upload: bool,
    /// Know what files and people say of it: names, dates, words, cameras.
    pub metadata: bool,
    /// Know where it was taken. Without it no byte tells.
    pub location: bool,
}

impl Default for Grants {
    fn default() -> Self {
        Self { view: true, download: true, upload: false, metadata: true, location: false }
    }
}

impl Grants {
    /// Why these make no sense together, if they don't.
    pub fn problem(self) -> Option<&'static str> {
        match self {
            Self { view: false, upload: false, .. } => {
                Some("a link that shows nothing and takes nothing is of no use")
            }
            Self { view: false, download: true, .. } => Some("what can't be seen can't be saved"),
            Self { metadata: false, location: true, .. } => {
                Some("where something was taken is told with what else is known of it, or not at all")
            }
            _ => None,
        }
    }

    /// Whether files go out as they came in: they say all that there is to say.
    pub fn originals(self) -> bool {
        self.view && self.download && self.metadata && self.location
    }
}

/// A public link, as who made it sees it. Its token is shown once and kept as a hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareLink {
    /// Identity.
    pub id: ShareLinkId,
    /// Who made it.
    pub user: UserId,
    /// What it shows; none for single assets.
    pub album: Option<AlbumId>,
    /// What it is called; empty for the name of its album.
    pub title: String,
    /// What stands before the token in its address, to be read; empty for nothing.
    pub slug: String,
    /// Whether it asks for a password.
    pub locked: bool,
    /// What it lets people do.
    pub grants: Grants,
    /// Where uploads go.
    pub library: Option<LibraryId>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it ends, if it does by itself.
    pub expires_at: Option<DateTime<Utc>>,
    /// How often it was opened.
    pub visits: i64,
    /// When it was last.
    pub visited_at: Option<DateTime<Utc>>,
}

/// What can stand in an address of what a person has written: small letters of the alphabet, digits and single hyphens.
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for letter in text.chars().flat_map(char::to_lowercase) {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(LONGEST_SLUG);
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_hold_nothing_that_an_address_has_a_meaning_for() {
        for (given, kept) in [
            ("Summer in Lisbon", "summer-in-lisbon"),
            ("  --a//b?c#d ", "a-b-c-d"),
            ("<script>", "script"),
            ("café 2024", "caf-2024"),
            ("東京", ""),
            ("", ""),
        ] {
            assert_eq!(slug(given), kept, "{given}");
        }
        assert_eq!(slug(&"ab ".repeat(40)).len(), 59, "cut, and no hyphen at the end");
    }

    /// All 32, against the sentences of the table in ADR 22.
    #[test]
    fn grants_that_contradict_each_other_are_refused() {
        let mut fine = 0;
        for bits in 0..32_u8 {
            let bit = |place: u8| bits & 1 << place != 0;
            let grants =
                Grants { view: bit(0), download: bit(1), upload: bit(2), metadata: bit(3), location: bit(4) };
            let wrong = (!bit(0) && !bit(2)) || (bit(1) && !bit(0)) || (bit(4) && !bit(3));
            assert_eq!(grants.problem().is_some(), wrong, "{grants:?}");
            fine += u8::from(!wrong);
        }
        assert_eq!(fine, 15);
        assert!(!Grants::default().originals());
        assert!(Grants { location: true, ..Grants::default() }.originals());
    }
}
