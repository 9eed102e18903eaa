//! Files that people send: the same door for tus and for GraphQL.

use chrono::{DateTime, Utc};
use domain::access::{Credential, Permission, UserViewer};
use domain::asset::ContentHash;
use domain::job::{Job, Priority};
use domain::metadata::Format;
use domain::share::ShareLink;
use domain::upload::unhex;
use domain::{LibraryId, UploadId, UserId, pipeline, sniff};
use files::{Received, Stored};
use store::{Inserted, NewAsset, NewLocation, NewUpload, Reserved};

use super::libraries::ring_feed;
use super::notices;
use crate::app::App;
use crate::auth::Auth;
use crate::error::ApiError;

/// Most hashes of one question.
const MOST_HASHES: usize = 10_000;

/// What is known of a file besides its bytes.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// Where it is to go.
    pub library: LibraryId,
    /// File name.
    pub name: String,
    /// The file's own time, if the client knows it.
    pub modified_at: Option<DateTime<Utc>>,
}

/// Whether the viewer may add to a library; otherwise it does not exist.
pub async fn may_add(app: &App, auth: &Auth, library: LibraryId) -> Result<(), ApiError> {
    auth.user()?;
    let may = app.store.allowed_libraries(&auth.viewer, Permission::LibraryUpload).await?;
    if may.contains_key(&library) { Ok(()) } else { Err(ApiError::NotFound) }
}

/// Who answers for what is sent: whoever sends it or, of what comes by a public link, whoever made that.
#[derive(Debug, Clone)]
pub struct Giver {
    /// Who.
    pub user: UserId,
    /// By what they are known, which may be a device of theirs; none of what comes by a link.
    pub by: Option<Credential>,
    /// By which link, and so into which library.
    pub link: Option<ShareLink>,
}

impl Giver {
    fn signed_in(user: &UserViewer) -> Self {
        Self { user: user.id, by: Some(user.by.clone()), link: None }
    }
}

/// Who answers for what this viewer sends now; nobody may send by a link that takes nothing, or whose maker may not either.
pub async fn giver(app: &App, auth: &Auth) -> Result<Giver, ApiError> {
    let Some(link) = auth.link() else { return Ok(Giver::signed_in(auth.user()?)) };
    let found = app.store.collecting_link(link.id).await?;
    let Some((link, maker)) = found else { return Err(ApiError::NotFound) };
    let may = app.store.allowed_libraries(&maker, Permission::LibraryUpload).await?;
    match link.library {
        Some(library) if may.contains_key(&library) => {
            Ok(Giver { user: link.user, by: None, link: Some(link) })
        }
        _ => Err(ApiError::NotFound),
    }
}

/// Stores a small file that comes in one piece.
pub async fn store_small(
    app: &App,
    auth: &Auth,
    incoming: &Incoming,
    file: &Received,
) -> Result<Inserted, ApiError> {
    may_add(app, auth, incoming.library).await?;
    let head = file.head(sniff::HEAD).await?;
    if sniff::sniff(&head) == Format::Unknown {
        return Err(ApiError::NotMedia(if head.is_empty() { "the file is empty" } else { sniff::NO_MEDIA }));
    }
    let reserved = reserve(app, auth, incoming, file.size()).await?;
    let kept = keep(app, auth, reserved, incoming, file).await;
    app.store.remove_upload(reserved).await?;
    kept
}

/// Room for a file that is here already, for as long as it takes to store it.
async fn reserve(app: &App, auth: &Auth, incoming: &Incoming, size: u64) -> Result<UploadId, ApiError> {
    let new = NewUpload {
        user: auth.user()?.id,
        library: incoming.library,
        length: i64::try_from(size).unwrap_or(i64::MAX),
        name: tidy_name(&incoming.name),
        modified_at: incoming.modified_at,
        metadata: String::new(),
    };
    match app.store.add_upload(&new, 1).await? {
        Reserved::Until(id, _) => Ok(id),
        Reserved::NoRoom => Err(ApiError::QuotaExceeded),
    }
}

