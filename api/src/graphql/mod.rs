//! The GraphQL API: thin types over the domain, one door for each relation, limits in one place.

pub mod api;
pub mod batch;
pub mod codes;
pub mod column;
pub mod context;
pub mod document;
pub mod ids;
pub mod limits;
pub mod loaders;
pub mod mutation;
pub mod page;
pub mod query;
pub mod scalars;
pub mod subscription;
pub mod texts;
pub mod types;

use async_graphql::{Schema, SchemaBuilder};

use limits::Limits;
use mutation::Mutation;
use query::Query;
use subscription::Subscription;

/// The schema of this API.
pub type ApiSchema = Schema<Query, Mutation, Subscription>;

/// Builds the schema with everything that looks after it; `data` is added by each request.
pub fn schema(limits: Limits) -> ApiSchema {
    bare(limits).extension(codes::Codes).extension(limits).extension(texts::Texts).finish()
}

/// The schema without what looks after it.
fn bare(limits: Limits) -> SchemaBuilder<Query, Mutation, Subscription> {
    Schema::build(Query::default(), Mutation::default(), Subscription)
        .limit_recursive_depth(limits.nesting)
        .limit_directives(limits.directives)
        .disable_suggestions()
}

/// The schema in its own language, as committed in `schema.graphql`.
pub fn sdl() -> String {
    let options =
        async_graphql::SDLExportOptions::new().sorted_fields().sorted_arguments().sorted_enum_items();
    schema(Limits::DEFAULT).sdl_with_options(options)
}
