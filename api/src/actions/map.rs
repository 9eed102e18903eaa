//! The map: counts from the tables for whole libraries, from the index for a filter.

use domain::AssetId;
use domain::access::Permission;
use domain::cells::Cell;
use domain::filter::Filter;
use domain::mapview::{self, Detail, Plan};
use domain::metadata::Position;
use domain::place::Bounds;

use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::scalars::Date;
use crate::graphql::types::map::{BoundingBox, MapCell, MapPoint, MapView};

/// Most entries of an answer.
const MOST: i64 = 1_000;

/// What a viewport shows.
pub async fn view(
    cx: &Cx,
    bbox: BoundingBox,
    zoom: f64,
    filter: Option<&Filter>,
) -> Result<MapView, ApiError> {
    cx.user()?;
    let bounds = Bounds::new(bbox.west, bbox.south, bbox.east, bbox.north)
        .map_err(|error| ApiError::Invalid(error.to_string()))?;
    if !(0.0..=24.0).contains(&zoom) {
        return Err(ApiError::Invalid("'zoom' is 0 to 24".to_owned()));
    }
    // In range, so the cast only drops the fraction.
    planned(cx, &mapview::plan(&bounds, zoom as u8), filter).await
}

/// What lies where a plan looks, and a little beyond.
pub async fn planned(cx: &Cx, plan: &Plan, filter: Option<&Filter>) -> Result<MapView, ApiError> {
    let libraries = cx.timeline_libraries().await?;
    if let Some(filter) = filter {
        return cx.app.search.map(cx, plan, filter).await;
    }
    match plan.detail {
        Detail::Counts(resolution) => {
            let cells = cx.app.store.map_cells(&libraries, resolution, &plan.spans, MOST).await?;
            Ok(MapView { cells: cells.iter().map(cell).collect(), points: Vec::new() })
        }
        Detail::Points(_) => {
            let points = cx.app.store.map_points(&libraries, &plan.spans, MOST).await?;
            Ok(MapView { cells: Vec::new(), points: allowed(cx, points).await? })
        }
    }
}

/// Single assets pass the access rule before they leave.
pub async fn allowed(cx: &Cx, points: Vec<store::MapPoint>) -> Result<Vec<MapPoint>, ApiError> {
    let ids: Vec<AssetId> = points.iter().map(|point| point.id).collect();
    let allowed = cx.app.store.allowed_assets(cx.viewer(), Permission::AssetRead, &ids).await?;
    Ok(points
        .into_iter()
        .filter(|point| allowed.contains(&point.id))
        .map(|point| MapPoint {
            id: point.id.to_string().into(),
            tag: point.tag,
            latitude: point.latitude,
            longitude: point.longitude,
        })
        .collect())
}

fn cell(cell: &store::MapCell) -> MapCell {
    let mean = Position { latitude: cell.latitude, longitude: cell.longitude, altitude: None };
    let at = Cell::try_from(cell.cell).map_or(mean, |cell| mapview::stand(cell, mean));
    MapCell {
        cell: format!("{:x}", cell.cell),
        count: i32::try_from(cell.count).unwrap_or(i32::MAX),
        latitude: at.latitude,
        longitude: at.longitude,
        cover_id: cell.cover.to_string().into(),
        cover_tag: cell.cover_tag,
        from: Date(cell.first_day),
        to: Date(cell.last_day),
    }
}
