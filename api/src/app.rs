//! What every request needs: the shared handles and the short-lived memories. Cheap to clone.

use std::sync::Arc;
use std::time::Duration;

use boot::{Settings, Shutdown};
use chrono::NaiveDate;
use domain::access::{Permission, Viewer};
use domain::filter::{Clock, Filter, Key, Scope};
use domain::memory::Trip;
use domain::{AlbumId, AssetId, FolderId, LibraryId};
use files::Index;
use moka::sync::Cache;
use store::{FolderPart, KeywordCount, PlaceCount, StageCount, Store};

use crate::auth::limit::Tries;
use crate::error::ApiError;
use crate::finder::Finder;
use crate::live::Live;
use crate::receipts::Signer;

/// Bytes of ratios and of days that are kept, and how long they are after they were last asked for.
const MOST_RATIOS: u64 = 8 << 20;
const MOST_DAYS: u64 = 4 << 20;
/// Bytes of counts of places that are kept, about.
const MOST_PLACES: u64 = 8 << 20;
/// What a place takes besides its own size: the names of a region and a city.
const NAMES: usize = 48;
/// Parts of folders that are kept, and keywords.
const MOST_PARTS: u64 = 200_000;
/// Bytes of trips that are kept.
const MOST_TRIPS: u64 = 1 << 20;
/// Bytes of what is known of streams.
const MOST_STREAMS: u64 = 16 << 20;
const LAYOUT_IDLE: Duration = Duration::from_secs(600);
/// How long a decision about access may be believed without asking again (design, section 5).
const BELIEVED: Duration = Duration::from_secs(1);

/// How long numbers of work are good for others who ask.
const COUNTED: Duration = Duration::from_millis(500);

/// The shared handles.
#[derive(Clone)]
pub struct App(Arc<Inner>);

/// What [`App`] points to.
pub struct Inner {
    /// Settings, checked.
    pub settings: Settings,
    /// The truth.
    pub store: Store,
    /// The bell.
    pub queue: queue::Queue,
    /// Originals, renditions, uploads.
    pub files: files::Files,
    /// The index, once the indexer has made one.
    pub search: Finder,
    /// What has just been decided.
    pub cache: Memory,
    /// Tries at passwords that are left.
    pub tries: Tries,
    /// The feed, live.
    pub live: Live,
    /// What receipts are signed with.
    pub signer: Signer,
    /// What has been counted.
    pub metrics: Option<boot::metrics::Handle>,
    /// The wish to stop: what never ends by itself hears of it.
    pub shutdown: Shutdown,
}

/// What [`App`] is put together of.
pub struct Parts {
    /// Settings, checked.
    pub settings: Settings,
    /// The truth.
    pub store: Store,
    /// The bell.
    pub queue: queue::Queue,
    /// Originals, renditions, uploads.
    pub files: files::Files,
    /// What has been counted, if anything is.
    pub metrics: Option<boot::metrics::Handle>,
    /// The wish to stop.
    pub shutdown: Shutdown,
}

/// Which libraries, and the version of their timeline ([`store::Snapshot::timeline_version`]).
pub type TimelineKey = (Arc<[LibraryId]>, String);

/// How many assets were taken where.
pub type Places = Arc<[PlaceCount]>;

/// What has just been decided, for a second; and what stays right as long as its key is asked for.
pub struct Memory {
    /// Who holds a token.
    pub viewers: Cache<[u8; 32], Viewer>,
    /// Libraries and albums that a viewer may read.
    pub libraries: Cache<Viewer, Readable>,
    /// What of the index a viewer may search.
    pub scopes: Cache<Viewer, Arc<Scope>>,
    /// Assets that a viewer may or may not see.
    pub assets: Cache<(Viewer, AssetId), bool>,
    /// All ratio bytes of libraries at one version of their timeline: who opens it again need not wait for them.
    pub ratios: Cache<TimelineKey, Arc<[u8]>>,
    /// Assets per day of libraries at one version of their timeline, new to old.
    pub days: Cache<TimelineKey, Arc<[(NaiveDate, i64)]>>,
    /// Assets per place of libraries at one version of their timeline: all of them are walked for it.
    pub places: Cache<TimelineKey, Places>,
    /// The parts of a folder at one version of its library's timeline: all of its files are counted for them.
    pub parts: Cache<(FolderId, String), Arc<[FolderPart]>>,
    /// The keywords of libraries at one version of their timeline: all that has any is counted for them.
    pub keywords: Cache<TimelineKey, Arc<[KeywordCount]>>,
    /// Trips in libraries at one version of their timeline: all days are looked through for them.
    pub trips: Cache<TimelineKey, Arc<[Trip]>>,
    /// Work in the background in numbers, of these libraries or of all.
    pub stages: moka::future::Cache<Option<Arc<[LibraryId]>>, Arc<[StageCount]>>,
    /// Whether the server can serve.
    pub ready: moka::future::Cache<(), bool>,
    /// What there is of streams that are being watched. It knows by itself which making it is of.
    pub streams: Cache<AssetId, Arc<Index>>,
}

/// The libraries and albums that a viewer may read, in the order of their ids.
#[derive(Clone)]
pub struct Readable {
    /// Of which they may know as members.
    pub known: Arc<[LibraryId]>,
    /// Of which they may see every asset: what is told of whole libraries, not of single assets, is told of these.
    pub whole: Arc<[LibraryId]>,
    /// Of which they see every asset of the timeline, and want to see it on theirs: what is counted by day and cell.
    pub timeline: Arc<[LibraryId]>,
    /// Which their partners let them look at, on the timeline or not.
    pub partners: Arc<[LibraryId]>,
    /// Those that they know and their partners': of whose changes they hear.
    pub heard: Arc<[LibraryId]>,
    /// The albums that they may see.
    pub albums: Arc<[AlbumId]>,
}

