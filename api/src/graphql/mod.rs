//! The GraphQL API: thin types over the domain, one door for each relation, limits in one place.

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

use async_graphql::Schema;

use limits::Limits;

/// The schema of this API.
pub type ApiSchema = Schema<query::Query, mutation::Mutation, subscription::Subscription>;

/// Builds the schema; `data` is added by each request.
pub fn schema() -> ApiSchema {
    schema_within(Limits::DEFAULT)
}

/// The schema within limits of one's own.
pub fn schema_within(limits: Limits) -> ApiSchema {
    Schema::build(query::Query::default(), mutation::Mutation::default(), subscription::Subscription)
        .limit_recursive_depth(limits.nesting)
        .limit_directives(limits.directives)
        .extension(codes::Codes)
        .extension(limits)
        .extension(texts::Texts)
        .disable_suggestions()
        .finish()
}

/// The schema in its own language, as committed in `schema.graphql`.
pub fn sdl() -> String {
    let options =
        async_graphql::SDLExportOptions::new().sorted_fields().sorted_arguments().sorted_enum_items();
    schema().sdl_with_options(options)
}
