//! Who is asking, and what server this is.

use async_graphql::{Context, Object, SimpleObject};

use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::scalars::Long;
use crate::graphql::types::user::Viewer;

/// Part of the query type.
#[derive(Default)]
pub struct Root;

/// What this server is. Readable by anyone.
#[derive(Debug, Clone, SimpleObject)]
pub struct Server {
    /// Always `Tessera`.
    pub name: &'static str,
    /// Of the program.
    pub version: &'static str,
    /// True until the first account exists.
    pub needs_setup: bool,
    /// Largest file that may be uploaded, in bytes.
    pub upload_max_bytes: Long,
}

#[Object]
impl Root {
    /// Who is asking; null when nobody is signed in.
    async fn viewer(&self, context: &Context<'_>) -> async_graphql::Result<Option<Viewer>> {
        Ok(Cx::of(context)?.user().ok().cloned().map(Viewer))
    }

    /// What this server is, and whether it needs its first account. Readable by anyone.
    async fn server(&self, context: &Context<'_>) -> async_graphql::Result<Server> {
        let cx = Cx::of(context)?;
        Ok(Server {
            name: "Tessera",
            version: boot::version(),
            needs_setup: cx.app.store.needs_setup().await.map_err(ApiError::from)?,
            upload_max_bytes: Long(i64::try_from(cx.app.settings.upload_max_bytes).unwrap_or(i64::MAX)),
        })
    }
}
