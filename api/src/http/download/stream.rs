//! An archive, part by part: one file is open at a time, and a quarter of a megabyte of it in memory.

use std::collections::HashMap;

use axum::body::Bytes;
use chrono::{NaiveDateTime, Utc};
use domain::AssetId;
use domain::access::UserViewer;
use domain::asset::Asset;
use domain::sidecar::xmp;
use files::Opened;
use futures_util::{Stream, StreamExt};
use store::Download;
use tokio_util::io::ReaderStream;

use super::gate::Gate;
use super::names::Names;
use super::zip::{Entry, Zip};
use crate::app::App;
use crate::error::ApiError;
use crate::http::original;

/// Bytes of a file that are read at once.
const PART: usize = 256 << 10;
/// Assets that are looked up together.
const TOGETHER: usize = 100;
/// The file that names what is missing.
const MISSING: &str = "What is missing here.txt";

/// The archive. It breaks off, without the directory that would make it whole, when the person is signed out or may not have
/// something any more; what is not there any more or can't be read is left out, and named in a text at the end.
pub fn archive(
    app: App,
    user: UserViewer,
    download: Download,
) -> impl Stream<Item = Result<Bytes, ApiError>> + Send + use<> {
    async_stream::try_stream! {
        let (mut zip, mut names, mut missing) = (Zip::default(), Names::default(), String::new());
        let mut gate = Gate::new(app.clone(), user);
        for some in download.assets.chunks(TOGETHER) {
            let mut found = look_up(&app, some).await?;
            let said = if download.sidecars { app.store.said_of_many(some).await? } else { HashMap::new() };
            for asset in some {
                let Some(about) = found.remove(asset) else {
                    missing.push_str("a photo or film that was deleted meanwhile\r\n");
                    continue;
                };
                gate.pass(*asset).await.map_err(broken_off)?;
                let opened = match open(&app, *asset).await.map_err(broken_off)? {
                    Ok(opened) => opened,
                    Err(why) => {
                        missing.push_str(&format!("{}: {why}\r\n", about.name));
                        continue;
                    }
                };
                let name = names.unique(&about.name);
                let (mut entry, header) = zip.begin(name.clone(), opened.size, written_at(&about));
                yield Bytes::from(header);
                let mut parts = ReaderStream::with_capacity(tokio::fs::File::from_std(opened.file), PART);
                while let Some(part) = parts.next().await {
                    let part = part.map_err(|error| broken_off(ApiError::Internal(error.into())))?;
                    gate.pass(*asset).await.map_err(broken_off)?;
                    if !entry.take(&part) {
                        Err(spoilt())?;
                    }
                    yield part;
                }
                yield end(&mut zip, entry)?;
                if download.sidecars {
                    let text = xmp::write(&about, said.get(asset));
                    let name = names.unique(&format!("{name}.xmp"));
                    yield whole(&mut zip, name, text.as_bytes(), written_at(&about))?;
                }
            }
        }
        if !missing.is_empty() {
            let name = names.unique(MISSING);
            yield whole(&mut zip, name, missing.as_bytes(), Utc::now().naive_utc())?;
        }
        yield Bytes::from(zip.finish());
    }
}

const GONE: &str = "the file is not there any more";

/// The original, or why it can't be read.
async fn open(app: &App, asset: AssetId) -> Result<Result<Opened, &'static str>, ApiError> {
    let Some(source) = app.store.source(asset).await? else { return Ok(Err(GONE)) };
    match original::open(app, &source).await {
        Ok(opened) => Ok(Ok(opened)),
        Err(ApiError::Unavailable(why)) => Ok(Err(why)),
        Err(error) => Err(error),
    }
}

async fn look_up(app: &App, some: &[AssetId]) -> Result<HashMap<AssetId, Asset>, ApiError> {
    let found = app.store.assets_by_ids(some).await?;
    Ok(found.into_iter().map(|asset| (asset.id, asset)).collect())
}

/// The wall clock where it was taken: what a person expects to read beside the name.
fn written_at(asset: &Asset) -> NaiveDateTime {
    asset.taken.as_ref().map_or_else(|| asset.added_at.naive_utc(), |taken| taken.local)
}

/// A small file, with all that stands around it.
fn whole(zip: &mut Zip, name: String, content: &[u8], at: NaiveDateTime) -> Result<Bytes, ApiError> {
    let (mut entry, mut out) = zip.begin(name, content.len() as u64, at);
    entry.take(content);
    out.extend_from_slice(content);
    out.extend_from_slice(&end(zip, entry)?);
    Ok(Bytes::from(out))
}

fn end(zip: &mut Zip, entry: Entry) -> Result<Bytes, ApiError> {
    zip.end(entry).map(Bytes::from).ok_or_else(spoilt)
}

/// Nothing that was sent can be taken back.
fn spoilt() -> ApiError {
    broken_off(ApiError::Unavailable("a file was changed while it was being sent"))
}

/// The client only sees that the line was cut: here it is told why.
fn broken_off(error: ApiError) -> ApiError {
    tracing::warn!(error = ?error, "a download was broken off");
    error
}
