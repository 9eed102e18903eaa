//! Whom what is told. What it is about is done already: where the telling fails it is logged, and the deed stands.

use domain::library::MemberRole;
use domain::notification::NotificationKind as Kind;
use domain::share::ShareLink;
use domain::user::User;
use domain::{AlbumId, LibraryId, UserId};
use store::News;

use super::libraries::ring_feed;
use crate::app::App;
use crate::graphql::context::Cx;

/// How full storage is, in hundredths, when its owner is told.
const NEARLY_FULL: i64 = 90;

/// Tells people, and rings for those who follow.
pub async fn tell(app: &App, users: &[UserId], news: &News<'_>) {
    if users.is_empty() {
        return;
    }
    match app.store.notify(users, news).await {
        Ok(()) => ring_feed(app).await,
        Err(error) => tracing::warn!(%error, kind = %news.kind, "people could not be told"),
    }
}

/// Tells everybody else who sees an album what happened in it.
pub async fn in_album(cx: &Cx, album: AlbumId, kind: Kind, count: i32) {
    let Some(actor) = cx.viewer().user_id() else { return };
    others_in(&cx.app, actor, album, kind, count).await;
}

async fn others_in(app: &App, actor: UserId, album: AlbumId, kind: Kind, count: i32) {
    let members = match app.store.album_members(&[album]).await {
        Ok(members) => members,
        Err(error) => return tracing::warn!(%error, "who sees an album could not be asked"),
    };
    let users: Vec<UserId> = members.iter().map(|member| member.user).filter(|user| *user != actor).collect();
    tell(app, &users, &News { album: Some(album), count, ..News::of(kind, Some(actor)) }).await;
}

/// Tells who made a link that something was added by it, and everybody else who sees the album that it went into.
pub async fn collected(app: &App, link: &ShareLink) {
    let library = link.library.filter(|_| link.album.is_none());
    let news = News { album: link.album, library, ..News::of(Kind::LinkCollected, None) };
    tell(app, &[link.user], &news).await;
    if let Some(album) = link.album {
        others_in(app, link.user, album, Kind::AlbumAdded, 1).await;
    }
}

/// Tells those who were let into a library.
pub async fn let_in(app: &App, actor: UserId, library: LibraryId, users: &[UserId]) {
    let news = News { library: Some(library), ..News::of(Kind::LibraryShared, Some(actor)) };
    tell(app, users, &news).await;
}

/// Tells somebody that their account was signed in to, by a client that none of their sessions is of. The first session of an
/// account is no news.
pub async fn signed_in(app: &App, user: &User, client: Option<&str>, address: Option<std::net::IpAddr>) {
    let sessions = match app.store.sessions(user.id).await {
        Ok(sessions) => sessions,
        Err(error) => return tracing::warn!(%error, "sessions could not be read"),
    };
    let same = sessions.iter().filter(|session| session.client.as_deref() == client).count();
    if sessions.len() < 2 || same > 1 {
        return;
    }
    let detail = match address {
        Some(address) => format!("{} ({address})", client.unwrap_or("an unknown client")),
        None => client.unwrap_or("an unknown client").to_owned(),
    };
    tell(app, &[user.id], &News { detail: Some(&detail), ..News::of(Kind::SignedIn, None) }).await;
}

/// Tells the owners of a library whose storage has just become nearly full by so many bytes.
pub async fn stored(app: &App, library: LibraryId, bytes: i64) {
    if let Err(error) = nearly_full(app, library, bytes).await {
        tracing::warn!(%error, "how full storage is could not be asked");
    }
}

async fn nearly_full(app: &App, library: LibraryId, bytes: i64) -> store::Result<()> {
    let members = app.store.library_members(&[library]).await?;
    for owner in members.iter().filter(|member| member.role == MemberRole::Owner) {
        let storage = app.store.storage(owner.user).await?;
        let Some(quota) = storage.quota.filter(|quota| *quota > 0) else { continue };
        let line = quota / 100 * NEARLY_FULL;
        if storage.stored >= line && storage.stored - bytes < line {
            tell(app, &[owner.user], &News::of(Kind::QuotaNearlyFull, None)).await;
        }
    }
    Ok(())
}
