//! Searches that somebody keeps, and those they have made lately.

use async_graphql::{ID, Object, SimpleObject};
use store::Remembered;

use crate::graphql::scalars::Moment;

/// A search that the viewer keeps. Nobody else sees it, administrators included.
pub struct SavedSearch(pub store::SavedSearch);

/// A search that the viewer has made. Nobody else sees it, administrators included.
#[derive(Debug, Clone, SimpleObject)]
pub struct RememberedSearch {
    /// In the search language.
    pub text: String,
    /// When it was last made.
    pub used_at: Moment,
}

/// A search that the viewer keeps. Nobody else sees it, administrators included.
#[Object]
impl SavedSearch {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// What the viewer calls it; at most 100 letters.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// In the search language, as it was written: words such as `last-month` keep their meaning.
    async fn text(&self) -> &str {
        &self.0.text
    }

    /// When it was kept first.
    async fn created_at(&self) -> Moment {
        Moment(self.0.created_at)
    }

    /// When it was last made, as `searchRemember` was told; null if it has not been since it is kept.
    async fn used_at(&self) -> Option<Moment> {
        self.0.used_at.map(Moment)
    }
}

impl From<Remembered> for RememberedSearch {
    fn from(search: Remembered) -> Self {
        Self { text: search.text, used_at: Moment(search.used_at) }
    }
}
