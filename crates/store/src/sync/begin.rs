//! How a round begins, and what of the feed concerns a viewer during one of its pages.

use std::collections::HashSet;

use domain::AlbumId;
use domain::access::{Permission, Viewer};
use domain::album::AlbumRole;
use domain::feed::{FeedPosition, Round, SyncPosition};
use domain::library::MemberRole;

use crate::feed::xid;
use crate::{Result, Store};

/// How a position can be gone on from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begun {
    /// It can't: it is too old, or from before a restore. Everything is to be read anew, from here.
    Reset(FeedPosition),
    /// Nothing has changed for anybody since.
    Level(FeedPosition),
    /// By the next page of this round.
    Round(Round),
}

/// What a viewer may hear of in a page of a round. What they have gained or lost since the round began is left to the next
/// one: objects that lie in it may not have been sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach {
    /// Libraries of which they may know.
    pub known: Vec<i64>,
    /// Those of these that they are members of: of the others they are not told what they are imported from.
    pub members: Vec<i64>,
    /// Libraries whose assets they may see, all of them or what stands in the timeline.
    pub whole: Vec<i64>,
    /// Albums that they may see.
    pub albums: Vec<i64>,
    /// Those of these albums of which they may see the assets.
    pub shown: Vec<i64>,
    /// What they have gained since the client was at rest: all that is in it is sent.
    pub gained_libraries: Vec<i64>,
    /// The same of albums.
    pub gained_albums: Vec<i64>,
    /// Libraries that they have lost: what albums still show of them looks otherwise now.
    pub lost_libraries: Vec<i64>,
    /// Gained or lost since the round began.
    pub late_libraries: Vec<i64>,
    /// The same of albums.
    pub late_albums: Vec<i64>,
}

impl Store {
    /// How a client goes on from where it stands.
    pub async fn begin_round(&self, position: SyncPosition) -> Result<Begun> {
        let since = position.sure();
        let row = sqlx::query!(
            r#"SELECT f.epoch, f.pruned_xid::text AS "pruned!",
                      pg_snapshot_xmin(pg_current_snapshot())::text AS "xmin!",
                      EXISTS (SELECT FROM changes c WHERE (c.xid, c.seq) > ($1::text::xid8, $2)
                              AND c.xid < pg_snapshot_xmin(pg_current_snapshot())) AS "any!" FROM feed f"#,
            since.xid.to_string(),
            since.seq
        )
        .fetch_one(&self.pool)
        .await?;
        let from_start = since.xid == 0 && since.seq == 0;
        if since.epoch != row.epoch || (!from_start && since.xid < xid(&row.pruned)?) {
            return Ok(Begun::Reset(FeedPosition { epoch: row.epoch, xid: 0, seq: 0 }));
        }
        Ok(match position {
            SyncPosition::Within(round) => Begun::Round(round),
            SyncPosition::Rest(since) => {
                let round = Round::begin(since, xid(&row.xmin)?);
                if row.any { Begun::Round(round) } else { Begun::Level(round.end()) }
            }
        })
    }

    /// What a viewer may hear of in the next page of a round.
    pub async fn reach(&self, viewer: &Viewer, round: &Round) -> Result<Reach> {
        let Viewer::User(user) = viewer else { return Ok(Reach::default()) };
        // First what they may see: what is gained after that is found to be late.
        let roles = self.roles(user).await?;
        let of = |fits: &dyn Fn(MemberRole) -> bool| -> Vec<i64> {
            roles.iter().filter(|one| fits(one.role)).map(|one| one.library.0).collect()
        };
        let known = of(&|role| user.may(role, Permission::LibraryRead));
        let members = of(&|role| role > MemberRole::Partner && user.may(role, Permission::LibraryRead));
        let whole = of(&|role| user.may(role, Permission::AssetRead));
        let albums = self.albums_seen(viewer).await?;
        let rows = sqlx::query!(
            r#"SELECT kind, library_id, album_id, (xid, seq) > ($2::text::xid8, $3) AS "fresh!",
                      xid >= $4::text::xid8 AS "late!"
               FROM changes WHERE user_id = $1 AND kind IN ('membership', 'sight')"#,
            user.id.0,
            round.since.xid.to_string(),
            round.since.seq,
            round.until.to_string()
        )
        .fetch_all(&self.pool)
        .await?;
        let (mut fresh, mut late) = ((HashSet::new(), HashSet::new()), (HashSet::new(), HashSet::new()));
        for row in rows {
            let (places, id) = if row.late { (&mut late, row.album_id) } else { (&mut fresh, row.album_id) };
            if !row.fresh {
                continue;
            }
            match (id, row.library_id) {
                (Some(album), _) => places.1.insert(album),
                (None, Some(library)) => places.0.insert(library),
                (None, None) => false,
            };
        }
        let left = |ids: Vec<i64>, late: &HashSet<i64>| -> Vec<i64> {
            ids.into_iter().filter(|id| !late.contains(id)).collect()
        };
        let first = round.is_first();
        let among = |ids: &[i64], fresh: &HashSet<i64>| -> Vec<i64> {
            ids.iter().copied().filter(|id| !first && fresh.contains(id)).collect()
        };
        let lost = fresh.0.iter().copied().filter(|id| !first && !known.contains(id)).collect();
        let known = left(known, &late.0);
        let albums = left(albums.into_iter().map(|AlbumId(id)| id).collect(), &late.1);
        let shows = user.may_in_album(AlbumRole::Viewer, Permission::AssetRead);
        Ok(Reach {
            gained_libraries: among(&known, &fresh.0),
            gained_albums: among(&albums, &fresh.1),
            lost_libraries: lost,
            shown: if shows { albums.clone() } else { Vec::new() },
            members: left(members, &late.0),
            whole: left(whole, &late.0),
            late_libraries: Vec::from_iter(late.0),
            late_albums: Vec::from_iter(late.1),
            known,
            albums,
        })
    }
}
