//! The copy that a client keeps: one page of a round over the feed (ADR 23).

use domain::access::{Permission, UserViewer, Viewer};
use domain::album::AlbumRole;
use domain::feed::{Round, SyncPosition, SyncStep};
use domain::library::MemberRole;
use domain::{AlbumId, AssetId};
use store::{Begun, Reach};

use crate::app::App;
use crate::error::ApiError;
use crate::graphql::scalars::Date;
use crate::graphql::types::changes::{AlbumEntry, Change, ChangeKind, Changes};
use crate::graphql::types::comment::Comment;

/// What a page is made for.
struct Asked<'a> {
    app: &'a App,
    viewer: &'a Viewer,
    user: &'a UserViewer,
    reach: Reach,
}

/// Items, and the number up to which a kind was sent; none if that was all of it.
type Sent = (Vec<Change>, Option<i64>);

/// What changed after a position, as far as the viewer may see it: libraries first, then what lies in them, then albums, then
/// what belongs to those.
pub async fn page(
    app: &App,
    viewer: &Viewer,
    after: SyncPosition,
    first: usize,
) -> Result<Changes, ApiError> {
    // What was decided a moment ago may be what has just changed.
    app.cache.libraries.invalidate(viewer);
    // A copy outlives the time for which the locked folder is open.
    let viewer = &viewer.clone().with_folder_closed();
    let Viewer::User(user) = viewer else { return Err(ApiError::Unauthenticated) };
    let answer = |position: SyncPosition, reset, has_more, items| Changes {
        position: position.to_string(),
        reset,
        items,
        has_more,
    };
    let round = match app.store.begin_round(after).await? {
        Begun::Reset(start) => return Ok(answer(SyncPosition::Rest(start), true, true, Vec::new())),
        Begun::Level(position) => {
            return Ok(answer(SyncPosition::Rest(position), false, false, Vec::new()));
        }
        Begun::Round(round) => round,
    };
    let reach = app.store.reach(viewer, &round).await?;
    let asked = Asked { app, viewer, user, reach };
    let (mut items, mut next) = (Vec::new(), Some(round));
    while let Some(round) = next.filter(|_| items.len() < first) {
        let room = i64::try_from(first - items.len()).unwrap_or(i64::MAX);
        let (sent, at) = asked.step(&round, room).await?;
        items.extend(sent);
        next = match at {
            Some(at) => Some(Round { at, ..round }),
            None => round.step.next().map(|step| Round { step, at: 0, ..round }),
        };
    }
    let position = next.map_or(SyncPosition::Rest(round.end()), SyncPosition::Within);
    Ok(answer(position, false, next.is_some(), items))
}

