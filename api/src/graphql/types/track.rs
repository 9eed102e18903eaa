//! Tracks that people send, and the positions that they would give to assets.

use async_graphql::{ID, InputObject, SimpleObject, Upload};
use chrono::TimeDelta;
use domain::filter::Clock;
use domain::metadata::Position;

use crate::actions::filters::{self, AssetFilter};
use crate::actions::tracks::{Fitted, MOST_SHOWN, Placed, Wanted, Which};
use crate::error::ApiError;
use crate::graphql::ids::ids;
use crate::graphql::scalars::Moment;

/// Longest that the next point may be away: the pictures of a day of which only the way there was recorded.
const MOST_GAP: i32 = 24 * 60 * 60;

/// A track, and which assets it is to place. Only assets that the viewer may change and whose moment is known, not guessed.
#[derive(InputObject)]
pub struct TrackInput {
    /// GPX (1.0 or 1.1: the points of its tracks that have a time) or KML (`gx:Track`, and points and lines with a time
    /// or a time span), at most 20 MiB and 500,000 points.
    file: Upload,
    /// So many seconds are added to the time of each asset before it is looked for in the track: for a camera whose clock
    /// was slow (or, below zero, fast) or in another time zone.
    #[graphql(default)]
    time_shift_seconds: i32,
    /// How many seconds the nearest point may be away, 0 to 86,400. Between two such points the position is interpolated.
    #[graphql(default = 300)]
    max_gap_seconds: i32,
    /// Only assets that have no position, and of whose position nobody has said anything.
    #[graphql(default = true)]
    only_without_position: bool,
    /// Only assets that match. Not together with `assetIds`.
    filter: Option<AssetFilter>,
    /// Only these, at most 5,000. Without it and without `filter` all.
    asset_ids: Option<Vec<ID>>,
}

/// What a track would do.
#[derive(SimpleObject)]
pub struct TrackPreview {
    /// When it begins.
    pub from: Moment,
    /// When it ends.
    pub to: Moment,
    /// How many points with a time it has.
    pub point_count: i32,
    /// The ways it goes, to be laid over a map: 2,000 points at most in all. A way ends where the recording paused.
    pub lines: Vec<TrackLine>,
    /// How many assets it would give a position.
    pub count: i32,
    /// The first 5,000 of them, in the order in which they were taken.
    pub positions: Vec<TrackPosition>,
}

/// A way, in two columns of equal length: point by point.
#[derive(SimpleObject)]
pub struct TrackLine {
    /// Degrees north.
    pub latitudes: Vec<f64>,
    /// Degrees east. Where a step is wider than 180, the way crosses the antimeridian.
    pub longitudes: Vec<f64>,
}

/// Where a track would put an asset.
#[derive(SimpleObject)]
pub struct TrackPosition {
    /// Global id of the asset.
    pub asset_id: ID,
    /// Its content tag.
    pub tag: i32,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Metres above the sea, where the track says it.
    pub altitude: Option<f64>,
    /// How many seconds away the nearest point of the track is.
    pub seconds: i32,
}

impl TrackInput {
    /// As the action knows it.
    pub fn wanted(&self, clock: &Clock) -> Result<Wanted, ApiError> {
        if !(0..=MOST_GAP).contains(&self.max_gap_seconds) {
            let words = format!("the nearest point may be 0 to {MOST_GAP} seconds away");
            return Err(ApiError::InvalidField("maxGapSeconds", words));
        }
        let which = match (&self.filter, &self.asset_ids) {
            (Some(_), Some(_)) => {
                let words = "either a filter or single assets, not both".to_owned();
                return Err(ApiError::InvalidField("assetIds", words));
            }
            (None, Some(given)) => Which::These(ids(given, MOST_SHOWN)?),
            (filter, None) => filters::tree(filter.as_ref(), clock)?.map_or(Which::All, Which::Found),
        };
        Ok(Wanted {
            shift: TimeDelta::seconds(self.time_shift_seconds.into()),
            gap: TimeDelta::seconds(self.max_gap_seconds.into()),
            only_without_position: self.only_without_position,
            which,
        })
    }
}

impl From<Fitted> for TrackPreview {
    fn from(Fitted { track, placed }: Fitted) -> Self {
        let count = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
        let (from, to) = track.span();
        let line = |way: &Vec<Position>| TrackLine {
            latitudes: way.iter().map(|position| position.latitude).collect(),
            longitudes: way.iter().map(|position| position.longitude).collect(),
        };
        Self {
            from: Moment(from),
            to: Moment(to),
            point_count: count(track.count()),
            lines: track.lines().iter().map(line).collect(),
            count: count(placed.len()),
            positions: placed.iter().take(MOST_SHOWN).map(TrackPosition::from).collect(),
        }
    }
}

impl From<&Placed> for TrackPosition {
    fn from(Placed { asset, fix }: &Placed) -> Self {
        let Position { latitude, longitude, altitude } = fix.position;
        let seconds = i32::try_from(fix.away.num_seconds()).unwrap_or(i32::MAX);
        Self { asset_id: asset.id.to_string().into(), tag: asset.tag, latitude, longitude, altitude, seconds }
    }
}
