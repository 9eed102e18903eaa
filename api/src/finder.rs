//! Questions to the search index, off the async threads, always within what the viewer may search.

use std::num::NonZero;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use chrono::NaiveDate;
use domain::AssetId;
use domain::feed::FeedPosition;
use domain::filter::{Filter, Scope};
use domain::mapview::{self, Detail, Plan};
use domain::metadata::Position;
use search::{Cursor, DayCount, Hits, Reader, Sort};
use store::TimelineSpan;
use tokio::sync::{Notify, Semaphore};

use crate::actions::map::allowed;
use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::scalars::Date;
use crate::graphql::types::map::{MapCell, MapPoint, MapView};

const NOT_THERE: &str = "the search index is not there yet: it is made while the indexer runs";

/// How long what was committed may be missed when the bell was lost.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// So that one long question never holds up all others.
const FEWEST_TURNS: usize = 2;

/// Answers from the index folder, which the indexer writes. The disk is only touched on threads that may wait; what
/// async threads ask for is in memory.
#[derive(Clone)]
pub struct Finder {
    folder: PathBuf,
    reader: Arc<OnceLock<Arc<Reader>>>,
    bell: Arc<Notify>,
    /// Questions that are looked up at once: as many as the machine has processors. Those that share one would all be late.
    turns: Arc<Semaphore>,
}

impl Finder {
    /// Over an index folder, which need not be there yet.
    pub fn new(folder: PathBuf) -> Self {
        let turns = std::thread::available_parallelism().map_or(FEWEST_TURNS, NonZero::get);
        let turns = Arc::new(Semaphore::new(turns.max(FEWEST_TURNS)));
        Self { folder, reader: Arc::default(), bell: Arc::default(), turns }
    }

    async fn reader(&self) -> Result<Arc<Reader>, ApiError> {
        if self.reader.get().is_none() {
            self.look().await?;
        }
        self.reader.get().map(Arc::clone).ok_or(ApiError::Unavailable(NOT_THERE))
    }

    /// Opens the index, or takes in what was committed since.
    async fn look(&self) -> Result<(), ApiError> {
        let (folder, place) = (self.folder.clone(), Arc::clone(&self.reader));
        let looked = tokio::task::spawn_blocking(move || match place.get() {
            Some(reader) => reader.reload(),
            // Two may open it at once: one of them is kept.
            None => Reader::open(&folder).map(|reader| drop(place.set(Arc::new(reader)))),
        });
        looked.await.map_err(anyhow::Error::from)?.map_err(problem)
    }

    /// Takes in what was committed since.
    pub async fn reload(&self) {
        match self.look().await {
            Ok(()) => {}
            Err(ApiError::Internal(error)) => {
                tracing::warn!(error = format!("{error:#}"), "the search index could not be read again");
            }
            Err(error) => tracing::debug!(%error, "there is no search index yet"),
        }
    }

    /// Says that something was committed.
    pub fn announce(&self) {
        self.bell.notify_one();
    }

    /// Takes in what is committed, on announcement and each second, as long as the program runs.
    pub async fn follow(&self) {
        loop {
            self.reload().await;
            // Heard or not: it is time to look again.
            let _ = tokio::time::timeout(LOOK_AGAIN, self.bell.notified()).await;
        }
    }

    /// Whether there is an index to ask.
    pub async fn check(&self) -> Result<(), String> {
        let reader = self.reader().await.map_err(|error| error.to_string())?;
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
    pub async fn position(&self) -> Option<FeedPosition> {
        self.reader().await.ok()?.position()
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
        let points = allowed(cx, cx.app.store.map_points_by_ids(&covers).await?).await?;
        let alone = cells.iter().all(|cell| cell.count == 1);
        if matches!(plan.detail, Detail::Points(_)) && alone {
            return Ok(MapView { cells: Vec::new(), points });
        }
        Ok(MapView { cells: with_covers(&cells, &points), points: Vec::new() })
    }

    async fn ask<T: Send + 'static>(
        &self,
        cx: &Cx,
        filter: &Filter,
        question: impl FnOnce(&Reader, &Filter, &Scope) -> search::Result<T> + Send + 'static,
    ) -> Result<T, ApiError> {
        let asked = filter.clone();
        self.look_up(cx, filter, move |reader, scope| question(reader, &asked, scope)).await
    }

    /// Asks several things at once, each with a part of this filter or with none.
    pub async fn look_up<T: Send + 'static>(
        &self,
        cx: &Cx,
        filter: &Filter,
        question: impl FnOnce(&Reader, &Scope) -> search::Result<T> + Send + 'static,
    ) -> Result<T, ApiError> {
        cx.user()?;
        let reader = self.reader().await?;
        let scope = cx.app.scope_for(cx.viewer(), filter).await?;
        let turn = Arc::clone(&self.turns).acquire_owned().await.map_err(anyhow::Error::from)?;
        let asked = tokio::task::spawn_blocking(move || {
            // Given back when the work ends, also where nobody waits for it any more.
            let _turn = turn;
            question(&reader, &scope)
        });
        let asked = asked.await;
        asked.map_err(anyhow::Error::from)?.map_err(problem)
    }
}

fn counted(day: DayCount) -> (NaiveDate, i64) {
    (day.day, i64::try_from(day.count).unwrap_or(i64::MAX))
}

/// The cells of a filter, each with one of its assets that the viewer may see.
fn with_covers(cells: &[search::CellCount], covers: &[MapPoint]) -> Vec<MapCell> {
    let tags: std::collections::HashMap<&str, i32> =
        covers.iter().map(|cover| (cover.id.as_str(), cover.tag)).collect();
    cells
        .iter()
        .filter_map(|cell| {
            let cover_id = cell.cover.to_string();
            let mean = Position { latitude: cell.latitude, longitude: cell.longitude, altitude: None };
            let at = mapview::stand(cell.cell, mean);
            Some(MapCell {
                cell: format!("{:x}", i64::from(cell.cell)),
                count: i32::try_from(cell.count).unwrap_or(i32::MAX),
                latitude: at.latitude,
                longitude: at.longitude,
                cover_tag: *tags.get(cover_id.as_str())?,
                cover_id: cover_id.into(),
                from: Date(cell.first_day),
                to: Date(cell.last_day),
            })
        })
        .collect()
}

fn problem(error: search::Error) -> ApiError {
    match error {
        search::Error::NotBuilt(_) => ApiError::Unavailable(NOT_THERE),
        search::Error::Filter(error) => ApiError::Invalid(error.to_string()),
        search::Error::Cursor => {
            ApiError::Invalid("this is not a cursor of this list; leave 'after' out".to_owned())
        }
        other => ApiError::Internal(other.into()),
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::sync::mpsc::channel;
    use std::task::Poll;

    use futures_util::poll;

    use super::*;

    /// The one thread that may wait is busy, so whatever is done meanwhile was done by the async one.
    #[test]
    fn the_disk_is_left_to_threads_that_may_wait() {
        let folder = tempfile::tempdir().unwrap();
        let finder = Finder::new(folder.path().to_owned());
        let runtime =
            tokio::runtime::Builder::new_current_thread().max_blocking_threads(1).enable_all().build();
        runtime.unwrap().block_on(async {
            for _ in 0..2 {
                let (release, released) = channel::<()>();
                let busy = tokio::task::spawn_blocking(move || released.recv());
                let mut reload = pin!(finder.reload());
                assert_eq!(poll!(&mut reload), Poll::Pending);
                drop(release);
                assert!(busy.await.unwrap().is_err());
                reload.await;
            }
            assert!(finder.reader.get().is_some());
        });
    }
}