impl Asked<'_> {
    async fn step(&self, round: &Round, room: i64) -> Result<Sent, ApiError> {
        let (store, reach) = (&self.app.store, &self.reach);
        match round.step {
            SyncStep::Libraries => self.libraries(round, room).await,
            SyncStep::Folders => {
                let found = store.synced_folders(reach, round, room).await?;
                let at = up_to(&found, room, |(id, _)| id.0);
                let items = found.into_iter().map(|(id, gone)| Change::of(ChangeKind::Folder, &id, gone));
                Ok((told(round, items), at))
            }
            SyncStep::Assets => {
                let found = store.synced_assets(self.user.id, reach, round, room).await?;
                self.assets(round, room, found).await
            }
            SyncStep::AssetsGained => {
                let found = store.synced_assets_gained(reach, round, room).await?;
                self.assets(round, room, found).await
            }
            SyncStep::Albums => {
                let found = store.synced_albums(self.user.id, reach, round, room).await?;
                let at = up_to(&found, room, |id| id.0);
                let sees = |id: &AlbumId| reach.albums.binary_search(&id.0).is_ok();
                // A key that sees no albums is not told which there were.
                let tells = self.user.may_in_album(AlbumRole::Viewer, Permission::AlbumRead);
                let items = found.into_iter().filter(|_| tells);
                let items = items.map(|id| Change::of(ChangeKind::Album, &id, !sees(&id)));
                Ok((told(round, items), at))
            }
            SyncStep::Members => self.members(round, room).await,
            SyncStep::Entries => self.entries(round, room).await,
            SyncStep::Comments => self.comments(round, room).await,
            SyncStep::Talk => self.talk(round, room).await,
        }
    }

    async fn libraries(&self, round: &Round, room: i64) -> Result<Sent, ApiError> {
        if !self.user.may(MemberRole::Viewer, Permission::LibraryRead) {
            return Ok((Vec::new(), None));
        }
        let found = self.app.store.synced_libraries(self.user.id, &self.reach, round, room).await?;
        let at = up_to(&found, room, |id| id.0);
        let knows = |id: i64| self.reach.known.binary_search(&id).is_ok();
        let items = found.into_iter().map(|id| Change::of(ChangeKind::Library, &id, !knows(id.0)));
        Ok((told(round, items), at))
    }

    async fn assets(
        &self,
        round: &Round,
        room: i64,
        found: Vec<(AssetId, Option<chrono::NaiveDate>)>,
    ) -> Result<Sent, ApiError> {
        let at = up_to(&found, room, |(id, _)| id.0);
        let ids: Vec<AssetId> = found.iter().map(|(id, _)| *id).collect();
        let seen = self.app.store.allowed_assets(self.viewer, Permission::AssetRead, &ids).await?;
        let items = found.into_iter().map(|(id, day)| {
            let gone = !seen.contains(&id);
            Change { day: day.filter(|_| !gone).map(Date), ..Change::of(ChangeKind::Asset, &id, gone) }
        });
        Ok((told(round, items), at))
    }

    async fn members(&self, round: &Round, room: i64) -> Result<Sent, ApiError> {
        let found = self.app.store.synced_members(&self.reach, round, room).await?;
        let at = up_to(&found, room, |one| one.at);
        let items = found.into_iter().map(|one| Change {
            user_id: Some(one.user.to_string().into()),
            member: one.member.as_ref().map(Into::into),
            ..Change::in_album(ChangeKind::Member, one.album, one.member.is_none())
        });
        Ok((told(round, items), at))
    }

    async fn entries(&self, round: &Round, room: i64) -> Result<Sent, ApiError> {
        let found = self.app.store.synced_entries(&self.reach, round, room).await?;
        let at = up_to(&found, room, |one| one.at);
        let items = found.into_iter().map(|one| Change {
            asset_id: Some(one.asset.to_string().into()),
            entry: one.placed.map(AlbumEntry::from),
            ..Change::in_album(ChangeKind::Entry, one.album, one.placed.is_none())
        });
        Ok((told(round, items), at))
    }

    async fn comments(&self, round: &Round, room: i64) -> Result<Sent, ApiError> {
        let found = self.app.store.synced_comments(&self.reach, round, room).await?;
        let at = up_to(&found, room, |one| one.id.0);
        // A key that sees no assets is not told which are spoken of.
        let shows = |asset: Option<AssetId>| asset.is_none() || !self.reach.shown.is_empty();
        let items = found.into_iter().filter(|one| shows(one.asset)).map(|one| {
            let gone = one.comment.is_none();
            Change {
                asset_id: one.asset.map(|asset| asset.to_string().into()),
                album_id: Some(one.album.to_string().into()),
                comment: one.comment.map(Comment),
                ..Change::of(ChangeKind::Comment, &one.id, gone)
            }
        });
        Ok((told(round, items), at))
    }

    async fn talk(&self, round: &Round, room: i64) -> Result<Sent, ApiError> {
        let found = self.app.store.synced_talk(&self.reach, round, room).await?;
        let at = up_to(&found, room, |(_, asset, _)| asset.0);
        let pairs: Vec<(AlbumId, Option<AssetId>)> =
            found.iter().map(|(album, asset, _)| (*album, Some(*asset))).collect();
        let likes = self.app.store.likes(self.user.id, &pairs).await?;
        let items = found.into_iter().zip(likes).map(|((album, asset, shown), likes)| Change {
            asset_id: Some(asset.to_string().into()),
            talk: shown.then(|| likes.into()),
            ..Change::in_album(ChangeKind::Talk, album, !shown)
        });
        Ok((told(round, items), at))
    }
}

/// Who has nothing yet need not be told what is gone.
fn told(round: &Round, items: impl Iterator<Item = Change>) -> Vec<Change> {
    items.filter(|item| !(round.is_first() && item.gone)).collect()
}

/// The number of the last one, if there may be more.
fn up_to<T>(found: &[T], room: i64, number: impl Fn(&T) -> i64) -> Option<i64> {
    let full = i64::try_from(found.len()).is_ok_and(|count| count >= room);
    found.last().filter(|_| full).map(number)
}
