//! The change feed: written in the transaction of each change, read below `pg_snapshot_xmin`.

use chrono::NaiveDate;
use domain::feed::FeedPosition;
use domain::{AlbumId, AssetId, FolderId, LibraryId, UserId};
use sqlx::PgTransaction;

use crate::error::text;
use crate::{ONE_MOMENT, Result, Store};

/// The column's value where a change is not one person's.
const EVERYBODY: i64 = 0;

/// What kind of object changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChangeKind {
    /// An asset.
    Asset,
    /// A library, its name or its members.
    Library,
    /// A folder that a library imports from.
    Folder,
    /// An account.
    User,
    /// An album, or what is in it.
    Album,
    /// What one person may see of an album.
    Sight,
    /// An asset's being in an album, or the end of it.
    Entry,
    /// What one person was told.
    Notification,
    /// That one person is in a library, as a member or a partner, or no longer.
    Membership,
    /// What somebody has said in an album.
    Comment,
    /// That somebody likes an album, or something in it.
    Like,
}
domain::texts!(ChangeKind {
    Asset = "asset", Library = "library", Folder = "folder", User = "user", Album = "album", Sight = "sight",
    Entry = "entry", Notification = "notification", Membership = "membership", Comment = "comment", Like = "like",
});

/// Who is to hear of changes: whoever is a member of these libraries, or sees these albums.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Audience<'a> {
    /// The person.
    pub user: UserId,
    /// Libraries of which they may know.
    pub libraries: &'a [LibraryId],
    /// Albums that they may see.
    pub albums: &'a [AlbumId],
}

/// The latest change of one object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where it stands in the feed.
    pub position: FeedPosition,
    /// What changed.
    pub kind: ChangeKind,
    /// Its number.
    pub object_id: i64,
    /// Whose members may hear of it.
    pub library_id: Option<LibraryId>,
    /// Of albums, and of what belongs to one: the album.
    pub album_id: Option<AlbumId>,
    /// Of entries, comments and likes: the asset.
    pub asset_id: Option<AssetId>,
    /// Whose alone it is: something of theirs about the object is another, and nobody else may hear of it.
    pub user_id: Option<UserId>,
    /// It is no more, or locked away.
    pub gone: bool,
    /// Assets: the day they lie on now.
    pub day: Option<NaiveDate>,
}

/// A stretch of the feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedPage {
    /// In feed order.
    pub changes: Vec<Change>,
    /// Where to go on.
    pub position: FeedPosition,
    /// The position asked for can't be continued from: forget everything and start anew.
    pub reset: bool,
    /// There may be more at once.
    pub more: bool,
}

impl Store {
    /// Where the feed stands: everything below it has been committed and can be read.
    pub async fn feed_position(&self) -> Result<FeedPosition> {
        let row = sqlx::query!(
            r#"SELECT epoch, pg_snapshot_xmin(pg_current_snapshot())::text AS "xid!" FROM feed"#
        )
        .fetch_one(&self.pool)
        .await?;
        Ok(FeedPosition { epoch: row.epoch, xid: xid(&row.xid)?, seq: 0 })
    }

