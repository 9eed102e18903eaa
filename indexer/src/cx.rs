//! What every task needs: the shared handles. Cheap to clone.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use boot::{Settings, Shutdown};
use files::Files;
use media::{Bounds, Decoder, Transcoder};
use queue::Queue;
use sandbox::Budget;
use store::Store;
use tokio::sync::Semaphore;

use crate::atlas::Shelf;
use crate::bell::Bell;

/// The program that decodes; it lies beside this one.
const DECODER: &str = "tessera-decoder";

/// Films that are made anew at once, and that are made to be streamed: each takes all cores there are.
pub const FILMS_AT_ONCE: usize = 1;
/// Connections to the database, also with many workers: a command such as `import` takes as many once more, and both fit
/// beside those of `tessera-api` into what `bin/up` allows its Postgres (100).
const MOST_CONNECTIONS: u32 = 24;
/// How long a child may sit idle.
const CHILD_IDLE: Duration = Duration::from_secs(30);
/// Pictures up to so many megapixels in all are decoded at once for each worker; one larger than all that goes alone.
const MEGAPIXELS_PER_WORKER: usize = 64;

/// The shared handles.
#[derive(Clone)]
pub struct Cx(Arc<Inner>);

/// What [`Cx`] points to.
pub struct Inner {
    /// Settings, checked.
    pub settings: Settings,
    /// The truth.
    pub store: Store,
    /// Redis.
    pub queue: Queue,
    /// Rings for jobs and tells of changes.
    pub bell: Bell,
    /// Originals and renditions.
    pub files: Files,
    /// Reads and renders in sandboxed children.
    pub decoder: Decoder,
    /// Makes films anew in sandboxed children.
    pub transcoder: Transcoder,
    /// The same for films that somebody is about to watch. (A child goes on with one film only.)
    pub streamer: Transcoder,
    /// The atlas, while it is needed.
    pub atlas: Shelf,
    /// Megapixels that may still be decoded at once.
    pub megapixels: Semaphore,
    /// The name under which this process holds leases.
    pub name: String,
    /// The wish to stop.
    pub shutdown: Shutdown,
}

impl std::ops::Deref for Cx {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl Cx {
    /// Connects to everything.
    ///
    /// # Errors
    /// In words for the person who starts the program.
    pub async fn open(settings: Settings, shutdown: Shutdown) -> anyhow::Result<Self> {
        let store = store(&settings).await?;
        let queue = Queue::connect(settings.redis_url.expose(), settings.redis_prefix.as_str()).await;
        let queue = queue.map_err(|error| in_words(&error))?;
        let files = open_files(&settings, &store).await?;
        let (decoder, transcoder, streamer) = decoders(&settings)?;
        let inner = Inner {
            bell: Bell::new(queue.clone()),
            decoder,
            transcoder,
            streamer,
            atlas: Shelf::default(),
            megapixels: Semaphore::new(settings.workers_cpu.saturating_mul(MEGAPIXELS_PER_WORKER)),
            name: name(),
            settings,
            store,
            queue,
            files,
            shutdown,
        };
        Ok(Self(Arc::new(inner)))
    }

    /// How many permits of [`Inner::megapixels`] a picture of so many pixels takes.
    pub fn share_of(&self, pixels: Option<i64>) -> u32 {
        let all = self.settings.workers_cpu.saturating_mul(MEGAPIXELS_PER_WORKER);
        let wanted = pixels.map_or(1, |pixels| pixels / 1_000_000).max(1);
        u32::try_from(wanted).unwrap_or(u32::MAX).min(u32::try_from(all).unwrap_or(u32::MAX))
    }
}

/// The database alone, for commands that need no more.
///
/// # Errors
/// If it can't be reached, or is not set up for this version.
pub async fn store(settings: &Settings) -> anyhow::Result<Store> {
    // Each worker, the scan, the sweeper and the index's follower hold at most one, and that only for moments.
    let connections = u32::try_from(settings.workers_cpu).unwrap_or(u32::MAX).saturating_add(8);
    let connections = connections.min(MOST_CONNECTIONS);
    let store = Store::connect(settings.database_url.expose(), connections).await;
    let store = store.map_err(|error| in_words(&error))?;
    let ready = store.ready().await.unwrap_or(false);
    anyhow::ensure!(
        ready,
        "the database is not set up for this version: run {} first",
        boot::command("tessera-api migrate")
    );
    Ok(store)
}

/// A server that is not there from the beginning has not gone away (see [`crate::away`]): its own words say what to do.
fn in_words(error: &impl std::error::Error) -> anyhow::Error {
    anyhow::anyhow!("{error}")
}

/// The data folder. One that is missing is made only where nothing can have been lost with it.
///
/// # Errors
/// If it can't be used.
pub async fn open_files(settings: &Settings, store: &Store) -> anyhow::Result<Files> {
    if store.is_untouched().await? {
        Files::create(&settings.data).await?;
    }
    let opened = Files::open(&settings.data, settings.reserve_free_mb << 20).await;
    opened.with_context(|| format!("the data folder {} can't be used", settings.data.display()))
}

fn decoders(settings: &Settings) -> anyhow::Result<(Decoder, Transcoder, Transcoder)> {
    let megabytes = settings.child_memory_mb;
    let pixels = u64::from(settings.max_megapixels) * 1_000_000;
    let memory = (megabytes << 20).saturating_sub(media::PROGRAM).max(megabytes << 19);
    let seconds = settings.child_timeout_s.into();
    let media = media::Settings {
        children: settings.workers_cpu,
        bounds: Bounds { pixels, memory },
        idle: CHILD_IDLE,
        time: Budget { wall: Duration::from_secs(seconds), cpu_seconds: seconds },
        allow_without_landlock: settings.allow_unsandboxed,
        ..media::Settings::new(std::env::current_exe()?.with_file_name(DECODER))
    };
    let films = media::Settings { children: FILMS_AT_ONCE, ..media.clone() };
    let all = Decoder::new(media)
        .and_then(|decoder| Ok((decoder, Transcoder::new(&films)?, Transcoder::new(&films)?)));
    all.context("a part of Tessera is missing: build or install it again")
}

/// Unlike any other process's, also of one that had the same number before.
fn name() -> String {
    let started = chrono::Utc::now().timestamp_micros();
    format!("{}-{started}", std::process::id())
}
