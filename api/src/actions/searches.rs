//! Searches that somebody keeps, and those they have made lately: each person's are their own.

use domain::SavedSearchId;
use domain::filter::parse;
use store::{MOST_SAVED, SavedSearch};

use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::types::user_error::{UserError, UserErrorCode};

/// Most letters of a name.
const LONGEST_NAME: usize = 100;

/// What came of it, or what a person can do about it.
pub type Outcome<T> = Result<Result<T, Vec<UserError>>, ApiError>;

/// Keeps a search.
pub async fn create(cx: &Cx, name: &str, text: &str) -> Outcome<SavedSearch> {
    let user = cx.person()?.id;
    let (name, text) = (name.trim(), text.trim());
    let errors = wrong(cx, Some(name), Some(text));
    if !errors.is_empty() {
        return Ok(Err(errors));
    }
    let words = format!("you keep {MOST_SAVED} searches already; remove one you do not need");
    let full = || vec![UserError { code: UserErrorCode::TooLong, field: None, message: words }];
    Ok(cx.app.store.save_search(user, name, text).await?.ok_or_else(full))
}

/// Gives it another name or text.
pub async fn update(
    cx: &Cx,
    id: SavedSearchId,
    name: Option<&str>,
    text: Option<&str>,
) -> Outcome<SavedSearch> {
    let user = cx.person()?.id;
    let (name, text) = (name.map(str::trim), text.map(str::trim));
    let errors = wrong(cx, name, text);
    if !errors.is_empty() {
        return Ok(Err(errors));
    }
    Ok(cx.app.store.change_saved_search(user, id, name, text).await?.ok_or_else(|| vec![no_such_search()]))
}

/// Keeps it no longer.
pub async fn delete(cx: &Cx, id: SavedSearchId) -> Outcome<()> {
    let removed = cx.app.store.remove_saved_search(cx.person()?.id, id).await?;
    Ok(if removed { Ok(()) } else { Err(vec![no_such_search()]) })
}

/// Notes that a search was made.
pub async fn remember(cx: &Cx, text: &str) -> Outcome<()> {
    let user = cx.person()?.id;
    let text = text.trim();
    let errors = wrong(cx, None, Some(text));
    if !errors.is_empty() {
        return Ok(Err(errors));
    }
    Ok(Ok(cx.app.store.remember_search(user, text).await?))
}

/// What is wrong with a name or text.
fn wrong(cx: &Cx, name: Option<&str>, text: Option<&str>) -> Vec<UserError> {
    let mut errors = Vec::new();
    match name.map(|name| name.chars().count()) {
        Some(0) => errors.push(UserError::of("name", UserErrorCode::Required, "give the search a name")),
        Some(letters) if letters > LONGEST_NAME => {
            let words = format!("a name has at most {LONGEST_NAME} letters; shorten it");
            errors.push(UserError::of("name", UserErrorCode::TooLong, words));
        }
        _ => {}
    }
    match text {
        Some("") => {
            errors.push(UserError::of("text", UserErrorCode::Required, "there is nothing to search for"));
        }
        Some(text) => {
            let read = parse(text, &cx.app.clock());
            errors
                .extend(read.err().map(|error| UserError::of("text", UserErrorCode::Invalid, error.message)));
        }
        None => {}
    }
    errors
}

fn no_such_search() -> UserError {
    UserError::of("id", UserErrorCode::NotFound, "there is no such search; it may have been removed already")
}
