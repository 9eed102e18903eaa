//! An asset's bytes, wherever they lie.

use files::{FilesError, Folder, Opened};
use store::{Location, Source};

use crate::cx::Cx;
use crate::outcome::Outcome;

/// Opens the first location that is there and is still what was hashed.
pub async fn open(cx: &Cx, source: &Source) -> Result<Opened, Outcome> {
    let mut reason = "its file is in none of its folders: it is waited for".to_owned();
    for location in &source.locations {
        match open_one(cx, source, location).await {
            Ok(opened) => return Ok(opened),
            Err(why) => reason = why,
        }
    }
    Err(Outcome::away(reason))
}

async fn open_one(cx: &Cx, source: &Source, location: &Location) -> Result<Opened, String> {
    let words = |error: FilesError| error.to_string();
    match location {
        Location::Stored => {
            let opened = cx.files.blobs().open(&source.hash.blake3).await.map_err(words)?;
            opened.ok_or_else(|| {
                "its original is missing from the data folder: restore it from a backup".to_owned()
            })
        }
        Location::InFolder { folder, path, size, mtime_ns } => {
            let opened = Folder::new(folder).open(path).await.map_err(words)?;
            let same = opened.is_still(*size, *mtime_ns);
            if same { Ok(opened) } else { Err("its file has changed: the next scan takes it in".to_owned()) }
        }
    }
}
