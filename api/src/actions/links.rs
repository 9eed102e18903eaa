//! Public links: whether somebody may make one, then whether it makes sense, then one transaction.

pub mod open;

use chrono::{DateTime, Utc};
use domain::access::{Permission, UserViewer};
use domain::share::{Grants, LONGEST_TITLE, MOST_ASSETS, PASSWORD_CHARS, ShareLink, slug};
use domain::{AlbumId, AssetId, LibraryId, ShareLinkId};
use store::{LinkChange, NewLink};

use super::albums::{self, Outcome};
use crate::auth::{link, password};
use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::types::user_error::{UserError, UserErrorCode};

/// What a link is to be like; what is none stays as it is, or is as links are by themselves.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// What it is called.
    pub title: Option<String>,
    /// What stands before the token, to be read.
    pub slug: Option<String>,
    /// None within for no password.
    pub password: Option<Option<String>>,
    /// None within for no end.
    pub expires_at: Option<Option<DateTime<Utc>>>,
    /// Where uploads go.
    pub library: Option<LibraryId>,
    /// The single assets.
    pub assets: Option<Vec<AssetId>>,
}

/// A link and its address, which is shown once.
pub type WithAddress = (ShareLink, String);

/// Makes a link to an album, or to assets.
pub async fn create(
    cx: &Cx,
    album: Option<AlbumId>,
    wanted: &Wanted,
    grants: Grants,
) -> Outcome<WithAddress> {
    let user = cx.user()?;
    let assets = wanted.assets.as_deref().unwrap_or_default();
    if album.is_some() == wanted.assets.is_some() {
        let words = "a link is to an album or to assets: say which";
        return Ok(Err(vec![UserError::of("albumId", UserErrorCode::Required, words)]));
    }
    if let Some(album) = album
        && let Err(error) = albums::may(cx, album, Permission::AlbumLink, "albumId").await?
    {
        return Ok(Err(vec![error]));
    }
    let errors = wrong(cx, user, wanted, grants, wanted.library).await?;
    if !errors.is_empty() {
        return Ok(Err(errors));
    }
    let password_hash = hashed(wanted.password.as_ref()).await?.flatten();
    let (token, kept) = link::new();
    let slug = slug(wanted.slug.as_deref().unwrap_or_default());
    let new = NewLink {
        user: user.id,
        album,
        assets,
        token: kept,
        slug: &slug,
        title: wanted.title.as_deref().unwrap_or_default().trim(),
        password_hash: password_hash.as_deref(),
        grants,
        library: wanted.library,
        expires_at: wanted.expires_at.flatten(),
    };
    let made = cx.app.store.add_link(&new, &cx.auth.origin()).await?;
    let words = format!("you have {} links already; revoke one you do not need", domain::share::MOST_LINKS);
    let many = || vec![UserError { code: UserErrorCode::TooLong, field: None, message: words }];
    Ok(made.map(|link| (link, address(&slug, &token))).ok_or_else(many))
}

/// Changes a link of the viewer's own. Its token stays the same.
pub async fn update(
    cx: &Cx,
    id: ShareLinkId,
    wanted: &Wanted,
    grants: impl FnOnce(Grants) -> Grants,
) -> Outcome<ShareLink> {
    let user = cx.user()?;
    let Some(known) = own(cx, id).await? else { return Ok(Err(vec![gone()])) };
    if known.album.is_some() && wanted.assets.is_some() {
        let words = "this link is to an album: what it shows is what is in that";
        return Ok(Err(vec![UserError::of("assetIds", UserErrorCode::Invalid, words)]));
    }
    let grants = grants(known.grants);
    let errors = wrong(cx, user, wanted, grants, wanted.library.or(known.library)).await?;
    if !errors.is_empty() {
        return Ok(Err(errors));
    }
    let password_hash = hashed(wanted.password.as_ref()).await?;
    let slug = wanted.slug.as_deref().map(slug);
    let change = LinkChange {
        slug: slug.as_deref(),
        title: wanted.title.as_deref().map(str::trim),
        password_hash: password_hash.as_ref().map(|hash| hash.as_deref()),
        grants: Some(grants),
        library: wanted.library,
        expires_at: wanted.expires_at,
        assets: wanted.assets.as_deref(),
    };
    let changed = cx.app.store.change_link(user.id, id, &change, &cx.auth.origin()).await?;
    forget(cx);
    let link = if changed { cx.app.store.link(user.id, id).await? } else { None };
    Ok(link.ok_or_else(|| vec![gone()]))
}

/// Gives a link another token, for its address was lost or is known to too many.
pub async fn reissue(cx: &Cx, id: ShareLinkId) -> Outcome<WithAddress> {
    let user = cx.user()?;
    let Some(known) = own(cx, id).await? else { return Ok(Err(vec![gone()])) };
    if let Some(error) = beyond(user, known.grants) {
        return Ok(Err(vec![error]));
    }
    let (token, kept) = link::new();
    let done = cx.app.store.reissue_link(user.id, id, &kept, &cx.auth.origin()).await?;
    forget(cx);
    let address = address(&known.slug, &token);
    Ok(if done { Ok((known, address)) } else { Err(vec![gone()]) })
}

/// Revokes a link: whoever holds it sees nothing more, within a second.
pub async fn revoke(cx: &Cx, id: ShareLinkId) -> Outcome<()> {
    let user = cx.user()?;
    let done =
        own(cx, id).await?.is_some() && cx.app.store.revoke_link(user.id, id, &cx.auth.origin()).await?;
    forget(cx);
    Ok(if done { Ok(()) } else { Err(vec![gone()]) })
}

