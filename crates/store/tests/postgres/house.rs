//! A database with what a test needs in it.

use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::asset::ContentHash;
use domain::deed::Deed;
use domain::job::{Job, Priority, Stage};
use domain::metadata::{Format, Metadata, Position, Precision, TimeSource};
use domain::time::Taken;
use domain::user::UserRole;
use domain::{ActId, AssetId, LibraryId, UserId};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use store::{Claim, Described, NewAsset, NewLocation, Settled, Store, Written};
use testkit::Db;

pub struct House {
    pub db: Db,
    /// With enough connections for many tasks at once.
    pub store: Store,
    next: AtomicU64,
}

impl House {
    pub async fn new() -> Self {
        let db = Db::new().await.unwrap();
        let store = Store::connect(db.url(), 16).await.unwrap();
        Self { db, store, next: AtomicU64::new(1) }
    }

    pub async fn user(&self, name: &str, role: UserRole) -> UserId {
        let email = format!("{name}@example.org");
        self.store.add_user(name, &email, "no password", role).await.unwrap().unwrap().id
    }

    pub async fn library(&self, name: &str) -> LibraryId {
        self.store.add_library(name, None).await.unwrap()
    }

    pub async fn member(&self, library: LibraryId, user: UserId, role: &str) {
        let sql = format!("INSERT INTO library_members VALUES ({}, {}, '{role}')", library.0, user.0);
        self.db.execute(&sql).await.unwrap();
    }

    /// A new asset with a content of its own, whose metadata has not been read.
    pub async fn asset(&self, library: LibraryId) -> AssetId {
        let content = self.next.fetch_add(1, Ordering::Relaxed);
        self.store.insert_asset(&new(library, content)).await.unwrap().asset()
    }

    /// A new asset in the timeline.
    pub async fn described(&self, library: LibraryId, described: &Described) -> AssetId {
        let asset = self.asset(library).await;
        assert!(describe(&self.store, asset, described).await);
        asset
    }

    /// Does something to assets; answers what undoes it, and those that stand otherwise now.
    pub async fn act(&self, user: UserId, deed: Deed, assets: &[AssetId]) -> (ActId, Vec<AssetId>) {
        let act = self.store.begin_act(user, deed).await.unwrap();
        let done = self.store.act(act, user, deed, assets, Utc::now()).await.unwrap();
        (act, done)
    }

    /// Undoes it; answers those that stand as they did before.
    pub async fn undo(&self, user: UserId, act: ActId) -> Vec<AssetId> {
        let Some((deed, assets)) = self.store.act_of(user, act).await.unwrap() else { return Vec::new() };
        assert!(self.store.begin_undoing(user, act).await.unwrap());
        self.store.undo_act(user, act, deed, &assets).await.unwrap()
    }

    /// A connection of the test's own, for what is to stay open.
    pub async fn connection(&self) -> PgConnection {
        PgConnection::connect(self.db.url()).await.unwrap()
    }
}

pub async fn run(connection: &mut PgConnection, sql: &str) {
    sqlx::query(AssertSqlSafe(sql.to_owned())).execute(connection).await.unwrap();
}

pub fn new(library: LibraryId, content: u64) -> NewAsset {
    NewAsset {
        library,
        added_by: None,
        name: format!("{content}.jpg"),
        hash: hash(content),
        size: 1_000,
        modified_at: DateTime::UNIX_EPOCH,
        location: NewLocation::Stored,
        priority: Priority::Bulk,
    }
}

pub fn hash(content: u64) -> ContentHash {
    let (mut blake3, mut sha1) = ([7; 32], [9; 20]);
    blake3[..8].copy_from_slice(&content.to_le_bytes());
    sha1[..8].copy_from_slice(&content.to_le_bytes());
    ContentHash { blake3, sha1 }
}

/// A picture taken so many days and seconds after the first of January 2024.
pub fn taken(day: u64, second: u32, position: Option<(f64, f64)>) -> Described {
    let date = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap() + Days::new(day);
    let local = date.and_hms_opt(0, 0, 0).unwrap() + chrono::TimeDelta::seconds(second.into());
    let metadata = Metadata {
        width: Some(4_000),
        height: Some(3_000),
        position: position.map(|(latitude, longitude)| Position { latitude, longitude, altitude: None }),
        ..Metadata::silent(Format::Jpeg)
    };
    Described {
        ties: Vec::new(),
        metadata,
        taken: Taken {
            utc: local.and_utc(),
            local,
            offset_minutes: 0,
            zone: None,
            source: TimeSource::Gps,
            guessed: false,
            precision: Precision::Moment,
            assumed: false,
        },
        place: None,
        edited: None,
    }
}

pub async fn claim(store: &Store, asset: AssetId, stage: Stage) -> Option<Claim> {
    store.claim(Job { asset, stage }, "a test", 60.0).await.unwrap()
}

/// Runs the metadata stage with this result. False if it is not pending, or was made so anew meanwhile.
pub async fn describe(store: &Store, asset: AssetId, described: &Described) -> bool {
    match claim(store, asset, Stage::Metadata).await {
        Some(claim) => store.describe(&claim, described, &Settled::Done).await.unwrap() == Written::Done,
        None => false,
    }
}
