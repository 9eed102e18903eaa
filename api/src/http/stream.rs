//! Films to be streamed in the size that a connection carries (HLS). The indexer makes them when somebody asks; what
//! there is so far can be played meanwhile.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use domain::AssetId;
use domain::film::playlist;
use domain::job::Priority;
use files::{FilesError, Index, Stream};
use store::{Source, Streaming};
use tokio::time::Instant;

use super::ranged::{self, Described};
use super::{film, media};
use crate::app::App;
use crate::auth::Auth;
use crate::error::ApiError;

/// How long an answer waits for the first fragment.
const PATIENCE: Duration = Duration::from_secs(8);
/// How often it looks meanwhile.
const LOOK: Duration = Duration::from_millis(200);
/// Seconds after which a player may ask again.
const AGAIN_S: u64 = 2;

/// What is asked for, by its name below `hls/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// `master.m3u8`
    Master,
    /// `720.m3u8`
    Playlist(u32),
    /// `720.mp4`
    Film(u32),
}

/// `GET /media/{asset}/hls/{file}`: the list of sizes (`master.m3u8`), the list of one size's fragments (`720.m3u8`), or
/// that size itself (`720.mp4`). Who asks for a list has the film made, if it isn't yet.
pub async fn get(
    State(app): State<App>,
    auth: Auth,
    Path((asset, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    auth.user()?;
    answer(&app, &auth, &asset, &file, &headers).await
}

/// The same for whoever may see the film.
pub async fn answer(
    app: &App,
    auth: &Auth,
    asset: &str,
    file: &str,
    headers: &HeaderMap,
) -> Result<Response, ApiError> {
    let asset: AssetId = asset.parse().map_err(|_| ApiError::NotFound)?;
    let wanted = Wanted::read(file).ok_or(ApiError::NotFound)?;
    if !app.may_see(&auth.viewer, asset).await? || app.settings.stream_cache_gb == 0 {
        return Err(ApiError::NotFound);
    }
    let source = app.store.source(asset).await?.ok_or(ApiError::NotFound)?;
    let (stream, index) = there(app, &source).await?;
    let response = match wanted {
        Wanted::Master => text(playlist::master(&index.rungs()), index.is_whole()),
        Wanted::Playlist(side) => {
            let size = index.size(side).ok_or(ApiError::NotFound)?;
            text(playlist::media(&size.rung()), index.is_whole())
        }
        Wanted::Film(side) => send(stream, &index, side, &source, headers).await?,
    };
    media::sealed(app, auth, asset, response).await
}

/// The address of a film's list of sizes.
pub fn address(asset: AssetId) -> String {
    format!("/media/{asset}/hls/master.m3u8")
}

/// What there is of a stream; waits a while for the first of it.
async fn there(app: &App, source: &Source) -> Result<(Stream, Arc<Index>), ApiError> {
    let until = Instant::now() + PATIENCE;
    loop {
        let found = look(app, source).await?;
        if let Some((stream, index)) = found {
            if !index.is_whole() {
                // Somebody may have stopped it, or forgotten it.
                ask(app, source.asset).await?;
            }
            return Ok((stream, index));
        }
        ask(app, source.asset).await?;
        if Instant::now() >= until {
            return Err(ApiError::NotYet(AGAIN_S));
        }
        tokio::time::sleep(LOOK).await;
    }
}

async fn look(app: &App, source: &Source) -> Result<Option<(Stream, Arc<Index>)>, ApiError> {
    let streams = app.files.streams();
    let Some(stream) = streams.open(source.asset, &source.hash.blake3).await? else { return Ok(None) };
    match stream.index(app.cache.streams.get(&source.asset)).await {
        Ok(Some(index)) => {
            app.cache.streams.insert(source.asset, Arc::clone(&index));
            Ok(Some((stream, index)))
        }
        Ok(None) => Ok(None),
        Err(error @ FilesError::Damaged { .. }) if stream.whole => {
            // What is derived and damaged is made again from the original (law 1).
            tracing::warn!(%error, asset.id = %source.asset, "a stream is made again");
            streams.remove(source.asset, None).await?;
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

/// Has it made, unless that is known to fail.
async fn ask(app: &App, asset: AssetId) -> Result<(), ApiError> {
    match app.store.ask_for_stream(asset).await? {
        None => Err(ApiError::NotFound),
        Some(Streaming::Pending) => Ok(()),
        Some(Streaming::Buried(_)) => Err(ApiError::NoStream),
        Some(Streaming::Asked(job)) => {
            // The sweeper finds it, too, if the bell is not heard.
            if let Err(error) = app.queue.ring(&[job], Priority::Fresh).await {
                tracing::warn!(%error, "could not ring for a film to be streamed; the sweeper will find it");
            }
            Ok(())
        }
    }
}

/// Sends of one size what never changes any more, or what of that was asked for.
async fn send(
    stream: Stream,
    index: &Index,
    side: u32,
    source: &Source,
    headers: &HeaderMap,
) -> Result<Response, ApiError> {
    let size = index.size(side).ok_or(ApiError::NotFound)?;
    let name = film::name(source);
    let described = Described {
        etag: format!("\"{}-{side}-{}\"", source.asset, stream.made),
        media_type: "video/mp4",
        inline: true,
        name: &name,
    };
    if index.is_whole()
        && let Some(response) = ranged::known(&described, headers)?
    {
        return Ok(response);
    }
    let mut opened = stream.take(side).ok_or(ApiError::NotFound)?;
    opened.size = size.end();
    let mut response = ranged::send(opened, &described, headers).await?;
    if !index.is_whole() {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    Ok(response)
}

fn text(playlist: String, whole: bool) -> Response {
    let mut response = Response::new(playlist.into());
    let set = response.headers_mut();
    set.insert(header::CONTENT_TYPE, HeaderValue::from_static(playlist::MEDIA_TYPE));
    let caching = if whole { "private, no-cache" } else { "no-store" };
    set.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    response
}

impl Wanted {
    fn read(file: &str) -> Option<Self> {
        let (name, ending) = file.split_once('.')?;
        if file == "master.m3u8" {
            return Some(Self::Master);
        }
        let side: u32 = name.parse().ok().filter(|side: &u32| side.to_string() == name)?;
        match ending {
            "m3u8" => Some(Self::Playlist(side)),
            "mp4" => Some(Self::Film(side)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Wanted;

    #[test]
    fn nothing_but_lists_and_sizes_is_known() {
        assert_eq!(Wanted::read("master.m3u8"), Some(Wanted::Master));
        assert_eq!(Wanted::read("720.m3u8"), Some(Wanted::Playlist(720)));
        assert_eq!(Wanted::read("720.mp4"), Some(Wanted::Film(720)));
        for other in
            ["", "master", "master.mp4", "0720.mp4", "+720.mp4", "720.mp4.part", "asked", "../720.mp4"]
        {
            assert_eq!(Wanted::read(other), None, "{other}");
        }
    }
}