/// A memory of so many bytes for what a timeline is laid out by.
fn layout<T: Send + Sync + 'static>(most: u64) -> Cache<TimelineKey, Arc<[T]>> {
    Cache::builder()
        .weigher(|_, values: &Arc<[T]>| u32::try_from(size_of_val::<[T]>(values)).unwrap_or(u32::MAX))
        .max_capacity(most)
        .time_to_idle(LAYOUT_IDLE)
        .build()
}

impl std::ops::Deref for App {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl App {
    /// Puts the handles together.
    pub fn new(parts: Parts) -> Self {
        let Parts { settings, store, queue, files, metrics, shutdown } = parts;
        let search = Finder::new(settings.data.join("index"));
        let cache = Memory {
            viewers: Cache::builder().max_capacity(10_000).time_to_live(BELIEVED).build(),
            libraries: Cache::builder().max_capacity(10_000).time_to_live(BELIEVED).build(),
            scopes: Cache::builder().max_capacity(10_000).time_to_live(BELIEVED).build(),
            assets: Cache::builder().max_capacity(100_000).time_to_live(BELIEVED).build(),
            ratios: layout(MOST_RATIOS),
            days: layout(MOST_DAYS),
            parts: Cache::builder()
                .weigher(|_, parts: &Arc<[FolderPart]>| u32::try_from(parts.len()).unwrap_or(u32::MAX))
                .max_capacity(MOST_PARTS)
                .time_to_idle(LAYOUT_IDLE)
                .build(),
            keywords: Cache::builder()
                .weigher(|_, counts: &Arc<[KeywordCount]>| u32::try_from(counts.len()).unwrap_or(u32::MAX))
                .max_capacity(MOST_PARTS)
                .time_to_idle(LAYOUT_IDLE)
                .build(),
            trips: layout(MOST_TRIPS),
            places: Cache::builder()
                .weigher(|_, places: &Places| {
                    let bytes = places.len() * (size_of::<PlaceCount>() + NAMES);
                    u32::try_from(bytes).unwrap_or(u32::MAX)
                })
                .max_capacity(MOST_PLACES)
                .time_to_idle(LAYOUT_IDLE)
                .build(),
            stages: moka::future::Cache::builder().max_capacity(1_000).time_to_live(COUNTED).build(),
            ready: moka::future::Cache::builder().max_capacity(1).time_to_live(BELIEVED).build(),
            streams: Cache::builder()
                .weigher(|_, index: &Arc<Index>| u32::try_from(index.weight()).unwrap_or(u32::MAX))
                .max_capacity(MOST_STREAMS)
                .time_to_idle(LAYOUT_IDLE)
                .build(),
        };
        let live = Live::default();
        let (tries, signer) = (Tries::default(), Signer::default());
        Self(Arc::new(Inner {
            settings,
            store,
            queue,
            files,
            search,
            cache,
            tries,
            live,
            signer,
            metrics,
            shutdown,
        }))
    }

    /// The libraries and albums that a viewer may read.
    pub async fn readable(&self, viewer: &Viewer) -> Result<Readable, ApiError> {
        if let Some(known) = self.cache.libraries.get(viewer) {
            return Ok(known);
        }
        let of = self.store.readable_libraries(viewer).await?;
        let heard = of.known.iter().chain(&of.partners).copied().collect();
        let readable = Readable {
            known: of.known.into(),
            whole: of.whole.into(),
            timeline: of.timeline.into(),
            partners: of.partners.into(),
            heard,
            albums: self.store.albums_seen(viewer).await?.into(),
        };
        self.cache.libraries.insert(viewer.clone(), readable.clone());
        Ok(readable)
    }

    /// The libraries that a viewer may know of as a member.
    pub async fn libraries(&self, viewer: &Viewer) -> Result<Arc<[LibraryId]>, ApiError> {
        Ok(self.readable(viewer).await?.known)
    }

    /// What of the index a viewer may search.
    pub async fn scope(&self, viewer: &Viewer) -> Result<Arc<Scope>, ApiError> {
        if let Some(known) = self.cache.scopes.get(viewer) {
            return Ok(known);
        }
        let scope = Arc::new(self.store.scope(viewer).await?);
        self.cache.scopes.insert(viewer.clone(), Arc::clone(&scope));
        Ok(scope)
    }

    /// The same, with the viewer's favourites where a filter asks for them.
    pub async fn scope_for(&self, viewer: &Viewer, filter: &Filter) -> Result<Arc<Scope>, ApiError> {
        let scope = self.scope(viewer).await?;
        match viewer.user_id().filter(|_| filter.mentions(Key::Favourite)) {
            Some(user) => {
                Ok(Arc::new(Scope { favourites: self.store.favourites(user).await?, ..(*scope).clone() }))
            }
            None => Ok(scope),
        }
    }

    /// What somebody may see has changed: what was decided about it is not believed any more.
    pub fn forget_decisions(&self) {
        self.cache.libraries.invalidate_all();
        self.cache.scopes.invalidate_all();
        self.cache.assets.invalidate_all();
    }

    /// Whether a viewer may see an asset's pictures.
    pub async fn may_see(&self, viewer: &Viewer, asset: AssetId) -> Result<bool, ApiError> {
        let key = (viewer.clone(), asset);
        if let Some(known) = self.cache.assets.get(&key) {
            return Ok(known);
        }
        let may = !self.store.allowed_assets(viewer, Permission::AssetRead, &[asset]).await?.is_empty();
        self.cache.assets.insert(key, may);
        Ok(may)
    }

    /// What time it is for people who have not said where they are.
    pub fn clock(&self) -> Clock {
        Clock { now: chrono::Utc::now(), zone: self.settings.default_time_zone }
    }
}
