//! Keywords of libraries.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use domain::LibraryId;
use domain::metadata::keywords::{Keyword, KeywordMove, SEPARATOR};

use super::deeds::number;
use crate::actions::keywords::{self, Moved};
use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::ids::id;
use crate::graphql::types::keyword::KeywordColour;
use crate::graphql::types::user_error::{UserError, UserErrorCode};

/// Part of the mutation type.
#[derive(Default)]
pub struct KeywordActs;

/// Which keyword, and what it is to be.
#[derive(InputObject)]
pub struct KeywordMoveInput {
    /// In which library.
    library_id: ID,
    /// `Keyword.path`.
    path: Vec<String>,
    /// Its new name with those above it. Where there is such a keyword already the two become one.
    to: Vec<String>,
}

/// Which keyword.
#[derive(InputObject)]
pub struct KeywordDeleteInput {
    /// In which library.
    library_id: ID,
    /// `Keyword.path`.
    path: Vec<String>,
}

/// Which keyword, and its colour.
#[derive(InputObject)]
pub struct KeywordUpdateInput {
    /// In which library.
    library_id: ID,
    /// `Keyword.path`.
    path: Vec<String>,
    /// Its colour; null for none.
    colour: Option<KeywordColour>,
}

/// What was changed, or why nothing was.
#[derive(SimpleObject, Default)]
pub struct KeywordMovePayload {
    /// How many assets have other keywords now.
    count: i32,
    /// What undoes it, each given to `editUndo`, the last one first.
    edit_ids: Vec<ID>,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

/// Why nothing was changed, if so.
#[derive(SimpleObject)]
pub struct KeywordUpdatePayload {
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

#[Object]
impl KeywordActs {
    /// Renames a keyword with all below it, or moves it below another, over all assets of a library; with one that is there it
    /// becomes one. Originals are never written to.
    async fn keyword_move(
        &self,
        context: &Context<'_>,
        input: KeywordMoveInput,
    ) -> async_graphql::Result<KeywordMovePayload> {
        changed(context, &input.library_id, input.path, Some(input.to)).await
    }

    /// Takes a keyword with all below it away from all assets of a library.
    async fn keyword_delete(
        &self,
        context: &Context<'_>,
        input: KeywordDeleteInput,
    ) -> async_graphql::Result<KeywordMovePayload> {
        changed(context, &input.library_id, input.path, None).await
    }

    /// Gives a keyword a colour in a library, or none.
    async fn keyword_update(
        &self,
        context: &Context<'_>,
        input: KeywordUpdateInput,
    ) -> async_graphql::Result<KeywordUpdatePayload> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let library: LibraryId = id(&input.library_id)?;
        let done = match keyword("path", input.path) {
            Ok(keyword) => keywords::colour(cx, library, &keyword, input.colour.map(Into::into)).await,
            Err(error) => Err(error),
        };
        Ok(KeywordUpdatePayload { user_errors: refused(done)?.err().into_iter().collect() })
    }
}

async fn changed(
    context: &Context<'_>,
    library: &ID,
    path: Vec<String>,
    to: Option<Vec<String>>,
) -> async_graphql::Result<KeywordMovePayload> {
    let cx = Cx::of(context)?;
    cx.user()?;
    let library: LibraryId = id(library)?;
    let meant = || -> Result<KeywordMove, ApiError> {
        let to = to.map(|to| keyword("to", to)).transpose()?;
        Ok(KeywordMove { from: keyword("path", path)?, to })
    };
    let done = match meant() {
        Ok(change) => keywords::change(cx, library, &change).await,
        Err(error) => Err(error),
    };
    Ok(match refused(done)? {
        Ok(Moved { count, edits }) => KeywordMovePayload {
            count: number(count),
            edit_ids: edits.iter().rev().map(|edit| edit.to_string().into()).collect(),
            user_errors: Vec::new(),
        },
        Err(error) => KeywordMovePayload { user_errors: vec![error], ..KeywordMovePayload::default() },
    })
}

/// What a person can do something about.
fn refused<T>(done: Result<T, ApiError>) -> Result<Result<T, UserError>, ApiError> {
    match done {
        Ok(done) => Ok(Ok(done)),
        Err(ApiError::NotFound) => {
            let words = "there is no such tag in a library that you may change";
            Ok(Err(UserError::of("path", UserErrorCode::NotFound, words)))
        }
        Err(ApiError::InvalidField(field, words)) => {
            Ok(Err(UserError::of(field, UserErrorCode::Invalid, words)))
        }
        Err(ApiError::Invalid(words)) => Ok(Err(UserError::of("path", UserErrorCode::Invalid, words))),
        Err(error) => Err(error),
    }
}

fn keyword(field: &'static str, path: Vec<String>) -> Result<Keyword, ApiError> {
    let parts = path.into_iter().map(|part| part.trim().replace(SEPARATOR, " "));
    let words = "a tag has at least one letter";
    Keyword::new(parts).ok_or_else(|| ApiError::InvalidField(field, words.to_owned()))
}
