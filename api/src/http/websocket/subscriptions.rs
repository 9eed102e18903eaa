//! What is answered to those who follow something.

use std::sync::Arc;

use async_graphql::parser::types::OperationType;
use async_graphql::{Data, ErrorExtensions, Executor, Pos, Request, Response as Answer};
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};

use crate::graphql::ApiSchema;

/// Only subscriptions, which end with their session. A query or mutation would still be answered to whoever it was
/// when the connection was made.
pub struct Subscriptions(pub ApiSchema);

impl Subscriptions {
    /// The answers to a request of somebody, as long as there are any.
    pub fn follow(&self, mut request: Request, data: Arc<Data>) -> BoxStream<'static, Answer> {
        if only_subscribes(&mut request) {
            Executor::execute_stream(&self.0, request, Some(data))
        } else {
            stream::once(async { refused() }).boxed()
        }
    }
}

/// Whether every operation of the document is a subscription. One that can't be read is left to the schema.
fn only_subscribes(request: &mut Request) -> bool {
    let Ok(document) = request.parsed_query() else { return true };
    document.operations.iter().all(|(_, operation)| operation.node.ty == OperationType::Subscription)
}

fn refused() -> Answer {
    let error = async_graphql::Error::new("only subscriptions go by WebSocket; send this by POST")
        .extend_with(|_, extensions| extensions.set("code", "REQUEST_INVALID"));
    Answer::from_errors(vec![error.into_server_error(Pos::default())])
}