    /// The changes after a position, at most `limit`. An audience narrows it to what may concern it: whether it may hear of
    /// each is still to be asked.
    pub async fn feed_after(
        &self,
        after: FeedPosition,
        audience: Option<Audience<'_>>,
        limit: i64,
    ) -> Result<FeedPage> {
        // One moment for both questions: between two, tombstones might be forgotten unnoticed.
        let mut tx = self.pool.begin_with(ONE_MOMENT).await?;
        let state = sqlx::query!(
            r#"SELECT epoch, pruned_xid::text AS "pruned!", pg_snapshot_xmin(pg_current_snapshot())::text AS "xmin!"
               FROM feed"#
        )
        .fetch_one(&mut *tx)
        .await?;
        let start = FeedPosition { epoch: state.epoch, xid: 0, seq: 0 };
        let from_start = after.xid == 0 && after.seq == 0;
        if after.epoch != state.epoch || (!from_start && after.xid < xid(&state.pruned)?) {
            return Ok(FeedPage { changes: Vec::new(), position: start, reset: true, more: true });
        }
        let user = audience.map(|audience| audience.user.0);
        let libraries = audience.map_or(&[][..], |audience| audience.libraries);
        let albums = audience.map_or(&[][..], |audience| audience.albums);
        let libraries: Vec<i64> = libraries.iter().map(|id| id.0).collect();
        let albums: Vec<i64> = albums.iter().map(|id| id.0).collect();
        let rows = sqlx::query!(
            r#"SELECT c.kind, c.object_id, c.library_id, c.album_id, c.asset_id, c.user_id, c.gone,
                      c.xid::text AS "xid!", c.seq, a.day AS "day?"
               FROM changes c LEFT JOIN assets a ON c.kind = 'asset' AND a.id = c.object_id AND NOT c.gone
               WHERE (c.xid, c.seq) > ($1::text::xid8, $2) AND c.xid < $3::text::xid8
                 AND ($6::bigint IS NULL OR c.user_id = $6 OR (c.user_id = 0 AND (
                      c.library_id = ANY ($4) OR c.album_id = ANY ($5)
                      OR (c.kind = 'asset' AND $5 <> '{}' AND EXISTS (
                          SELECT FROM album_assets e WHERE e.asset_id = c.object_id AND e.album_id = ANY ($5))))))
               ORDER BY c.xid, c.seq LIMIT $7"#,
            after.xid.to_string(),
            after.seq,
            state.xmin,
            &libraries,
            &albums,
            user,
            limit
        )
        .fetch_all(&mut *tx)
        .await?;
        tx.commit().await?;
        let more = rows.len() as i64 == limit;
        let changes = rows
            .into_iter()
            .map(|row| {
                Ok(Change {
                    position: FeedPosition { epoch: state.epoch, xid: xid(&row.xid)?, seq: row.seq },
                    kind: text("changes", row.object_id, &row.kind)?,
                    object_id: row.object_id,
                    library_id: row.library_id.map(LibraryId),
                    album_id: row.album_id.map(AlbumId),
                    asset_id: row.asset_id.map(AssetId),
                    user_id: (row.user_id != EVERYBODY).then_some(UserId(row.user_id)),
                    gone: row.gone,
                    day: row.day,
                })
            })
            .collect::<Result<Vec<_>>>()?;
        // Past the last row if there are more; else everything below xmin has been seen.
        let position = match changes.last() {
            Some(last) if more => last.position,
            _ => FeedPosition { epoch: state.epoch, xid: xid(&state.xmin)?, seq: 0 }.max(after),
        };
        Ok(FeedPage { changes, position, reset: false, more })
    }

    /// How long the oldest change of an asset after a position has been waiting, in seconds; `None` where nothing waits,
    /// or where the position is of another epoch. (The index, whose lag this is, is told of assets only.)
    pub async fn feed_lag(&self, position: FeedPosition) -> Result<Option<f64>> {
        Ok(sqlx::query_scalar!(
            r#"SELECT extract(epoch FROM now() - min(c.at))::float8 FROM feed f
               JOIN changes c ON (c.xid, c.seq) > ($2::text::xid8, $3) AND c.kind = 'asset' WHERE f.epoch = $1"#,
            position.epoch,
            position.xid.to_string(),
            position.seq
        )
        .fetch_one(&self.pool)
        .await?
        .map(|seconds| seconds.max(0.0)))
    }

    /// Begins the feed's next life, after the database was restored: what came after the backup is forgotten, and
    /// transaction ids may begin anew. Every reader is told to start over. Answers the new epoch.
    pub async fn begin_epoch(&self) -> Result<i32> {
        let mut tx = self.pool.begin().await?;
        sqlx::query!("SET LOCAL statement_timeout = '30min'").execute(&mut *tx).await?;
        // Who is writing ends first; who comes later writes into the new life.
        sqlx::query!("LOCK TABLE changes IN EXCLUSIVE MODE").execute(&mut *tx).await?;
        let epoch =
            sqlx::query_scalar!("UPDATE feed SET epoch = epoch + 1, pruned_xid = '0' RETURNING epoch")
                .fetch_one(&mut *tx)
                .await?;
        sqlx::query!("UPDATE changes SET xid = '0' WHERE xid <> '0'").execute(&mut *tx).await?;
        tx.commit().await?;
        Ok(epoch)
    }

