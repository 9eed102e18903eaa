//! The timeline, of whole libraries from Postgres, of a filter from the index.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime};
use domain::AssetId;
use domain::access::Permission;
use domain::filter::Filter;
use store::{StretchRow, TimelineSpan};

use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::page;

/// A keyset cursor in the timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Wall clock of the asset.
    pub local_at: NaiveDateTime,
    /// The asset.
    pub id: AssetId,
}

impl Position {
    /// As an opaque cursor.
    pub fn write(self) -> String {
        page::cursor(&format!("{} {}", self.local_at.and_utc().timestamp_micros(), self.id.0))
    }

    /// From a cursor that we gave out.
    pub fn read(cursor: &str) -> Result<Self, ApiError> {
        let parts = page::parts(cursor)?;
        let read = || {
            let (at, id) = parts.split_once(' ')?;
            let local_at = DateTime::from_timestamp_micros(at.parse().ok()?)?.naive_utc();
            Some(Self { local_at, id: AssetId(id.parse().ok()?) })
        };
        read().ok_or_else(|| ApiError::Invalid("this is not a cursor of this timeline".to_owned()))
    }
}

/// Assets per day, new to old.
pub async fn days(cx: &Cx, filter: Option<&Filter>) -> Result<Vec<(NaiveDate, i64)>, ApiError> {
    let libraries = cx.libraries().await?;
    match filter {
        None => Ok(cx.app.store.day_counts(&libraries).await?),
        Some(filter) => cx.app.search.days(cx, filter).await,
    }
}

/// A text that changes whenever the timeline may have.
pub async fn version(cx: &Cx) -> Result<String, ApiError> {
    let libraries = cx.libraries().await?;
    let assets = cx.app.store.timeline_version(&libraries).await?;
    // Being let into or out of a library changes the timeline, too.
    let members =
        libraries.iter().fold(0u64, |sum, id| sum.wrapping_mul(31).wrapping_add(id.0.cast_unsigned()));
    Ok(format!("{assets}-{members:x}"))
}

/// Ratio bytes in layout order.
pub async fn ratios(
    cx: &Cx,
    filter: Option<&Filter>,
    span: Option<TimelineSpan>,
) -> Result<Vec<u8>, ApiError> {
    let libraries = cx.libraries().await?;
    match filter {
        None => Ok(cx.app.store.ratios(&libraries, span).await?),
        Some(filter) => {
            let ids = cx.app.search.ids(cx, filter, span).await?;
            Ok(cx.app.store.ratios_by_ids(&ids).await?)
        }
    }
}

/// The assets of a span in layout order.
pub async fn stretch(
    cx: &Cx,
    filter: Option<&Filter>,
    span: TimelineSpan,
    after: Option<Position>,
    limit: usize,
) -> Result<Vec<StretchRow>, ApiError> {
    let libraries = cx.libraries().await?;
    let Some(filter) = filter else {
        let after = after.map(|after| (after.local_at, after.id));
        return Ok(cx.app.store.stretch(&libraries, span, after, limit as i64).await?);
    };
    let found = cx.app.search.ids(cx, filter, Some(span)).await?;
    let start =
        after.map_or(Some(0), |after| found.iter().position(|id| *id == after.id).map(|place| place + 1));
    let start = start
        .ok_or_else(|| ApiError::Invalid("that place in the timeline is gone; begin anew".to_owned()))?;
    let ids: Vec<AssetId> = found.into_iter().skip(start).take(limit).collect();
    rows_of(cx, &ids).await
}

/// The columns of these assets, in this order; each passes the access rule before it leaves.
async fn rows_of(cx: &Cx, ids: &[AssetId]) -> Result<Vec<StretchRow>, ApiError> {
    let allowed = cx.app.store.allowed_assets(cx.viewer(), Permission::AssetRead, ids).await?;
    let rows = cx.app.store.columns_by_ids(ids).await?;
    let mut rows: HashMap<AssetId, StretchRow> = rows.into_iter().map(|row| (row.id, row)).collect();
    Ok(ids.iter().filter(|id| allowed.contains(id)).filter_map(|id| rows.remove(id)).collect())
}
