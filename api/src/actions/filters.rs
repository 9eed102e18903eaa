//! From the filter of a request to the one filter tree.

use async_graphql::InputObject;
use domain::filter::{self, Clock, Filter};

use crate::error::{ApiError, FilterProblem};

/// Which assets. What is left out does not narrow; everything given must hold.
#[derive(Debug, Clone, Default, InputObject)]
pub struct AssetFilter {
    /// The search language: `camera:fuji iso:>=1600 place:lisbon (dog OR cat) -screenshot`.
    pub text: Option<String>,
    /// Each of these must hold.
    pub all: Option<Vec<AssetFilter>>,
    /// At least one of these must hold.
    pub any: Option<Vec<AssetFilter>>,
    /// This must not hold.
    pub not: Option<Box<AssetFilter>>,
}

/// Most nested filters in one request.
const MOST_DEPTH: usize = 8;

impl AssetFilter {
    /// The tree, or where it can't be read.
    pub fn tree(&self, clock: &Clock) -> Result<Filter, ApiError> {
        self.at(clock, 0)
    }

    fn at(&self, clock: &Clock, depth: usize) -> Result<Filter, ApiError> {
        if depth > MOST_DEPTH {
            return Err(ApiError::Invalid(format!("a filter is nested at most {MOST_DEPTH} deep")));
        }
        let mut parts = Vec::new();
        if let Some(text) = &self.text {
            parts.push(filter::parse(text, clock).map_err(|error| problem(text, &error))?);
        }
        let each = |filters: &[Self]| -> Result<Vec<Filter>, ApiError> {
            filters.iter().map(|filter| filter.at(clock, depth + 1)).collect()
        };
        parts.extend(each(self.all.as_deref().unwrap_or_default())?);
        if let Some(any) = &self.any {
            parts.push(Filter::any_of(each(any)?));
        }
        if let Some(not) = &self.not {
            parts.push(Filter::not(not.at(clock, depth + 1)?));
        }
        Ok(Filter::all_of(parts))
    }
}

/// The tree of an optional filter; none where it finds everything.
pub fn tree(filter: Option<&AssetFilter>, clock: &Clock) -> Result<Option<Filter>, ApiError> {
    let tree = filter.map(|filter| filter.tree(clock)).transpose()?;
    Ok(tree.filter(|tree| !tree.is_everything()))
}

/// The tree of a filter by which much is changed at once: one that finds everything is a slip of the pen.
pub fn whole(filter: &AssetFilter, clock: &Clock) -> Result<Filter, ApiError> {
    let words = "this finds everything there is: say which photos and films are meant";
    tree(Some(filter), clock)?.ok_or_else(|| ApiError::InvalidField("filter", words.to_owned()))
}

fn problem(text: &str, error: &filter::ParseError) -> ApiError {
    let span = error.span_utf16(text);
    ApiError::Filter(FilterProblem {
        message: error.message.clone(),
        start: span.start,
        end: span.end,
        suggestion: error.mended(text),
    })
}
