//! All texts of a request, looked at once.

use std::convert::Infallible;
use std::sync::Arc;

use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextPrepareRequest};
use async_graphql::parser::types::{ExecutableDocument, Selection, SelectionSet};
use async_graphql::{Error, Pos, Request, ServerResult, Value};

use crate::error::ApiError;
use crate::text::storable;

/// Refuses requests with a text that can't be kept, in a variable or in the document, wherever it would go.
pub struct Texts;

impl ExtensionFactory for Texts {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_trait::async_trait]
impl Extension for Texts {
    async fn prepare_request(
        &self,
        context: &ExtensionContext<'_>,
        request: Request,
        next: NextPrepareRequest<'_>,
    ) -> ServerResult<Request> {
        // The others first: they bound what is looked at here.
        let mut request = next.run(context, request).await?;
        check(&mut request)?;
        Ok(request)
    }
}

/// Refuses a text that can't be kept.
pub fn check(request: &mut Request) -> ServerResult<()> {
    let refused = |error: ApiError| Error::from(error).into_server_error(Pos::default());
    request.variables.values().try_for_each(value).map_err(refused)?;
    document(request.parsed_query()?).map_err(refused)
}

/// All values that a document gives itself; those of variables are looked at on their own.
fn document(document: &ExecutableDocument) -> Result<(), ApiError> {
    let mut sets: Vec<&SelectionSet> = Vec::new();
    for (_, operation) in document.operations.iter() {
        let variables = operation.node.variable_definitions.iter();
        variables
            .filter_map(|variable| variable.node.default_value.as_ref())
            .try_for_each(|it| value(&it.node))?;
        sets.push(&operation.node.selection_set.node);
    }
    sets.extend(document.fragments.values().map(|fragment| &fragment.node.selection_set.node));
    while let Some(set) = sets.pop() {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => {
                    for (_, argument) in &field.node.arguments {
                        let Ok(given) =
                            argument.node.clone().into_const_with(|_| Ok::<_, Infallible>(Value::Null));
                        value(&given)?;
                    }
                    sets.push(&field.node.selection_set.node);
                }
                Selection::InlineFragment(inline) => sets.push(&inline.node.selection_set.node),
                // Each fragment is looked at once, above.
                Selection::FragmentSpread(_) => {}
            }
        }
    }
    Ok(())
}

fn value(given: &Value) -> Result<(), ApiError> {
    match given {
        Value::String(text) if is_forged(text) => {
            Err(ApiError::Invalid("a file comes by a multipart request, not as a text".to_owned()))
        }
        Value::String(text) => storable(text),
        Value::List(values) => values.iter().try_for_each(value),
        Value::Object(fields) => fields.values().try_for_each(value),
        _ => Ok(()),
    }
}

/// The library writes this where a file stands, and takes for granted that it did.
fn is_forged(text: &str) -> bool {
    text.strip_prefix("#__graphql_file__:").is_some_and(|number| number.parse::<usize>().is_err())
}