async fn keep(
    app: &App,
    auth: &Auth,
    reserved: UploadId,
    incoming: &Incoming,
    file: &Received,
) -> Result<Inserted, ApiError> {
    let stored = file.keep().await?;
    let giver = Giver::signed_in(auth.user()?);
    take_in_upload(app, &giver, reserved, incoming, stored).await?.ok_or(ApiError::NotFound)
}

/// Takes in a file whose bytes are stored. Only after this may it be called stored (law 2). None if the upload has been
/// ended meanwhile.
pub async fn take_in_upload(
    app: &App,
    giver: &Giver,
    upload: UploadId,
    incoming: &Incoming,
    stored: Stored,
) -> Result<Option<Inserted>, ApiError> {
    let size = i64::try_from(stored.size).unwrap_or(i64::MAX);
    let inserted = app.store.insert_upload(upload, &new_asset(giver.user, incoming, stored)).await?;
    fail::fail_point!("api.after_row");
    if let Some(inserted) = inserted {
        ring(app, inserted).await;
        if matches!(inserted, Inserted::New(_)) {
            notices::stored(app, incoming.library, size).await;
        }
        note_device(app, giver).await;
    }
    Ok(inserted)
}

fn new_asset(user: UserId, incoming: &Incoming, stored: Stored) -> NewAsset {
    NewAsset {
        library: incoming.library,
        added_by: Some(user),
        name: tidy_name(&incoming.name),
        hash: ContentHash { blake3: stored.blake3, sha1: stored.sha1 },
        size: i64::try_from(stored.size).unwrap_or(i64::MAX),
        modified_at: incoming.modified_at.unwrap_or_else(Utc::now),
        location: NewLocation::Stored,
        priority: Priority::Fresh,
    }
}

async fn ring(app: &App, inserted: Inserted) {
    let Inserted::New(asset) = inserted else { return };
    let jobs: Vec<Job> = pipeline::START.iter().map(|stage| Job { asset, stage: *stage }).collect();
    if let Err(error) = app.queue.ring(&jobs, Priority::Fresh).await {
        tracing::warn!(%error, asset.id = %asset, "could not ring for a new asset; the sweeper will find it");
    }
    ring_feed(app).await;
}

/// What is stored is stored, whether or not it is known of which device it was.
async fn note_device(app: &App, giver: &Giver) {
    let Some(by) = &giver.by else { return };
    if let Err(error) = app.store.device_stored(by).await {
        tracing::warn!(%error, user.id = %giver.user, "could not note that a device has stored something");
    }
}

/// Only the name, never a path; nothing that can't be shown.
pub fn tidy_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let tidy: String = last.chars().filter(|c| !c.is_control()).take(255).collect();
    if tidy.trim().is_empty() { "unnamed".to_owned() } else { tidy }
}

/// Reads hashes in hex, SHA-1 or BLAKE3.
pub fn read_hashes(hashes: &[String]) -> Result<Vec<Vec<u8>>, ApiError> {
    if hashes.len() > MOST_HASHES {
        return Err(ApiError::Invalid(format!("at most {MOST_HASHES} hashes at once")));
    }
    hashes
        .iter()
        .map(|text| {
            unhex(text).filter(|hash| matches!(hash.len(), 20 | 32)).ok_or_else(|| {
                let shown: String = text.chars().take(64).collect();
                ApiError::Invalid(format!("'{shown}' is no SHA-1 (40 hex digits) or BLAKE3 (64 hex digits)"))
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_no_path_and_nothing_invisible() {
        for (given, kept) in [
            ("IMG_1.jpg", "IMG_1.jpg"),
            ("../../etc/passwd", "passwd"),
            ("C:\\pictures\\a b.png", "a b.png"),
            ("new\nline\0.jpg", "newline.jpg"),
            ("", "unnamed"),
            ("dir/", "unnamed"),
        ] {
            assert_eq!(tidy_name(given), kept);
        }
    }

    #[test]
    fn hashes_are_read_and_others_named() {
        assert!(read_hashes(&["ab".repeat(20), "CD".repeat(32)]).is_ok());
        assert!(read_hashes(&["ab".repeat(16)]).is_err());
    }
}
