//! Albums: whether somebody may, then whether it makes sense, then one transaction, and after the commit the bell.

pub mod content;
pub mod list;
pub mod members;
pub mod talk;

use domain::access::Permission;
use domain::album::{AlbumOrder, AlbumRole, LONGEST_DESCRIPTION, LONGEST_NAME};
use domain::filter::{Key, parse};
use domain::{AlbumId, AssetId, SavedSearchId};
use store::{AlbumChange, AlbumRefusal, NewAlbum};

use super::libraries::ring_feed;
use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::types::user_error::{UserError, UserErrorCode};

/// What came of it, or what a person can do about it.
pub type Outcome<T> = Result<Result<T, Vec<UserError>>, ApiError>;

/// What an album is to be like.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// What it is called.
    pub name: Option<String>,
    /// What is written about it.
    pub description: Option<String>,
    /// In which order it shows its assets.
    pub order: Option<AlbumOrder>,
    /// What stands for it; none within for the first in its order.
    pub cover: Option<Option<AssetId>>,
    /// Whether it can be liked and commented.
    pub talk: Option<bool>,
    /// What it finds; none within for an album that is not live.
    pub rule: Option<Option<String>>,
    /// In which album it lies; none within for none.
    pub parent: Option<Option<AlbumId>>,
}

/// Makes an album of the viewer's; of a saved search, where one is named, a live one.
pub async fn create(cx: &Cx, mut wanted: Wanted, search: Option<SavedSearchId>) -> Outcome<AlbumId> {
    let user = cx.user()?;
    if !user.may_in_album(AlbumRole::Owner, Permission::AlbumManage) {
        return Ok(Err(vec![not_allowed("guests can't make albums; ask whoever runs this server")]));
    }
    if let Some(search) = search {
        let Some(saved) = cx.app.store.saved_search(cx.person()?.id, search).await? else {
            return Ok(Err(vec![not_found("savedSearchId", "there is no such search of yours")]));
        };
        wanted.name = wanted.name.or(Some(saved.name));
        wanted.rule = Some(Some(saved.text));
    }
    let name = wanted.name.get_or_insert_default().clone();
    let errors = wrong(cx, &wanted);
    if !errors.is_empty() {
        return Ok(Err(errors));
    }
    let description = wanted.description.unwrap_or_default();
    let new = NewAlbum {
        owner: user.id,
        parent: wanted.parent.flatten(),
        name: name.trim(),
        description: description.trim(),
        order: wanted.order.unwrap_or_default(),
        rule: wanted.rule.as_ref().and_then(|rule| rule.as_deref()),
    };
    let made = cx.app.store.add_album(&new).await?;
    told(cx).await;
    Ok(made.map_err(refused))
}

/// Changes an album. Where it lies, and what it finds by itself, is for its owner to say.
pub async fn update(cx: &Cx, album: AlbumId, wanted: Wanted) -> Outcome<()> {
    let owners = wanted.parent.is_some() || wanted.rule.is_some() || wanted.talk.is_some();
    let permission = if owners { Permission::AlbumManage } else { Permission::AlbumUpdate };
    if let Err(error) = may(cx, album, permission, "id").await? {
        return Ok(Err(vec![error]));
    }
    let errors = wrong(cx, &wanted);
    if !errors.is_empty() {
        return Ok(Err(errors));
    }
    if let Some(parent) = wanted.parent {
        let moved = cx.app.store.move_album(cx.user()?.id, album, parent).await?;
        if let Err(refusal) = moved {
            return Ok(Err(refused(refusal)));
        }
    }
    let change = AlbumChange {
        name: wanted.name.as_deref().map(str::trim),
        description: wanted.description.as_deref().map(str::trim),
        order: wanted.order,
        cover: wanted.cover,
        talk: wanted.talk,
        rule: wanted.rule.as_ref().map(|rule| rule.as_deref().map(str::trim)),
    };
    let changed = cx.app.store.change_album(album, &change).await?;
    told(cx).await;
    Ok(if changed { Ok(()) } else { Err(vec![not_found("coverId", "that is not in this album")]) })
}

/// Deletes an album with those that lie in it.
pub async fn delete(cx: &Cx, album: AlbumId) -> Outcome<()> {
    if let Err(error) = may(cx, album, Permission::AlbumManage, "id").await? {
        return Ok(Err(vec![error]));
    }
    let done = cx.app.store.delete_album(album).await?;
    told(cx).await;
    Ok(if done { Ok(()) } else { Err(vec![no_such_album("id")]) })
}

