//! What a resolver can ask for: the app, who is asking, and the loaders of this request.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_graphql::Context;
use async_graphql::dataloader::DataLoader;
use axum::http::HeaderValue;
use domain::LibraryId;
use domain::access::{UserViewer, Viewer};
use futures_util::future::BoxFuture;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::batch::{Loads, loads};
use super::loaders::Loader;
use crate::app::App;
use crate::auth::Auth;
use crate::error::ApiError;
use crate::http::multipart::SentFile;

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
    /// What came with the request.
    file: Option<SentFile>,
    /// How much more may be followed by this request, or by this socket.
    permits: Arc<Semaphore>,
}

/// Subscriptions of one socket at once.
const MOST_FOLLOWED: usize = 20;
const TOO_MUCH_FOLLOWED: &str = "a connection follows at most 20 things at once: end one, then try again";

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
        let permits = Arc::new(Semaphore::new(MOST_FOLLOWED));
        Self { app, auth, loader, cookie: Arc::default(), file: None, permits }
    }

    /// With a file that came along.
    pub fn with_file(self, file: Option<SentFile>) -> Self {
        Self { file, ..self }
    }

    /// The file that came with the request.
    pub fn file(&self) -> Result<&SentFile, ApiError> {
        let words = "no file came with the request: send it as a GraphQL multipart request";
        self.file.as_ref().ok_or_else(|| ApiError::Invalid(words.to_owned()))
    }

    /// Leave to follow one more thing by this socket, as long as it is kept.
    pub fn permit(&self) -> Result<OwnedSemaphorePermit, ApiError> {
        Arc::clone(&self.permits).try_acquire_owned().map_err(|_| ApiError::TooMany(TOO_MUCH_FOLLOWED))
    }

    /// The data of the request that is being resolved.
    pub fn of<'a>(context: &Context<'a>) -> Result<&'a Self, ApiError> {
        context.data::<Self>().map_err(|_| ApiError::Internal(anyhow::anyhow!("a request without its data")))
    }

    /// The person, or the error that says to sign in.
    pub fn user(&self) -> Result<&UserViewer, ApiError> {
        self.auth.user()
    }

    /// The person, signed in themselves, or the error that says so.
    pub fn person(&self) -> Result<&UserViewer, ApiError> {
        Ok(self.auth.person()?.0)
    }

    /// Who is asking.
    pub fn viewer(&self) -> &Viewer {
        &self.auth.viewer
    }

    /// The libraries that the person may know of as a member.
    pub async fn libraries(&self) -> Result<Arc<[LibraryId]>, ApiError> {
        self.user()?;
        self.app.libraries(self.viewer()).await
    }

    /// The libraries of which the person may see every asset.
    pub async fn whole_libraries(&self) -> Result<Arc<[LibraryId]>, ApiError> {
        self.user()?;
        Ok(self.app.readable(self.viewer()).await?.whole)
    }

    /// The libraries whose timeline is the person's.
    pub async fn timeline_libraries(&self) -> Result<Arc<[LibraryId]>, ApiError> {
        self.user()?;
        Ok(self.app.readable(self.viewer()).await?.timeline)
    }

    /// Sends a cookie along with the answer.
    pub fn set_cookie(&self, cookie: Option<HeaderValue>) {
        if let Ok(mut place) = self.cookie.lock() {
            *place = cookie;
        }
    }
}
