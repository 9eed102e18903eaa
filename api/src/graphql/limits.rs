//! What a request may cost, in one place.

use std::sync::Arc;
use std::time::Duration;

use async_graphql::extensions::{
    Extension, ExtensionContext, ExtensionFactory, NextExecute, NextPrepareRequest, NextValidation,
};
use async_graphql::parser::types::ExecutableDocument;
use async_graphql::{ErrorExtensions, Request, Response, ServerError, ServerResult, ValidationResult};

use super::document::{Endless, measure};

/// Lists of introspection within each other: one says what every type has, the next would multiply.
const MOST_TYPE_LISTS: usize = 1;

/// Limits on one request. What exceeds one is refused before anything runs. Each catches what the others let through:
/// cost is what an answer weighs, depth and nesting how far it reaches, aliases and selections how often the same is
/// asked again.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Levels of fields; the deepest sensible query has 9, and tools ask for the schema with 15.
    pub depth: usize,
    /// Levels of nesting in the document's text.
    pub nesting: usize,
    /// Points: one for each field of each row of a page; lists of plain values and bytes cost a point for about ten
    /// values or a kilobyte.
    pub cost: usize,
    /// Directives on one field.
    pub directives: usize,
    /// Fields at the top of all operations together: each is a question of its own.
    pub roots: usize,
    /// Fields and fragments in all, each fragment as often as it is named.
    pub selections: usize,
    /// Fields under another name, anywhere: only by them the same can be in an answer twice.
    pub aliases: usize,
    /// Bytes of the document.
    pub document_bytes: usize,
    /// How long the answer may take, or each answer of a subscription.
    pub time: Duration,
}

impl Limits {
    /// What everybody gets.
    pub const DEFAULT: Self = Self {
        depth: 15,
        nesting: 32,
        cost: 30_000,
        directives: 5,
        roots: 30,
        selections: 1_000,
        aliases: 30,
        document_bytes: 65_536,
        time: Duration::from_secs(60),
    };
}

impl ExtensionFactory for Limits {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(*self)
    }
}

#[async_trait::async_trait]
impl Extension for Limits {
    /// Before the library itself looks at the document: its own walk follows every fragment each time it is named.
    async fn prepare_request(
        &self,
        context: &ExtensionContext<'_>,
        mut request: Request,
        next: NextPrepareRequest<'_>,
    ) -> ServerResult<Request> {
        self.check(&mut request)?;
        next.run(context, request).await
    }

    async fn validation(
        &self,
        context: &ExtensionContext<'_>,
        next: NextValidation<'_>,
    ) -> Result<ValidationResult, Vec<ServerError>> {
        let found = next.run(context).await?;
        if found.depth > self.depth {
            let words = format!("fields are at most {} levels deep; these are {}", self.depth, found.depth);
            return Err(vec![exceeded(words)]);
        }
        if found.complexity > self.cost {
            let words = format!(
                "a request costs at most {} points, and this one {}; ask for smaller pages or fewer fields",
                self.cost, found.complexity
            );
            return Err(vec![exceeded(words)]);
        }
        Ok(found)
    }

    async fn execute(
        &self,
        context: &ExtensionContext<'_>,
        operation: Option<&str>,
        next: NextExecute<'_>,
    ) -> Response {
        self.in_time(next.run(context, operation)).await
    }
}

impl Limits {
    /// Refuses a document that is too large by what can be seen of it before anything walks it.
    pub fn check(&self, request: &mut Request) -> ServerResult<()> {
        if request.query.len() > self.document_bytes {
            return Err(exceeded(format!("a document has at most {} bytes", self.document_bytes)));
        }
        self.check_document(request.parsed_query()?)
    }

    /// An answer, or that it took too long.
    pub async fn in_time(&self, answer: impl Future<Output = Response>) -> Response {
        let answered = tokio::time::timeout(self.time, answer).await;
        answered.unwrap_or_else(|_| {
            let words =
                format!("the answer took more than {} seconds; ask for less at once", self.time.as_secs());
            Response::from_errors(vec![exceeded(words)])
        })
    }

    fn check_document(&self, document: &ExecutableDocument) -> ServerResult<()> {
        let size = measure(document, self.nesting).map_err(|endless| match endless {
            Endless::Circle => ServerError::new("fragments name each other in a circle", None),
            Endless::Nested => exceeded(format!("a document is nested at most {} deep", self.nesting)),
        })?;
        for (found, most, what) in [
            (size.roots, self.roots, "fields at its top"),
            (size.selections, self.selections, "fields in all"),
            (size.aliases, self.aliases, "aliases in all"),
            (size.type_lists, MOST_TYPE_LISTS, "list of the schema's within another"),
        ] {
            if found > most {
                return Err(exceeded(format!("a request has at most {most} {what}")));
            }
        }
        Ok(())
    }
}

fn exceeded(message: String) -> ServerError {
    let error = async_graphql::Error::new(message)
        .extend_with(|_, extensions| extensions.set("code", "LIMIT_EXCEEDED"));
    error.into_server_error(async_graphql::Pos::default())
}
