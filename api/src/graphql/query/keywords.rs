//! Keywords of libraries.

use async_graphql::{Context, ID, Object};

use crate::actions::keywords;
use crate::graphql::context::Cx;
use crate::graphql::ids::id;
use crate::graphql::types::keyword::Keyword;

/// Part of the query type.
#[derive(Default)]
pub struct Keywords;

#[Object]
impl Keywords {
    /// The keywords of the libraries of which the viewer may see every asset, or of one of them; each library's by path, so that
    /// each comes right after what is above it.
    #[graphql(complexity = "200 + 20 * child_complexity")]
    async fn keywords(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only of this library.")] library_id: Option<ID>,
    ) -> async_graphql::Result<Vec<Keyword>> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let library = library_id.as_ref().map(id).transpose()?;
        Ok(keywords::list(cx, library).await?.into_iter().map(Keyword).collect())
    }
}