/// Links of the viewer's own, newest first: all, or those to an album; and whether there are more.
pub async fn list(
    cx: &Cx,
    album: Option<AlbumId>,
    before: Option<ShareLinkId>,
    first: usize,
) -> Result<(Vec<ShareLink>, bool), ApiError> {
    let user = cx.user()?;
    let limit = i64::try_from(first).unwrap_or(i64::MAX).saturating_add(1);
    let mut links = cx.app.store.links(user.id, album, before, limit).await?;
    let more = links.len() > first;
    links.truncate(first);
    links.retain(|link| may_know(user, link));
    Ok((links, more))
}

/// A link of the viewer's own.
pub async fn own(cx: &Cx, id: ShareLinkId) -> Result<Option<ShareLink>, ApiError> {
    let user = cx.user()?;
    Ok(cx.app.store.link(user.id, id).await?.filter(|link| may_know(user, link)))
}

/// People know all of their links, also those that show nothing any more; a key those that it could have made.
fn may_know(user: &UserViewer, link: &ShareLink) -> bool {
    let permission = if link.album.is_some() { Permission::AlbumLink } else { Permission::AssetLink };
    user.session().is_some() || user.may_somewhere(permission)
}

/// What is wrong with what a link is to be like.
async fn wrong(
    cx: &Cx,
    user: &UserViewer,
    wanted: &Wanted,
    grants: Grants,
    library: Option<LibraryId>,
) -> Result<Vec<UserError>, ApiError> {
    let mut errors: Vec<UserError> = beyond(user, grants).into_iter().collect();
    if let Some(words) = grants.problem() {
        errors.push(UserError { code: UserErrorCode::Invalid, field: None, message: words.to_owned() });
    }
    if wanted.title.as_ref().is_some_and(|title| title.chars().count() > LONGEST_TITLE) {
        let words = format!("a title has at most {LONGEST_TITLE} letters; shorten it");
        errors.push(UserError::of("title", UserErrorCode::TooLong, words));
    }
    if let Some(Some(password)) = &wanted.password
        && !PASSWORD_CHARS.contains(&password.chars().count())
    {
        let (least, most) = PASSWORD_CHARS.into_inner();
        let words = format!("the password of a link has {least} to {most} characters");
        errors.push(UserError::of("password", UserErrorCode::TooShort, words));
    }
    if wanted.expires_at.flatten().is_some_and(|at| at <= Utc::now()) {
        let words = "this moment is over: choose one that is to come";
        errors.push(UserError::of("expiresAt", UserErrorCode::Invalid, words));
    }
    errors.extend(wrong_assets(cx, wanted).await?);
    errors.extend(wrong_library(cx, grants, library).await?);
    Ok(errors)
}

/// Single assets are for those to show who may put them into albums, too.
async fn wrong_assets(cx: &Cx, wanted: &Wanted) -> Result<Option<UserError>, ApiError> {
    let Some(assets) = &wanted.assets else { return Ok(None) };
    let error = |code, words: &str| Ok(Some(UserError::of("assetIds", code, words)));
    if assets.is_empty() {
        return error(UserErrorCode::Required, "choose what the link is to show");
    }
    if assets.len() > MOST_ASSETS {
        return error(
            UserErrorCode::TooLong,
            "a link shows at most 5,000 single assets; make an album of them",
        );
    }
    let may = cx.app.store.allowed_assets(cx.viewer(), Permission::AssetLink, assets).await?;
    if assets.iter().any(|asset| !may.contains(asset)) {
        return error(
            UserErrorCode::NotFound,
            "some of these are not there, or not yours to show to everybody",
        );
    }
    Ok(None)
}

async fn wrong_library(
    cx: &Cx,
    grants: Grants,
    library: Option<LibraryId>,
) -> Result<Option<UserError>, ApiError> {
    let may = match library {
        None if grants.upload => {
            let words = "say in which library to keep what people send";
            return Ok(Some(UserError::of("libraryId", UserErrorCode::Required, words)));
        }
        None => return Ok(None),
        Some(library) => {
            let may = cx.app.store.allowed_libraries(cx.viewer(), Permission::LibraryUpload).await?;
            may.contains_key(&library) || !grants.upload
        }
    };
    let words = "there is no such library that you may add to";
    Ok((!may).then(|| UserError::of("libraryId", UserErrorCode::NotFound, words)))
}

/// What a key may not do itself it can't do by a link either.
fn beyond(user: &UserViewer, grants: Grants) -> Option<UserError> {
    let needed = [
        (true, Permission::AssetRead),
        (grants.download, Permission::AssetDownload),
        (grants.upload, Permission::LibraryUpload),
    ];
    let never = needed.into_iter().find(|(asked, permission)| *asked && !user.may_somewhere(*permission))?.1;
    let words = format!("you can't grant {never}, which you may not do yourself");
    Some(UserError { code: UserErrorCode::NotGranted, field: None, message: words })
}

async fn hashed(given: Option<&Option<String>>) -> Result<Option<Option<String>>, ApiError> {
    Ok(match given {
        Some(Some(given)) => Some(Some(password::hash(given).await?)),
        Some(None) => Some(None),
        None => None,
    })
}

/// What was decided about who may see what is not believed any more.
fn forget(cx: &Cx) {
    cx.app.cache.viewers.invalidate_all();
    cx.app.cache.assets.invalidate_all();
}

fn address(slug: &str, token: &str) -> String {
    if slug.is_empty() { format!("/share/{token}") } else { format!("/share/{slug}/{token}") }
}

fn gone() -> UserError {
    let words = "there is no such link of yours; it may have been revoked";
    UserError::of("id", UserErrorCode::NotFound, words)
}
