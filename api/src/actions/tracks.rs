//! Tracks that people send, and the positions that they give to assets.

use chrono::{DateTime, TimeDelta, Utc};
use domain::access::Permission;
use domain::filter::Filter;
use domain::metadata::Position;
use domain::track::{self, Fix, Track};
use domain::{AssetId, EditId};
use files::Received;
use store::{TakenAt, TakenWithin, TimelineSpan};

use super::{edits, may_all};
use crate::error::ApiError;
use crate::graphql::context::Cx;

/// Most assets of a preview.
pub const MOST_SHOWN: usize = 5_000;
/// Most assets that are placed at once: each is a dozen statements of one transaction, and others wait for its end.
pub const MOST_PLACED: usize = 1_000;
/// Most assets that are held against a track.
const MOST_LOOKED_AT: i64 = 100_000;
/// The furthest that a clock on a wall is from UTC.
const MOST_OFFSET: TimeDelta = TimeDelta::hours(14);

/// Which assets a track is to place, and how.
pub struct Wanted {
    /// Added to the time of each asset.
    pub shift: TimeDelta,
    /// How far in time the next point may be.
    pub gap: TimeDelta,
    /// Only those that have no position.
    pub only_without_position: bool,
    /// Which.
    pub which: Which,
}

/// Which assets, of those that the viewer may change.
pub enum Which {
    /// All.
    All,
    /// What a filter finds.
    Found(Filter),
    /// These.
    These(Vec<AssetId>),
}

/// What a track says of assets.
pub struct Fitted {
    /// It.
    pub track: Track,
    /// Where it puts them, in the order in which they were taken.
    pub placed: Vec<Placed>,
}

/// Where a track puts an asset.
pub struct Placed {
    /// The asset.
    pub asset: TakenAt,
    /// There.
    pub fix: Fix,
}

/// Holds the viewer's assets against a track. Nothing is changed.
pub async fn fit(cx: &Cx, file: &Received, wanted: &Wanted) -> Result<Fitted, ApiError> {
    cx.user()?;
    if let Which::These(assets) = &wanted.which {
        may_all(&cx.app, &cx.auth, Permission::AssetUpdate, assets).await?;
    }
    let track = read(file).await?;
    let taken = taken(cx, &track, wanted).await?;
    let (shift, gap) = (wanted.shift, wanted.gap);
    let hold = move || {
        let place = |asset: TakenAt| Some(Placed { asset, fix: track.at(asset.at + shift, gap)? });
        let placed: Vec<Placed> = taken.into_iter().filter_map(place).collect();
        Fitted { track, placed }
    };
    let mut fitted = tokio::task::spawn_blocking(hold).await.map_err(anyhow::Error::from)?;
    let ids: Vec<AssetId> = fitted.placed.iter().map(|placed| placed.asset.id).collect();
    let allowed = cx.app.store.allowed_assets(cx.viewer(), Permission::AssetUpdate, &ids).await?;
    fitted.placed.retain(|placed| allowed.contains(&placed.asset.id));
    Ok(fitted)
}

/// Gives assets the positions that a track says, all or none; answers them and what undoes it.
pub async fn apply(cx: &Cx, file: &Received, wanted: &Wanted) -> Result<(Vec<AssetId>, EditId), ApiError> {
    let Fitted { track, placed } = fit(cx, file, wanted).await?;
    if placed.is_empty() {
        let (from, to) = track.span();
        let words = format!(
            "none of these photos and films was taken along this track, which goes from {} to {} UTC: \
             is the camera's clock wrong by some time that is to be added?",
            from.format("%Y-%m-%d %H:%M"),
            to.format("%Y-%m-%d %H:%M")
        );
        return Err(ApiError::InvalidField("file", words));
    }
    if placed.len() > MOST_PLACED {
        let words = format!(
            "{} photos and films were taken along this track, and at most {MOST_PLACED} are placed at once: \
             narrow them by a filter, or send the track in parts",
            placed.len()
        );
        return Err(ApiError::InvalidField("filter", words));
    }
    let places: Vec<(AssetId, Position)> =
        placed.iter().map(|placed| (placed.asset.id, placed.fix.position)).collect();
    let edit = edits::place(&cx.app, &cx.auth, &places).await?;
    Ok((places.into_iter().map(|(asset, _)| asset).collect(), edit))
}

async fn read(file: &Received) -> Result<Track, ApiError> {
    let content = file.head(usize::try_from(track::LONGEST + 1).unwrap_or(usize::MAX)).await?;
    if content.len() as u64 > track::LONGEST {
        let words = format!("a track has at most {} MiB: send it in parts", track::LONGEST >> 20);
        return Err(ApiError::InvalidField("file", words));
    }
    let read =
        tokio::task::spawn_blocking(move || track::read(&content)).await.map_err(anyhow::Error::from)?;
    read.map_err(|error| ApiError::InvalidField("file", error.to_string()))
}

/// The assets that were taken while the track was recorded, or not long before or after.
async fn taken(cx: &Cx, track: &Track, wanted: &Wanted) -> Result<Vec<TakenAt>, ApiError> {
    let (first, last) = track.span();
    let (from, to) = (first - wanted.gap - wanted.shift, last + wanted.gap - wanted.shift);
    let within =
        TakenWithin { from, to, without_position: wanted.only_without_position, limit: MOST_LOOKED_AT + 1 };
    let store = &cx.app.store;
    let taken = match &wanted.which {
        Which::All => {
            let libraries = store.allowed_libraries(cx.viewer(), Permission::AssetUpdate).await?;
            store.taken_within(&libraries.into_keys().collect::<Vec<_>>(), &within).await?
        }
        Which::Found(filter) => {
            let found = cx.app.search.ids(cx, filter, Some(days(from, to))).await?;
            store.these_taken_within(&found, &within).await?
        }
        Which::These(assets) => store.these_taken_within(assets, &within).await?,
    };
    if taken.len() as i64 > MOST_LOOKED_AT {
        let words = format!(
            "more than {MOST_LOOKED_AT} photos and films were taken while this track was recorded: narrow them by a \
             filter, or send the track in parts"
        );
        return Err(ApiError::InvalidField("filter", words));
    }
    Ok(taken)
}

/// All days that a clock on any wall shows between two moments.
fn days(from: DateTime<Utc>, to: DateTime<Utc>) -> TimelineSpan {
    let day = |moment: DateTime<Utc>| Some(moment.date_naive());
    TimelineSpan::new(day(from - MOST_OFFSET), day(to + MOST_OFFSET))
}