    /// Forgets tombstones older than 90 days; positions before them will be answered by a reset.
    pub async fn prune_feed(&self) -> Result<u64> {
        let mut tx = self.pool.begin().await?;
        sqlx::query!(
            "UPDATE feed SET pruned_xid = greatest(pruned_xid,
                coalesce((SELECT (max(xid)::text::bigint + 1)::text::xid8 FROM changes
                          WHERE gone AND at < now() - interval '90 days'), pruned_xid))"
        )
        .execute(&mut *tx)
        .await?;
        let pruned = sqlx::query!("DELETE FROM changes WHERE gone AND at < now() - interval '90 days'")
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(pruned.rows_affected())
    }
}

pub(crate) fn xid(text: &str) -> Result<i64> {
    text.parse().map_err(|_| crate::StoreError::unknown("changes", 0, &format!("xid {text}")))
}

/// Writes that these assets changed.
pub(crate) async fn touch_assets(
    tx: &mut PgTransaction<'_>,
    library: LibraryId,
    ids: &[AssetId],
) -> Result<()> {
    let numbers: Vec<i64> = ids.iter().map(|id| id.0).collect();
    touch(tx, ChangeKind::Asset, &numbers, library).await
}

/// Writes that a library changed.
pub(crate) async fn touch_library(tx: &mut PgTransaction<'_>, library: LibraryId) -> Result<()> {
    touch(tx, ChangeKind::Library, &[library.0], library).await
}

/// Writes that the libraries that one person owns are another way for somebody else.
pub(crate) async fn touch_libraries_of(
    tx: &mut PgTransaction<'_>,
    owner: UserId,
    person: UserId,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO changes (kind, object_id, library_id, user_id)
         SELECT 'library', library_id, library_id, $2 FROM library_members
         WHERE user_id = $1 AND role = 'owner' ORDER BY library_id
         ON CONFLICT (kind, object_id, user_id) DO UPDATE
         SET gone = false, xid = excluded.xid, seq = excluded.seq, at = excluded.at",
        owner.0,
        person.0
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes that a folder changed.
pub(crate) async fn touch_folder(
    tx: &mut PgTransaction<'_>,
    library: LibraryId,
    folder: FolderId,
) -> Result<()> {
    touch(tx, ChangeKind::Folder, &[folder.0], library).await
}

/// Writes that these assets are another for one person.
pub(crate) async fn touch_assets_for(
    tx: &mut PgTransaction<'_>,
    user: UserId,
    library: LibraryId,
    ids: &[AssetId],
) -> Result<()> {
    let numbers: Vec<i64> = ids.iter().map(|id| id.0).collect();
    write(tx, ChangeKind::Asset, &numbers, library, user.0).await
}

/// Forgets what is people's own about assets that have left everybody's sight.
pub(crate) async fn forget_personal(tx: &mut PgTransaction<'_>, ids: &[AssetId]) -> Result<()> {
    let numbers: Vec<i64> = ids.iter().map(|id| id.0).collect();
    sqlx::query!(
        "DELETE FROM changes WHERE kind = 'asset' AND object_id = ANY ($1) AND user_id <> 0",
        &numbers
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn touch(tx: &mut PgTransaction<'_>, kind: ChangeKind, ids: &[i64], library: LibraryId) -> Result<()> {
    write(tx, kind, ids, library, EVERYBODY).await
}

/// An asset that is not there any more, or locked, is gone from everybody's sight.
async fn write(
    tx: &mut PgTransaction<'_>,
    kind: ChangeKind,
    ids: &[i64],
    library: LibraryId,
    user: i64,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO changes (kind, object_id, library_id, user_id, gone)
         SELECT $1, w.id, $3, $4, $1 = 'asset' AND NOT EXISTS (SELECT FROM assets a WHERE a.id = w.id AND a.state <> 'locked')
         FROM unnest($2::bigint[]) AS w (id) ORDER BY w.id
         ON CONFLICT (kind, object_id, user_id) DO UPDATE
         SET library_id = excluded.library_id, gone = excluded.gone, xid = excluded.xid, seq = excluded.seq,
             at = excluded.at",
        kind.as_str(),
        ids,
        library.0,
        user
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
