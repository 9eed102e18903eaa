//! With whom albums are shared.

use domain::access::Permission;
use domain::album::AlbumRole;
use domain::notification::NotificationKind;
use domain::{AlbumId, UserId};
use store::News;

use super::{Outcome, may, not_found, told};
use crate::actions::notices;
use crate::graphql::context::Cx;
use crate::graphql::types::user_error::{UserError, UserErrorCode};

/// Most people that one call shares with.
pub const MOST: usize = 100;

/// Shares an album with people, or changes as what they see it; `None` ends it for them. Everybody may end it for themselves:
/// that is leaving.
pub async fn set(cx: &Cx, album: AlbumId, users: &[UserId], role: Option<AlbumRole>) -> Outcome<()> {
    let own = cx.user()?.id;
    let leaves = role.is_none() && users.iter().all(|user| *user == own);
    if leaves {
        // No scope names it.
        cx.person()?;
    }
    let permission = if leaves { Permission::AlbumRead } else { Permission::AlbumManage };
    let as_what = match may(cx, album, permission, "albumId").await? {
        Ok(as_what) => as_what,
        Err(error) => return Ok(Err(vec![error])),
    };
    if leaves && as_what == AlbumRole::Owner {
        let words = "this album is yours: give it to somebody else, or delete it";
        return Ok(Err(vec![UserError::of("userIds", UserErrorCode::Invalid, words)]));
    }
    if role == Some(AlbumRole::Owner) {
        let words = "an album has one owner; to give it to somebody, transfer it";
        return Ok(Err(vec![UserError::of("role", UserErrorCode::Invalid, words)]));
    }
    let known = cx.app.store.users_by_ids(users).await?;
    if users.iter().any(|user| known.iter().all(|one| one.id != *user)) {
        return Ok(Err(vec![not_found("userIds", "there is no such person on this server")]));
    }
    let before = cx.app.store.album_members(&[album]).await?;
    let changed = cx.app.store.set_album_members(album, users, role).await?;
    told(cx).await;
    if role.is_some() {
        let is_new = |user: &&UserId| before.iter().all(|member| member.user != **user);
        let new: Vec<UserId> = users.iter().filter(is_new).copied().collect();
        let news = News { album: Some(album), ..News::of(NotificationKind::AlbumShared, Some(own)) };
        notices::tell(&cx.app, &new, &news).await;
    }
    if leaves && changed == 0 {
        let words = "you see this album because one that it lies in is shared with you; leave that one";
        return Ok(Err(vec![UserError::of("userIds", UserErrorCode::Invalid, words)]));
    }
    Ok(Ok(()))
}

/// Gives an album to somebody else.
pub async fn transfer(cx: &Cx, album: AlbumId, to: UserId) -> Outcome<()> {
    if let Err(error) = may(cx, album, Permission::AlbumManage, "albumId").await? {
        return Ok(Err(vec![error]));
    }
    let own = cx.user()?.id;
    if to == own {
        let words = "this album is yours already";
        return Ok(Err(vec![UserError::of("userId", UserErrorCode::Invalid, words)]));
    }
    let done = cx.app.store.transfer_album(album, own, to).await?;
    told(cx).await;
    let words = "there is no such person on this server who may own albums";
    Ok(if done { Ok(()) } else { Err(vec![not_found("userId", words)]) })
}
