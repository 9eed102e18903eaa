//! An asset's bytes, wherever they lie.

use files::{FilesError, Folder, Opened};
use store::{Claim, Location, Source};

use crate::cx::Cx;
use crate::outcome::{self, Outcome};

/// Why there are no bytes at a place.
enum Missing {
    /// The next scan, or a disk that is mounted, finds out more.
    Away(String),
    /// They should be there.
    Unread(String),
}

/// Opens the first location that is there and is still what was hashed.
pub async fn open(cx: &Cx, claim: &Claim, source: &Source) -> Result<Opened, Outcome> {
    tracing::Span::current().record("file.name", source.name.as_str());
    let mut away = "its file is in none of its folders: it is waited for".to_owned();
    let mut unread = None;
    for location in &source.locations {
        match open_one(cx, source, location).await {
            Ok(opened) => return Ok(opened),
            Err(Missing::Away(why)) => away = why,
            Err(Missing::Unread(why)) => unread = Some(why),
        }
    }
    Err(match unread {
        Some(why) => Outcome::unread(why, claim),
        None => Outcome::away(away),
    })
}

async fn open_one(cx: &Cx, source: &Source, location: &Location) -> Result<Opened, Missing> {
    match location {
        Location::Stored => {
            let opened = cx.files.blobs().open(&source.hash.blake3).await.map_err(why)?;
            opened.ok_or_else(|| {
                let lost = "its original is missing from the data folder: restore it from a backup";
                Missing::Unread(lost.to_owned())
            })
        }
        Location::InFolder { folder, path, size, mtime_ns } => {
            let opened = Folder::new(folder).open(path).await.map_err(why)?;
            if opened.is_still(*size, *mtime_ns) {
                return Ok(opened);
            }
            Err(Missing::Away("its file has changed: the next scan takes it in".to_owned()))
        }
    }
}

fn why(error: FilesError) -> Missing {
    match error {
        FilesError::Io { source, .. } => Missing::Unread(outcome::by_the_disk(&source.to_string())),
        FilesError::Forbidden { .. } => Missing::Unread(error.to_string()),
        error => Missing::Away(error.to_string()),
    }
}
