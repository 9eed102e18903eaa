//! The timeline, of whole libraries from Postgres, of a filter from the index.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, NaiveDateTime};
use domain::access::Permission;
use domain::feed::FeedPosition;
use domain::filter::{AlbumGrant, Filter, Key};
use domain::{AlbumId, AssetId, LibraryId};
use store::{Snapshot, StretchRow, TimelineSpan};
use tokio::sync::{Mutex, MutexGuard, OnceCell};

use crate::app::TimelineKey;
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

/// The timeline of one answer. Whatever is asked of it is of one moment: of the database for whole libraries, of the
/// index for a filter.
pub struct View {
    filter: Option<Filter>,
    /// The viewer may see every asset of these.
    libraries: Arc<[LibraryId]>,
    /// Which albums a filter may find something by, and how they are called, in a number.
    albums: Option<u64>,
    /// Ratios are asked for, too: days and ids are to come of one look into the index.
    whole: bool,
    /// How far the index was when it was first looked into.
    indexed: Option<FeedPosition>,
    snapshot: OnceCell<Mutex<Snapshot>>,
    version: OnceCell<String>,
    found: OnceCell<Found>,
}

/// What a filter finds.
struct Found {
    days: Arc<[(NaiveDate, i64)]>,
    ids: Vec<AssetId>,
}

impl View {
    /// Opens it; the moment is that of the first question.
    pub async fn open(cx: &Cx, filter: Option<Filter>, whole: bool) -> Result<Self, ApiError> {
        let libraries = cx.timeline_libraries().await?;
        // Without a filter it is that of whole libraries.
        let albums = match &filter {
            Some(_) => Some(number_of(&cx.app.scope(cx.viewer()).await?.albums)),
            None => None,
        };
        let indexed = if filter.is_some() { cx.app.search.position().await } else { None };
        Ok(Self {
            filter,
            libraries,
            albums,
            whole,
            indexed,
            snapshot: OnceCell::default(),
            version: OnceCell::default(),
            found: OnceCell::default(),
        })
    }

    /// Assets per day, new to old.
    pub async fn days(&self, cx: &Cx) -> Result<Arc<[(NaiveDate, i64)]>, ApiError> {
        match &self.filter {
            None => self.all_days(cx).await,
            Some(filter) if self.whole => Ok(Arc::clone(&self.found(cx, filter).await?.days)),
            Some(filter) => Ok(cx.app.search.days(cx, filter).await?.into()),
        }
    }

    /// The same until the version is another.
    async fn all_days(&self, cx: &Cx) -> Result<Arc<[(NaiveDate, i64)]>, ApiError> {
        let key = self.key(cx).await?;
        if let Some(known) = cx.app.cache.days.get(&key) {
            return Ok(known);
        }
        let days: Arc<[_]> = self.snapshot(cx).await?.day_counts(&self.libraries).await?.into();
        cx.app.cache.days.insert(key, Arc::clone(&days));
        Ok(days)
    }

    /// A text that changes whenever the timeline may have.
    pub async fn version(&self, cx: &Cx) -> Result<String, ApiError> {
        let assets = match &self.filter {
            None => self.assets_version(cx).await?.clone(),
            Some(_) => cx.app.store.snapshot().await?.timeline_version(&self.libraries).await?,
        };
        // Being let into or out of a library or an album changes the timeline, too, and so does what the index has taken in.
        let libraries = self.libraries.iter().map(|id| id.0.cast_unsigned());
        let members =
            libraries.chain(self.albums).fold(0u64, |sum, id| sum.wrapping_mul(31).wrapping_add(id));
        let indexed = self.indexed.map(|position| format!("-{position}")).unwrap_or_default();
        let favourites = self.favourites_version(cx).await?;
        Ok(format!("{assets}-{members:x}{indexed}{favourites}"))
    }

    /// What is one's favourite is neither in the index nor in what is everybody's of the feed.
    async fn favourites_version(&self, cx: &Cx) -> Result<String, ApiError> {
        if !self.filter.as_ref().is_some_and(|filter| filter.mentions(Key::Favourite)) {
            return Ok(String::new());
        }
        let version = cx.app.store.favourites_version(cx.user()?.id).await?;
        let newest = version.newest.map(|at| at.timestamp_micros()).unwrap_or_default();
        Ok(format!("-{}.{newest:x}", version.count))
    }

    /// Ratio bytes in layout order.
    pub async fn ratios(&self, cx: &Cx, span: Option<TimelineSpan>) -> Result<Vec<u8>, ApiError> {
        let Some(filter) = &self.filter else {
            return match span {
                None => self.all_ratios(cx).await,
                Some(_) => Ok(self.snapshot(cx).await?.ratios(&self.libraries, span).await?),
            };
        };
        let found = self.found(cx, filter).await?;
        let ids = span.map_or(&found.ids[..], |span| found.within(span));
        Ok(cx.app.store.ratios_by_ids(ids).await?)
    }

