//! Every error that leaves has a stable code.

use std::sync::Arc;

use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextRequest, NextSubscribe};
use async_graphql::{Response, Value};
use futures_util::StreamExt;
use futures_util::stream::BoxStream;

use crate::error::dress;

/// Puts codes on errors on their way out.
pub struct Codes;

impl ExtensionFactory for Codes {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_trait::async_trait]
impl Extension for Codes {
    async fn request(&self, context: &ExtensionContext<'_>, next: NextRequest<'_>) -> Response {
        dressed(next.run(context).await)
    }

    fn subscribe<'s>(
        &self,
        context: &ExtensionContext<'_>,
        stream: BoxStream<'s, Response>,
        next: NextSubscribe<'_>,
    ) -> BoxStream<'s, Response> {
        next.run(context, stream).map(dressed).boxed()
    }
}

/// An answer whose errors have codes.
pub fn dressed(mut response: Response) -> Response {
    response.errors.iter_mut().for_each(dress);
    response
}

/// Whether an answer refuses the request itself, of which nothing has run.
pub fn before_it_ran(response: &Response) -> bool {
    let nothing = response.data == Value::Null && response.is_err();
    nothing && response.errors.iter().all(|error| error.path.is_empty())
}
