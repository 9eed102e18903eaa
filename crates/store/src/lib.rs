//! Every SQL statement, in and out of domain types, checked against the schema at compile time.
//!
//! Each method is one statement or one short transaction; nothing is decoded, hashed or awaited from outside
//! while a transaction is open. A missing object is `None`, never an error.

mod access;
mod accounts;
mod albums;
pub mod assets;
mod counts;
mod deeds;
mod devices;
mod downloads;
mod edits;
mod error;
mod feed;
mod films;
mod folder_parts;
mod folders;
mod jobs;
mod keywords;
mod libraries;
mod links;
mod locked;
mod map;
mod memories;
mod notifications;
mod outbox;
mod partners;
mod places;
mod push;
mod recount;
mod redo;
mod scans;
mod searches;
mod sessions;
mod sidecars;
mod stacks;
mod streams;
mod sync;
mod timeline;
mod tracks;
mod trash;
mod uploads;
mod users;

use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};

pub use access::ReadableLibraries;
pub use accounts::audit::AuditFilter;
pub use accounts::invitations::{Joined, NewInvitation};
pub use accounts::keys::NewKey;
pub use accounts::pictures::UserPicture;
pub use accounts::quota::Reserved;
pub use accounts::totp::CodeTry;
pub use accounts::transfer::Transferred;
pub use accounts::{AccountChange, Changed};
pub use albums::{
    AlbumChange, AlbumEntry, AlbumMember, AlbumRefusal, AlbumSize, Comment, CommentPage, DueRule, Likes,
    NewAlbum, Removed, Restored,
};
pub use assets::insert::{InFolder, Inserted, NewAsset, NewLocation};
pub use assets::metadata::{Described, Underneath, Written};
pub use assets::read::{Location, Source};
pub use assets::renditions::Rendered;
pub use deeds::{DEED_BATCH, FavouritesVersion};
pub use devices::{MOST_DEVICES, NamedDevice, Registered, StoredContent};
pub use downloads::{Download, NewDownload};
pub use edits::{Edited, Locate, Said, Undone};
pub use error::StoreError;
pub use feed::{Audience, Change, ChangeKind, FeedPage};
pub use films::{Transcoding, TranscodingState, WANTED};
pub use folder_parts::FolderPart;
pub use folders::{KnownAsset, KnownFile, Refusal};
pub use jobs::{Blame, Buried, Claim, Settled, StageCount};
pub use keywords::KeywordCount;
pub use libraries::LibrarySize;
pub use libraries::members::LibraryMember;
pub use links::{LinkChange, NewLink, NewToken, Opened, SharedPlace, Told};
pub use locked::LockedPlace;
pub use map::{MapCell, MapPoint};
pub use memories::{DaysAway, MemoryMark, TakenThen};
pub use notifications::{News, Notification, NotificationPlace};
pub use outbox::{Content, Notice, Outgoing, ReadyLetter};
pub use partners::Partner;
pub use places::PlaceCount;
pub use push::PushSubscription;
pub use redo::BATCH;
pub use scans::{FolderLock, Unreadable};
pub use searches::{MOST_REMEMBERED, MOST_SAVED, Remembered, SavedSearch};
pub use sidecars::{DueSidecar, FolderPath, Sidecar};
pub use stacks::Stack;
pub use streams::Streaming;
pub use sync::{Begun, Placed, Reach, SyncedComment, SyncedEntry, SyncedMember};
pub use timeline::{Columns, Snapshot, StretchRow, TimelineSpan};
pub use tracks::{TakenAt, TakenWithin};
pub use trash::{DELETE_BATCH, Remains, TrashPlace};
pub use uploads::{NewUpload, UploadRow};

/// The schema, as plain SQL compiled into the binary.
pub static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("../../migrations");

/// What every method answers with.
pub type Result<T> = std::result::Result<T, StoreError>;

/// The part of the log in which the pool tells of connections that broke. Whoever asked something is told, too.
pub const POOL_LOG: &str = "sqlx_core::pool";

/// The part of the log that tells of statements that took long.
pub const STATEMENT_LOG: &str = "sqlx::query";

/// Begins a transaction whose every statement sees the database as it was at the first.
const ONE_MOMENT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// A pool of connections to Postgres. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    pool: PgPool,
}

impl Store {
    /// Connects with at most `connections` connections. Statements are bounded to 30 s and idle transactions
    /// to 10 s, so that nothing of ours can hold back the feed for long.
    pub async fn connect(url: &str, connections: u32) -> Result<Self> {
        let options = PgConnectOptions::from_str(url)
            .map_err(StoreError::Address)?
            .application_name("tessera")
            .options([("statement_timeout", "30s"), ("idle_in_transaction_session_timeout", "10s")]);
        let pool = PgPoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(Duration::from_secs(10))
            .idle_timeout(Duration::from_secs(60))
            .connect_with(options)
            .await
            .map_err(StoreError::Unreachable)?;
        Ok(Self { pool })
    }

    /// A store over a pool that is there already (tests).
    pub fn from_pool(pool: PgPool) -> Self {
        Self { pool }
    }

    /// Brings the schema up to date; a second call does nothing.
    pub async fn migrate(&self) -> Result<()> {
        MIGRATOR.run(&self.pool).await.map_err(StoreError::Migration)
    }

    /// Whether Postgres answers and the schema is this version's or newer.
    pub async fn ready(&self) -> Result<bool> {
        let wanted = MIGRATOR.iter().map(|migration| migration.version).max().unwrap_or_default();
        let found: Option<i64> =
            sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations WHERE success")
                .fetch_one(&self.pool)
                .await?;
        Ok(found.is_some_and(|version| version >= wanted))
    }

    /// Closes every connection.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}
