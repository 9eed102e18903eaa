//! What a request may cost, in one place.

use std::sync::Arc;
use std::time::Duration;

use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute, NextParseQuery};
use async_graphql::parser::types::{
    DocumentOperations, ExecutableDocument, OperationDefinition, Selection, SelectionSet,
};
use async_graphql::{ErrorExtensions, Response, ServerError, ServerResult, Variables};

/// Limits on one request. What exceeds one is refused before anything runs.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Levels of fields; the deepest sensible query has 9.
    pub depth: usize,
    /// Levels of nesting in the document's text.
    pub nesting: usize,
    /// Points: one a field, times the page size of each connection above it.
    pub cost: usize,
    /// Directives on one field.
    pub directives: usize,
    /// Fields at the top of all operations together, which is where aliases multiply work.
    pub roots: usize,
    /// Bytes of the document.
    pub document_bytes: usize,
    /// How long the answer may take, or each answer of a subscription.
    pub time: Duration,
}

impl Limits {
    /// What everybody gets.
    pub const DEFAULT: Self = Self {
        depth: 12,
        nesting: 32,
        cost: 30_000,
        directives: 5,
        roots: 30,
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
    async fn parse_query(
        &self,
        context: &ExtensionContext<'_>,
        query: &str,
        variables: &Variables,
        next: NextParseQuery<'_>,
    ) -> ServerResult<ExecutableDocument> {
        if query.len() > self.document_bytes {
            return Err(exceeded(format!("a document has at most {} bytes", self.document_bytes)));
        }
        let document = next.run(context, query, variables).await?;
        let operations: Vec<&OperationDefinition> = match &document.operations {
            DocumentOperations::Single(operation) => vec![&operation.node],
            DocumentOperations::Multiple(all) => all.values().map(|operation| &operation.node).collect(),
        };
        let mut roots = 0;
        for operation in operations {
            count(&operation.selection_set.node, &document, &mut roots, self.roots, 0);
        }
        if roots > self.roots {
            return Err(exceeded(format!("a request has at most {} fields at its top", self.roots)));
        }
        Ok(document)
    }

    async fn execute(
        &self,
        context: &ExtensionContext<'_>,
        operation: Option<&str>,
        next: NextExecute<'_>,
    ) -> Response {
        let answered = tokio::time::timeout(self.time, next.run(context, operation)).await;
        answered.unwrap_or_else(|_| {
            let words =
                format!("the answer took more than {} seconds; ask for less at once", self.time.as_secs());
            Response::from_errors(vec![exceeded(words)])
        })
    }
}

/// Counts the fields of a selection, through its fragments, until there are too many. Fragments that name each
/// other in a circle are refused by validation later; here they only must not hang.
fn count(set: &SelectionSet, document: &ExecutableDocument, found: &mut usize, most: usize, depth: usize) {
    for selection in &set.items {
        if *found > most || depth > 16 {
            return;
        }
        match &selection.node {
            Selection::Field(_) => *found += 1,
            Selection::InlineFragment(inline) => {
                count(&inline.node.selection_set.node, document, found, most, depth + 1);
            }
            Selection::FragmentSpread(spread) => {
                if let Some(fragment) = document.fragments.get(&spread.node.fragment_name.node) {
                    count(&fragment.node.selection_set.node, document, found, most, depth + 1);
                }
            }
        }
    }
}

fn exceeded(message: String) -> ServerError {
    let error = async_graphql::Error::new(message)
        .extend_with(|_, extensions| extensions.set("code", "LIMIT_EXCEEDED"));
    error.into_server_error(async_graphql::Pos::default())
}