    /// They are most of the work of opening a timeline, and the same until the version is another.
    async fn all_ratios(&self, cx: &Cx) -> Result<Vec<u8>, ApiError> {
        let key = self.key(cx).await?;
        if let Some(known) = cx.app.cache.ratios.get(&key) {
            return Ok(known.to_vec());
        }
        let ratios = self.snapshot(cx).await?.ratios(&self.libraries, None).await?;
        cx.app.cache.ratios.insert(key, ratios.as_slice().into());
        Ok(ratios)
    }

    async fn key(&self, cx: &Cx) -> Result<TimelineKey, ApiError> {
        Ok((Arc::clone(&self.libraries), self.assets_version(cx).await?.clone()))
    }

    /// See [`Snapshot::timeline_version`].
    async fn assets_version(&self, cx: &Cx) -> Result<&String, ApiError> {
        let ask = async || -> Result<String, ApiError> {
            Ok(self.snapshot(cx).await?.timeline_version(&self.libraries).await?)
        };
        self.version.get_or_try_init(ask).await
    }

    /// The assets of a span in layout order.
    pub async fn stretch(
        &self,
        cx: &Cx,
        span: TimelineSpan,
        after: Option<Position>,
        limit: usize,
    ) -> Result<Vec<StretchRow>, ApiError> {
        let Some(filter) = &self.filter else {
            let after = after.map(|after| (after.local_at, after.id));
            return Ok(self.snapshot(cx).await?.stretch(&self.libraries, span, after, limit as i64).await?);
        };
        let found = cx.app.search.ids(cx, filter, Some(span)).await?;
        let start =
            after.map_or(Some(0), |after| found.iter().position(|id| *id == after.id).map(|place| place + 1));
        let start = start
            .ok_or_else(|| ApiError::Invalid("that place in the timeline is gone; begin anew".to_owned()))?;
        let ids: Vec<AssetId> = found.into_iter().skip(start).take(limit).collect();
        rows_of(cx, &ids).await
    }

    /// Which of these assets are the viewer's favourites.
    pub async fn favourites(&self, cx: &Cx, rows: &[StretchRow]) -> Result<HashSet<AssetId>, ApiError> {
        let user = cx.user()?.id;
        let ids: Vec<AssetId> = rows.iter().map(|row| row.id).collect();
        // By the connection that is held already, where one is.
        Ok(match self.filter {
            None => self.snapshot(cx).await?.favourites_among(user, &ids).await?,
            Some(_) => cx.app.store.favourites_among(user, &ids).await?,
        })
    }

    /// The database as it was at the first question. Nothing else is asked of the database while it is held.
    async fn snapshot(&self, cx: &Cx) -> Result<MutexGuard<'_, Snapshot>, ApiError> {
        let open = async || cx.app.store.snapshot().await.map(Mutex::new);
        Ok(self.snapshot.get_or_try_init(open).await?.lock().await)
    }

    async fn found(&self, cx: &Cx, filter: &Filter) -> Result<&Found, ApiError> {
        let look = async || -> Result<Found, ApiError> {
            let (days, ids) = cx.app.search.layout(cx, filter).await?;
            Ok(Found { days: days.into(), ids })
        };
        self.found.get_or_try_init(look).await
    }
}

impl Found {
    /// The ids of a span, which lie together: new to old, as the days do.
    fn within(&self, span: TimelineSpan) -> &[AssetId] {
        let count = |later: bool| -> usize {
            let days = self
                .days
                .iter()
                .filter(|(day, _)| if later { *day > span.to } else { (span.from..=span.to).contains(day) });
            days.filter_map(|(_, count)| usize::try_from(*count).ok()).sum()
        };
        let rest = self.ids.get(count(true)..).unwrap_or_default();
        rest.get(..count(false)).unwrap_or(rest)
    }
}

/// Another number whenever other albums are there, or they have other names or lie otherwise in each other.
fn number_of(albums: &BTreeMap<AlbumId, AlbumGrant>) -> u64 {
    let bytes = albums.iter().flat_map(|(id, album)| {
        let within = album.within.iter().flat_map(|id| id.0.to_le_bytes());
        id.0.to_le_bytes().into_iter().chain(within).chain(album.name.bytes())
    });
    bytes.fold(17, |sum, byte| sum.wrapping_mul(1_099_511_628_211) ^ u64::from(byte))
}

/// The columns of these assets, in this order; each passes the access rule before it leaves.
async fn rows_of(cx: &Cx, ids: &[AssetId]) -> Result<Vec<StretchRow>, ApiError> {
    let allowed = cx.app.store.allowed_assets(cx.viewer(), Permission::AssetRead, ids).await?;
    let rows = cx.app.store.columns_by_ids(ids).await?;
    let mut rows: HashMap<AssetId, StretchRow> = rows.into_iter().map(|row| (row.id, row)).collect();
    Ok(ids.iter().filter(|id| allowed.contains(id)).filter_map(|id| rows.remove(id)).collect())
}
