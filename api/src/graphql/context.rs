//! What a resolver can ask for: the app, who is asking, and the loaders of this request.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_graphql::Context;
use async_graphql::dataloader::DataLoader;
use axum::http::HeaderValue;
use domain::LibraryId;
use domain::access::{UserViewer, Viewer};
use futures_util::future::BoxFuture;

use super::batch::{Loads, loads};
use super::loaders::Loader;
use crate::app::App;
use crate::auth::Auth;
use crate::error::ApiError;

/// The data of one request.
pub struct Cx {
    /// Shared handles.
    pub app: App,
    /// Who is asking.
    pub auth: Auth,
    /// One query per kind of relation, not one per row. Scoped to this request, so that nothing is shared
    /// between viewers.
    pub loader: DataLoader<Loader>,
    /// A cookie to set with the answer.
    pub cookie: Arc<Mutex<Option<HeaderValue>>>,
}

impl Cx {
    /// The data of a request by this viewer, whose loads run by themselves.
    pub fn new(app: App, auth: Auth) -> Self {
        Self::loading(app, auth, |load| drop(tokio::spawn(load)))
    }

    /// The data of a request by this viewer, and the loads that are to be run with it.
    pub fn with_loads(app: App, auth: Auth) -> (Self, Loads) {
        let (begin, loads) = loads();
        (Self::loading(app, auth, begin), loads)
    }

    fn loading(app: App, auth: Auth, begin: impl Fn(BoxFuture<'static, ()>) + Send + Sync + 'static) -> Self {
        let loader = Loader { app: app.clone(), viewer: auth.viewer.clone() };
        let loader = DataLoader::new(loader, begin).delay(Duration::ZERO);
        Self { app, auth, loader, cookie: Arc::default() }
    }

    /// The data of the request that is being resolved.
    pub fn of<'a>(context: &Context<'a>) -> Result<&'a Self, ApiError> {
        context.data::<Self>().map_err(|_| ApiError::Internal(anyhow::anyhow!("a request without its data")))
    }

    /// The person, or the error that says to sign in.
    pub fn user(&self) -> Result<&UserViewer, ApiError> {
        self.auth.user()
    }

    /// Who is asking.
    pub fn viewer(&self) -> &Viewer {
        &self.auth.viewer
    }

    /// The libraries that the person may read.
    pub async fn libraries(&self) -> Result<Arc<[LibraryId]>, ApiError> {
        self.user()?;
        self.app.libraries(self.viewer()).await
    }

    /// Sends a cookie along with the answer.
    pub fn set_cookie(&self, cookie: Option<HeaderValue>) {
        if let Ok(mut place) = self.cookie.lock() {
            *place = cookie;
        }
    }
}
