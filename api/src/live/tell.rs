//! What of the feed's changes a viewer hears, and how.

use std::collections::HashSet;

use domain::access::{Permission, Viewer};
use domain::library::MemberRole;
use domain::{AlbumId, AssetId, FolderId, LibraryId, NotificationId, UserId};
use store::ChangeKind as Kind;

use crate::app::{App, Readable};
use crate::error::ApiError;
use crate::graphql::scalars::Date;
use crate::graphql::types::changes::{Change, ChangeKind};

/// What an album may show of assets that the viewer does not see as a member of their library.
#[derive(Default)]
struct InAlbums {
    seen: HashSet<AssetId>,
    held: HashSet<AssetId>,
    /// The albums that the viewer may see right now, if that was asked.
    now: Option<Vec<AlbumId>>,
    /// The libraries that they may know of right now, if that was asked.
    libraries: Option<Vec<LibraryId>>,
}

/// The changes that a viewer may hear of, each object once, with its latest change.
pub(super) async fn told(
    app: &App,
    viewer: &Viewer,
    readable: &Readable,
    changes: &[store::Change],
) -> Result<Vec<Change>, ApiError> {
    let asked: Vec<AssetId> = changes.iter().filter_map(|change| to_ask(readable, change)).collect();
    let mut albums = InAlbums::default();
    if !asked.is_empty() {
        albums.seen = app.store.allowed_assets(viewer, Permission::AssetRead, &asked).await?;
        albums.held = app.store.in_albums(&readable.albums, &asked).await?.into_iter().collect();
    }
    // What was decided a moment ago may be what has just changed.
    if changes.iter().any(|change| is_own(viewer, change, Kind::Sight)) {
        albums.now = Some(app.store.albums_seen(viewer).await?);
    }
    if changes.iter().any(|change| is_own(viewer, change, Kind::Membership)) {
        let [known] = app.store.libraries_for(viewer, [Permission::LibraryRead]).await?;
        albums.libraries = Some(known);
    }
    let tell = |change| item(viewer, readable, &albums, change);
    let mut items: Vec<Change> = Vec::with_capacity(changes.len());
    let mut said = HashSet::new();
    for item in changes.iter().rev().filter_map(tell) {
        if said.insert((item.kind, item.id.clone())) {
            items.push(item);
        }
    }
    items.reverse();
    Ok(items)
}

/// The asset that a change is about, if only an album or a partner may show it.
fn to_ask(readable: &Readable, change: &store::Change) -> Option<AssetId> {
    match change.kind {
        Kind::Asset if is_partners(readable, change) => Some(AssetId(change.object_id)),
        Kind::Asset if !is_whole(readable, change) && !readable.albums.is_empty() => {
            Some(AssetId(change.object_id))
        }
        Kind::Entry if change.gone && sees(readable, change) => change.asset_id,
        _ => None,
    }
}

fn is_whole(readable: &Readable, change: &store::Change) -> bool {
    change.library_id.is_some_and(|library| readable.whole.binary_search(&library).is_ok())
}

/// Whether it is of a library that a partner lets them look at: what is archived there has left their sight.
fn is_partners(readable: &Readable, change: &store::Change) -> bool {
    change.library_id.is_some_and(|library| readable.partners.contains(&library))
}

/// Whether it tells of what the viewer alone may see now, or not any more.
fn is_own(viewer: &Viewer, change: &store::Change, kind: Kind) -> bool {
    change.kind == kind && change.user_id.is_some() && change.user_id == viewer.user_id()
}

/// What a person has become a member or partner of, or is no longer. A key that knows of no libraries is not told.
fn membership(viewer: &Viewer, albums: &InAlbums, change: &store::Change) -> Option<bool> {
    let Viewer::User(user) = viewer else { return None };
    let known = albums.libraries.as_ref()?.binary_search(&change.library_id?).is_ok();
    user.may(MemberRole::Partner, Permission::LibraryRead).then_some(!known)
}

/// Of a library's own hears who may know of it.
fn knows(readable: &Readable, change: &store::Change) -> bool {
    change.library_id.is_some_and(|library| readable.known.binary_search(&library).is_ok())
}

fn sees(readable: &Readable, change: &store::Change) -> bool {
    change.album_id.is_some_and(|album| readable.albums.binary_search(&album).is_ok())
}

fn item(viewer: &Viewer, readable: &Readable, albums: &InAlbums, change: &store::Change) -> Option<Change> {
    // What is one person's, they alone hear of.
    if change.user_id.is_some() && change.user_id != viewer.user_id() {
        return None;
    }
    let number = change.object_id;
    let of = |kind: ChangeKind, id: String, gone: bool| {
        Some(Change { day: change.day.filter(|_| !gone).map(Date), ..Change::of(kind, &id, gone) })
    };
    match change.kind {
        Kind::Asset if is_whole(readable, change) => {
            of(ChangeKind::Asset, AssetId(number).to_string(), change.gone)
        }
        Kind::Asset if is_partners(readable, change) => asset(albums, AssetId(number), true)
            .and_then(|gone| of(ChangeKind::Asset, AssetId(number).to_string(), gone)),
        Kind::Asset => asset(albums, AssetId(number), false)
            .and_then(|gone| of(ChangeKind::Asset, AssetId(number).to_string(), gone)),
        Kind::Membership => membership(viewer, albums, change)
            .and_then(|gone| of(ChangeKind::Library, LibraryId(number).to_string(), gone)),
        // What comes into an album, and what is said there, is a change of the album or of the asset, too.
        Kind::Comment | Kind::Like => None,
        Kind::Entry if !change.gone => None,
        Kind::Entry => {
            let id = change.asset_id.filter(|_| sees(readable, change))?;
            let gone = asset(albums, id, true)?;
            of(ChangeKind::Asset, id.to_string(), gone)
        }
        Kind::Album | Kind::Sight => {
            let album = change.album_id?.to_string();
            let own = change.kind == Kind::Sight;
            let seen = match (&albums.now, change.album_id) {
                (Some(now), Some(album)) => now.binary_search(&album).is_ok(),
                _ => sees(readable, change),
            };
            // Only who could see it is told that it is gone.
            if seen || own { of(ChangeKind::Album, album, !seen) } else { None }
        }
        Kind::Library if knows(readable, change) || is_partners(readable, change) => {
            of(ChangeKind::Library, LibraryId(number).to_string(), change.gone)
        }
        Kind::Folder if knows(readable, change) => {
            of(ChangeKind::Folder, FolderId(number).to_string(), change.gone)
        }
        Kind::User if knows(readable, change) => {
            of(ChangeKind::User, UserId(number).to_string(), change.gone)
        }
        // Theirs alone, as was asked above.
        Kind::Notification => of(ChangeKind::Notification, NotificationId(number).to_string(), false),
        Kind::Library | Kind::Folder | Kind::User => None,
    }
}

/// Whether an asset that only albums may show has left the viewer's sight; none where it never was in it.
fn asset(albums: &InAlbums, id: AssetId, was_in_album: bool) -> Option<bool> {
    let seen = albums.seen.contains(&id);
    (seen || was_in_album || albums.held.contains(&id)).then_some(!seen)
}
