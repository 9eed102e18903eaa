//! Global ids as arguments.

use std::str::FromStr;

use async_graphql::ID;
use domain::IdError;

use crate::error::ApiError;

/// Reads an id of one kind; another kind is an error that says which was expected.
pub fn id<T: FromStr<Err = IdError>>(id: &ID) -> Result<T, ApiError> {
    id.parse().map_err(|error: IdError| ApiError::Invalid(error.to_string()))
}

/// Reads several ids of one kind, at most `most`.
pub fn ids<T: FromStr<Err = IdError>>(given: &[ID], most: usize) -> Result<Vec<T>, ApiError> {
    if given.len() > most {
        return Err(ApiError::Invalid(format!("at most {most} ids at once")));
    }
    given.iter().map(id).collect()
}
