//! Questions to the search index, off the async threads, always within what the viewer may search.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use chrono::NaiveDate;
use domain::AssetId;
use domain::cells::Cell;
use domain::feed::FeedPosition;
use domain::filter::{Filter, Scope};
use domain::mapview::{Detail, Plan};
use search::{Cursor, DayCount, Hits, Reader, Sort};
use store::{MapPoint, TimelineSpan};

use crate::actions::map::allowed;
use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::scalars::Date;
use crate::graphql::types::map::{MapCell, MapView};

const NOT_THERE: &str = "the search index is not there yet: it is made while the indexer runs";

/// Answers from the index folder, which the indexer writes.
#[derive(Clone)]
pub struct Finder {
    folder: PathBuf,
    reader: Arc<Mutex<Option<Arc<Reader>>>>,
}

impl Finder {
    /// Over an index folder, which need not be there yet.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, reader: Arc::default() }
    }

    fn reader(&self) -> Result<Arc<Reader>, ApiError> {
        let mut place = self.reader.lock().map_err(|_| ApiError::Unavailable(NOT_THERE))?;
        if let Some(reader) = &*place {
            return Ok(Arc::clone(reader));
        }
        let reader = Arc::new(Reader::open(&self.folder).map_err(problem)?);
        *place = Some(Arc::clone(&reader));
        Ok(reader)
    }

    /// Takes in what was committed since. Called on announcement and each second.
    pub fn reload(&self) {
        match self.reader().map(|reader| reader.reload()) {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the search index could not be read again"),
            Err(error) => tracing::debug!(%error, "there is no search index yet"),
        }
    }

    /// Whether there is an index to ask.
    pub fn check(&self) -> Result<(), String> {
        let reader = self.reader().map_err(|error| error.to_string())?;
        reader.generation().map(|_| ()).ok_or_else(|| NOT_THERE.to_owned())
    }

    /// A page of hits.
    pub async fn page(
        &self,
        cx: &Cx,
        filter: &Filter,
        sort: Sort,
        after: Option<Cursor>,
        limit: usize,
    ) -> Result<Hits, ApiError> {
        self.ask(cx, filter, move |reader, filter, scope| reader.search(filter, scope, sort, after, limit))
            .await
    }

    /// Assets per day, new to old.
    pub async fn days(&self, cx: &Cx, filter: &Filter) -> Result<Vec<(NaiveDate, i64)>, ApiError> {
        let days = self.ask(cx, filter, Reader::days).await?;
        Ok(days.into_iter().map(counted).collect())
    }

    /// Days and assets in layout order, of one look.
    pub async fn layout(
        &self,
        cx: &Cx,
        filter: &Filter,
    ) -> Result<(Vec<(NaiveDate, i64)>, Vec<AssetId>), ApiError> {
        let (days, ids) = self.ask(cx, filter, Reader::layout).await?;
        Ok((days.into_iter().map(counted).collect(), ids))
    }

    /// Up to which change of the feed things can be found.
    pub fn position(&self) -> Option<FeedPosition> {
        self.reader().ok()?.position()
    }

    /// Assets in layout order.
    pub async fn ids(
        &self,
        cx: &Cx,
        filter: &Filter,
        span: Option<TimelineSpan>,
    ) -> Result<Vec<AssetId>, ApiError> {
        let days = span.map(|span| span.from..=span.to);
        self.ask(cx, filter, move |reader, filter, scope| reader.ids(filter, scope, days)).await
    }

    /// What a filter finds in a viewport.
    pub async fn map(&self, cx: &Cx, plan: &Plan, filter: &Filter) -> Result<MapView, ApiError> {
        let spans = plan.stored();
        let resolution = match plan.detail {
            Detail::Counts(resolution) | Detail::Points(resolution) => resolution,
        };
        let cells = self
            .ask(cx, filter, move |reader, filter, scope| reader.cells(filter, scope, resolution, &spans))
            .await?;
        let covers: Vec<AssetId> = cells.iter().map(|cell| cell.cover).collect();
        let assets = cx.app.store.map_points_by_ids(&covers).await?;
        let alone = cells.iter().all(|cell| cell.count == 1);
        if matches!(plan.detail, Detail::Points(_)) && alone {
            return Ok(MapView { cells: Vec::new(), points: allowed(cx, assets).await? });
        }
        Ok(MapView { cells: with_covers(&cells, &assets), points: Vec::new() })
    }

    async fn ask<T: Send + 'static>(
        &self,
        cx: &Cx,
        filter: &Filter,
        question: impl FnOnce(&Reader, &Filter, &Scope) -> search::Result<T> + Send + 'static,
    ) -> Result<T, ApiError> {
        cx.user()?;
        let (reader, filter) = (self.reader()?, filter.clone());
        let scope = cx.app.scope(cx.viewer()).await?;
        let asked = tokio::task::spawn_blocking(move || question(&reader, &filter, &scope)).await;
        asked.map_err(anyhow::Error::from)?.map_err(problem)
    }
}

fn counted(day: DayCount) -> (NaiveDate, i64) {
    (day.day, i64::try_from(day.count).unwrap_or(i64::MAX))
}

/// The cells of a filter, each with one of its assets.
fn with_covers(cells: &[search::CellCount], assets: &[MapPoint]) -> Vec<MapCell> {
    let by_id: std::collections::HashMap<AssetId, &MapPoint> =
        assets.iter().map(|asset| (asset.id, asset)).collect();
    cells
        .iter()
        .filter_map(|cell| {
            let cover = by_id.get(&cell.cover)?;
            let centre = Cell::centre(cell.cell);
            Some(MapCell {
                cell: format!("{:x}", i64::from(cell.cell)),
                count: i32::try_from(cell.count).unwrap_or(i32::MAX),
                latitude: if cell.count == 1 { cover.latitude } else { centre.latitude },
                longitude: if cell.count == 1 { cover.longitude } else { centre.longitude },
                cover_id: cell.cover.to_string().into(),
                cover_tag: cover.tag,
                from: Date(cover.day),
                to: Date(cover.day),
            })
        })
        .collect()
}

fn problem(error: search::Error) -> ApiError {
    match error {
        search::Error::NotBuilt(_) => ApiError::Unavailable(NOT_THERE),
        search::Error::Cursor => {
            ApiError::Invalid("this is not a cursor of this list; leave 'after' out".to_owned())
        }
        other => ApiError::Internal(other.into()),
    }
}
