//! Assets and the work on them.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject, Upload};
use domain::{AssetId, LibraryId};
use store::Inserted;

use crate::actions::jobs;
use crate::actions::uploads::{self, Incoming};
use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::ids::{id, ids};
use crate::graphql::scalars::Moment;
use crate::graphql::types::asset::Asset;
use crate::graphql::types::user_error::{UserError, UserErrorCode};

/// Part of the mutation type.
#[derive(Default)]
pub struct Content;

/// A file to store.
#[derive(InputObject)]
pub struct AssetUploadInput {
    /// Where it is to go.
    library_id: ID,
    /// The file.
    file: Upload,
    /// The file's own modification time.
    modified_at: Option<Moment>,
}

/// The stored asset, or why there is none.
#[derive(SimpleObject)]
pub struct AssetUploadPayload {
    /// It, new or not.
    asset: Option<Asset>,
    /// The library had this content already.
    duplicate: bool,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

/// What to run again.
#[derive(InputObject)]
pub struct JobsRetryInput {
    /// The buried stages of these assets; of all that the viewer may without it. At most 500.
    asset_ids: Option<Vec<ID>>,
}

/// What is run again.
#[derive(SimpleObject)]
pub struct JobsRetryPayload {
    /// Stages.
    retried: i32,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

#[Object]
impl Content {
    /// Stores one small file (up to 100 MB), by a GraphQL multipart request with the header `GraphQL-Require-Preflight: 1`.
    /// Larger ones, and many, go to `/upload` by tus.
    async fn asset_upload(
        &self,
        context: &Context<'_>,
        input: AssetUploadInput,
    ) -> async_graphql::Result<AssetUploadPayload> {
        let cx = Cx::of(context)?;
        let library: LibraryId = id(&input.library_id)?;
        let file = cx.file()?;
        let incoming =
            Incoming { library, name: file.name.clone(), modified_at: input.modified_at.map(|at| at.0) };
        match uploads::store_small(&cx.app, &cx.auth, &incoming, &file.content).await {
            Ok(inserted) => {
                let asset = cx.loader.load_one(inserted.asset()).await?.map(Asset);
                let duplicate = matches!(inserted, Inserted::Duplicate(_));
                Ok(AssetUploadPayload { asset, duplicate, user_errors: Vec::new() })
            }
            Err(error) => {
                let (code, field) = match &error {
                    ApiError::NoSpace => (UserErrorCode::NoSpace, None),
                    ApiError::QuotaExceeded => (UserErrorCode::QuotaExceeded, None),
                    ApiError::NotFound => (UserErrorCode::NotFound, None),
                    ApiError::NotMedia(_) => (UserErrorCode::NotMedia, Some("file".to_owned())),
                    _ => return Err(error.into()),
                };
                let user_errors = vec![UserError { code, field, message: error.to_string() }];
                Ok(AssetUploadPayload { asset: None, duplicate: false, user_errors })
            }
        }
    }

    /// Runs buried stages again.
    async fn jobs_retry(
        &self,
        context: &Context<'_>,
        input: JobsRetryInput,
    ) -> async_graphql::Result<JobsRetryPayload> {
        let cx = Cx::of(context)?;
        let assets: Option<Vec<AssetId>> =
            input.asset_ids.as_deref().map(|given| ids(given, 500)).transpose()?;
        let retried = jobs::retry(&cx.app, &cx.auth, assets.as_deref()).await?;
        Ok(JobsRetryPayload { retried: i32::try_from(retried).unwrap_or(i32::MAX), user_errors: Vec::new() })
    }
}
