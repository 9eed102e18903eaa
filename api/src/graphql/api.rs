//! Who answers.
//!
//! The library asks every extension at each field of each row, which is a third of the work of a page, although none of
//! ours has anything to say there. So queries and mutations are answered by a schema without extensions, with the same
//! rules around it. What that one refuses for its size is shown to the schema with extensions, which says by how much.
//! Subscriptions have few fields: the latter answers them.
//!
//! Answers are boxed here, so that the code of all resolvers is made once, and not again by each program and test that asks.

use async_graphql::{Request, Response, ServerResult, Variables};
use futures_util::StreamExt;
use futures_util::future::BoxFuture;
use futures_util::stream::BoxStream;

use super::limits::Limits;
use super::{ApiSchema, bare, codes, schema, texts};

/// How the library refuses what is too large, in its own words.
const TOO_LARGE: [&str; 2] = ["Query is too complex.", "Query is nested too deep."];

/// Answers requests within limits. Cheap to clone.
#[derive(Clone)]
pub struct Api {
    quick: ApiSchema,
    full: ApiSchema,
    limits: Limits,
}

/// What of a request its refusal depends on.
struct Question {
    query: String,
    variables: Variables,
    operation: Option<String>,
}

impl Default for Api {
    fn default() -> Self {
        Self::within(Limits::DEFAULT)
    }
}

impl Api {
    /// Within limits of one's own.
    pub fn within(limits: Limits) -> Self {
        let quick = bare(limits).limit_depth(limits.depth).limit_complexity(limits.cost).finish();
        Self { quick, full: schema(limits), limits }
    }

    /// Answers a query or a mutation.
    pub fn execute(&self, request: Request) -> BoxFuture<'_, Response> {
        Box::pin(async move {
            let question = Question::of(&request);
            let answer = match self.checked(request) {
                Ok(request) => self.limits.in_time(self.quick.execute(request)).await,
                Err(error) => Response::from_errors(vec![error]),
            };
            if answer.errors.iter().any(|error| TOO_LARGE.contains(&error.message.as_str())) {
                return self.full.execute(question.again()).await;
            }
            codes::dressed(answer)
        })
    }

    /// Answers any operation, a subscription again and again.
    pub fn stream(&self, request: Request) -> BoxStream<'static, Response> {
        self.full.execute_stream(request).boxed()
    }

    /// The schema for those who bring their own data.
    pub fn schema(&self) -> &ApiSchema {
        &self.full
    }

    fn checked(&self, mut request: Request) -> ServerResult<Request> {
        self.limits.check(&mut request)?;
        texts::check(&mut request)?;
        Ok(request)
    }
}

impl Question {
    fn of(request: &Request) -> Self {
        let Request { query, variables, operation_name, .. } = request;
        Self { query: query.clone(), variables: variables.clone(), operation: operation_name.clone() }
    }

    fn again(self) -> Request {
        let request = Request::new(self.query).variables(self.variables);
        match self.operation {
            Some(name) => request.operation_name(name),
            None => request,
        }
    }
}
