//! Who is asking, and what server this is.

use async_graphql::{Context, Object, SimpleObject};

use crate::actions::pushes;
use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::scalars::Long;
use crate::graphql::types::user::Viewer;
use crate::http::ground;

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
    /// Whether it sends e-mail: notifications, invitations, and links to set a new password.
    pub sends_mail: bool,
    /// What browsers need to know to be told while the app is closed, in base64url; null where this server does not do so yet.
    pub push_key: Option<String>,
    /// Where the PMTiles file lies that is the map's ground; it is asked for in ranges. Null where none is set, and for
    /// those who are not signed in.
    pub map_pmtiles: Option<&'static str>,
    /// The MapLibre style on another server that is the map's ground: that server learns what is looked at. Null where none
    /// is set, and for those who are not signed in.
    pub map_style_url: Option<String>,
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
        // An address may have a key in it, and who is not signed in has no map.
        let settings = cx.user().ok().map(|_| &cx.app.settings);
        let pmtiles = settings.and_then(|settings| settings.map_pmtiles.as_ref());
        let style = settings.and_then(|settings| settings.map_style_url.as_ref());
        Ok(Server {
            name: "Tessera",
            version: boot::version(),
            needs_setup: cx.app.store.needs_setup().await.map_err(ApiError::from)?,
            upload_max_bytes: Long(i64::try_from(cx.app.settings.upload_max_bytes).unwrap_or(i64::MAX)),
            sends_mail: cx.app.settings.smtp_url.is_some(),
            push_key: pushes::key(&cx.app).await?,
            map_pmtiles: pmtiles.map(|_| ground::ADDRESS),
            map_style_url: style.map(|style| style.as_str().to_owned()),
        })
    }
}
