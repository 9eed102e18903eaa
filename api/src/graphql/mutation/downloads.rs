//! Archives of originals.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use crate::actions::downloads::{self, Ready, Wanted, With};
use crate::actions::filters::{self, AssetFilter};
use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::ids::{id, ids};
use crate::graphql::scalars::{Long, Moment};
use crate::graphql::types::user_error::{UserError, UserErrorCode};
use crate::http::download;

use super::deeds::number;

/// Most originals that are named one by one.
const MOST_NAMED: usize = 10_000;

/// Part of the mutation type.
#[derive(Default)]
pub struct Downloads;

/// Which originals: these, or all that a filter finds, or all that an album shows.
#[derive(InputObject)]
pub struct DownloadCreateInput {
    /// These, at most 10,000.
    asset_ids: Option<Vec<ID>>,
    /// All that this finds, at most 100,000.
    filter: Option<AssetFilter>,
    /// All that this album shows, and those that lie in it; at most 100,000.
    album_id: Option<ID>,
    /// With what is stacked beneath them: raws, films of Live Photos, the others of a burst.
    #[graphql(default)]
    stacked: bool,
    /// With what is told of each, as an XMP sidecar.
    #[graphql(default)]
    sidecars: bool,
}

/// An archive that may be fetched.
#[derive(SimpleObject)]
pub struct Download {
    /// Where it is fetched, by the session or key that asked, as one zip archive. Access is asked again while it is sent: what
    /// was taken away meanwhile breaks it off. What can't be read is named in a text at its end.
    address: String,
    /// What it is called.
    name: String,
    /// How many originals.
    count: i32,
    /// Bytes of the originals.
    bytes: Long,
    /// Until when it may be begun.
    expires_at: Moment,
}

/// Where the archive is fetched, or why there is none.
#[derive(SimpleObject)]
pub struct DownloadCreatePayload {
    /// The archive.
    download: Option<Download>,
    /// What a person can do something about.
    user_errors: Vec<UserError>,
}

#[Object]
impl Downloads {
    /// Gathers originals that the viewer may download into one archive, which is made while it is fetched. What is in the
    /// locked folder is never among them.
    async fn download_create(
        &self,
        context: &Context<'_>,
        input: DownloadCreateInput,
    ) -> async_graphql::Result<DownloadCreatePayload> {
        let cx = Cx::of(context)?;
        cx.user()?;
        let (field, wanted) = match (&input.asset_ids, &input.filter, &input.album_id) {
            (Some(given), None, None) => ("assetIds", Wanted::These(ids(given, MOST_NAMED)?)),
            (None, Some(filter), None) => ("filter", Wanted::Found(filters::whole(filter, &cx.app.clock())?)),
            (None, None, Some(album)) => ("albumId", Wanted::Album(id(album)?)),
            _ => {
                let words = "say either which assets, or what finds them, or which album shows them";
                return Err(ApiError::Invalid(words.to_owned()).into());
            }
        };
        let with = With { stacked: input.stacked, sidecars: input.sidecars };
        let (code, words) = match downloads::create(cx, wanted, with).await {
            Ok(ready) => return Ok(DownloadCreatePayload::from(ready)),
            Err(ApiError::NotFound) => (UserErrorCode::NotFound, ApiError::NotFound.to_string()),
            Err(ApiError::Invalid(words)) => (UserErrorCode::Invalid, words),
            Err(error) => return Err(error.into()),
        };
        let user_errors = vec![UserError::of(field, code, words)];
        Ok(DownloadCreatePayload { download: None, user_errors })
    }
}

impl From<Ready> for DownloadCreatePayload {
    fn from(ready: Ready) -> Self {
        let download = Download {
            address: download::address(&ready.ticket),
            name: ready.name,
            count: number(ready.count),
            bytes: Long(ready.bytes),
            expires_at: Moment(ready.until),
        };
        Self { download: Some(download), user_errors: Vec::new() }
    }
}