/// Brings back what was deleted with an album of the viewer's.
pub async fn restore(cx: &Cx, album: AlbumId) -> Outcome<()> {
    let user = cx.user()?;
    let done = user.may_in_album(AlbumRole::Owner, Permission::AlbumManage)
        && cx.app.store.restore_album(user.id, album).await?;
    told(cx).await;
    let words = "there is no such album of yours that was deleted; after a month it can't be brought back";
    Ok(if done { Ok(()) } else { Err(vec![not_found("id", words)]) })
}

/// As what somebody may do this with an album; else why not. What they may not see looks like what does not exist.
pub async fn may(
    cx: &Cx,
    album: AlbumId,
    permission: Permission,
    field: &str,
) -> Result<Result<AlbumRole, UserError>, ApiError> {
    let user = cx.user()?;
    let seen = cx.app.store.allowed_albums(cx.viewer(), Permission::AlbumRead, &[album]).await?;
    let Some(role) = seen.get(&album) else { return Ok(Err(no_such_album(field))) };
    let words = match permission {
        Permission::AlbumManage | Permission::AlbumLink => "only the owner of this album can do that",
        Permission::AlbumUpdate => "only editors and the owner of this album can do that",
        Permission::AlbumContribute => "you may look at this album, but not add to it",
        _ => "guests can look at this album, but not take part",
    };
    Ok(if user.may_in_album(*role, permission) { Ok(*role) } else { Err(not_allowed(words)) })
}

/// Tells those who follow, and forgets what was decided about who may see what.
async fn told(cx: &Cx) {
    cx.app.forget_decisions();
    ring_feed(&cx.app).await;
}

/// What is wrong with what an album is to be like.
fn wrong(cx: &Cx, wanted: &Wanted) -> Vec<UserError> {
    let mut errors = Vec::new();
    match wanted.name.as_deref().map(|name| name.trim().chars().count()) {
        Some(0) => errors.push(UserError::of("name", UserErrorCode::Required, "give the album a name")),
        Some(letters) if letters > LONGEST_NAME => {
            let words = format!("a name has at most {LONGEST_NAME} letters; shorten it");
            errors.push(UserError::of("name", UserErrorCode::TooLong, words));
        }
        _ => {}
    }
    if wanted.description.as_ref().is_some_and(|text| text.chars().count() > LONGEST_DESCRIPTION) {
        let words = format!("a description has at most {LONGEST_DESCRIPTION} letters; shorten it");
        errors.push(UserError::of("description", UserErrorCode::TooLong, words));
    }
    if let Some(Some(rule)) = &wanted.rule {
        errors.extend(wrong_rule(cx, rule));
    }
    errors
}

/// A rule that speaks of albums would find by what it has found.
fn wrong_rule(cx: &Cx, rule: &str) -> Option<UserError> {
    let error = |words: String| Some(UserError::of("rule", UserErrorCode::Invalid, words));
    match parse(rule, &cx.app.clock()) {
        Err(problem) => error(problem.message),
        Ok(filter) if filter.is_everything() => error("say what the album is to find".to_owned()),
        Ok(filter) if filter.mentions(Key::Album) || filter.mentions(Key::SharedWith) => {
            error("a live album can't go by albums; say it by other keys".to_owned())
        }
        Ok(_) => None,
    }
}

fn refused(refusal: AlbumRefusal) -> Vec<UserError> {
    vec![match refusal {
        AlbumRefusal::NoParent => not_found("parentId", "there is no such album of yours"),
        AlbumRefusal::Circle => {
            let words = "an album can't lie in itself, or in one that lies in it";
            UserError::of("parentId", UserErrorCode::Invalid, words)
        }
        AlbumRefusal::TooDeep => {
            let words = format!("albums lie in each other at most {} deep", domain::album::MOST_LEVELS);
            UserError::of("parentId", UserErrorCode::Invalid, words)
        }
    }]
}

fn no_such_album(field: &str) -> UserError {
    not_found(field, "there is no such album; it may have been deleted")
}

fn not_found(field: &str, words: &str) -> UserError {
    UserError::of(field, UserErrorCode::NotFound, words)
}

fn not_allowed(words: &str) -> UserError {
    UserError { code: UserErrorCode::NotAllowed, field: None, message: words.to_owned() }
}
