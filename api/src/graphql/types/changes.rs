//! The change feed as clients see it.

use async_graphql::{ComplexObject, Context, Enum, ID, SimpleObject};
use domain::{AlbumId, AssetId, LibraryId};

use super::album::{Album, AlbumMember, Profile};
use super::asset::Asset;
use super::comment::{AlbumTalk, Comment};
use super::library::Library;
use crate::graphql::context::Cx;
use crate::graphql::scalars::{Date, Long, Moment};

/// A stretch of the change feed.
#[derive(Debug, Clone, SimpleObject)]
pub struct Changes {
    /// Pass it as `after` next time.
    pub position: String,
    /// The position asked for is too old, or from before a restore: drop the copy and read everything again, from `position`.
    pub reset: bool,
    /// What changed.
    pub items: Vec<Change>,
    /// There is more at once.
    pub has_more: bool,
}

/// The latest change of an object, and what it is now: of the fields that say so, that of its kind is set. All of them null
/// means that it has gone while this was being answered, which is told next.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(complex)]
pub struct Change {
    /// What kind of object.
    pub kind: ChangeKind,
    /// Global id; of members, entries and talk, which have none of their own, that of their album.
    pub id: ID,
    /// It left the viewer's sight.
    pub gone: bool,
    /// Assets: the day they lie on now; null while their metadata is being read.
    pub day: Option<Date>,
    /// Members, entries, comments, talk: of which album.
    pub album_id: Option<ID>,
    /// Entries, comments, talk: which asset; null for what is said of an album as a whole.
    pub asset_id: Option<ID>,
    /// Members: who.
    pub user_id: Option<ID>,
    /// Members.
    pub member: Option<AlbumMember>,
    /// Entries.
    pub entry: Option<AlbumEntry>,
    /// Comments.
    pub comment: Option<Comment>,
    /// Talk.
    pub talk: Option<AlbumTalk>,
}

/// How an asset stands in an album.
#[derive(Debug, Clone, Copy, SimpleObject)]
pub struct AlbumEntry {
    /// Where, if the album's order is by hand: lower ones first, equal ones by the number in the asset's id.
    pub place: Long,
    /// Since when.
    pub added_at: Moment,
    /// Who put it there; null where a rule did, or somebody who has no account any more.
    pub added_by: Option<Profile>,
}

/// What kind of object changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
pub enum ChangeKind {
    /// A picture or film.
    Asset,
    /// A library, its name, or what the viewer is in it. With one that is gone goes what the viewer held only by it.
    Library,
    /// A folder that a library imports from.
    Folder,
    /// An account.
    User,
    /// An album, what is in it, or what the viewer may do in it. With one that is gone goes all that the viewer held only by it.
    Album,
    /// What the viewer was told, or that they have read it.
    Notification,
    /// Somebody who sees an album. Only where `changes` is asked for.
    Member,
    /// An asset's being in an album. Only where `changes` is asked for.
    Entry,
    /// A comment. Only where `changes` is asked for.
    Comment,
    /// How often an asset in an album is liked and commented. Only where `changes` is asked for.
    Talk,
}

#[ComplexObject]
impl Change {
    /// Assets: it.
    async fn asset(&self, context: &Context<'_>) -> async_graphql::Result<Option<Asset>> {
        let Some(asset) = self.read::<AssetId>(ChangeKind::Asset) else { return Ok(None) };
        Ok(Cx::of(context)?.loader.load_one(asset).await?.map(Asset))
    }

    /// Libraries: it.
    async fn library(&self, context: &Context<'_>) -> async_graphql::Result<Option<Library>> {
        let Some(library) = self.read::<LibraryId>(ChangeKind::Library) else { return Ok(None) };
        Ok(Cx::of(context)?.loader.load_one(library).await?.map(Library))
    }

    /// Albums: it.
    async fn album(&self, context: &Context<'_>) -> async_graphql::Result<Option<Album>> {
        let Some(album) = self.read::<AlbumId>(ChangeKind::Album) else { return Ok(None) };
        Ok(Cx::of(context)?.loader.load_one(album).await?.map(Album))
    }
}

impl Change {
    /// A change of an object of which nothing else is to be said.
    pub fn of(kind: ChangeKind, id: &impl ToString, gone: bool) -> Self {
        Self {
            kind,
            id: id.to_string().into(),
            gone,
            day: None,
            album_id: None,
            asset_id: None,
            user_id: None,
            member: None,
            entry: None,
            comment: None,
            talk: None,
        }
    }

    /// A change of what belongs to an album and has no id of its own.
    pub fn in_album(kind: ChangeKind, album: AlbumId, gone: bool) -> Self {
        Self { album_id: Some(album.to_string().into()), ..Self::of(kind, &album, gone) }
    }

    /// The id, if the object is of a kind and there.
    fn read<T: std::str::FromStr>(&self, kind: ChangeKind) -> Option<T> {
        (self.kind == kind && !self.gone).then(|| self.id.parse().ok()).flatten()
    }
}

impl From<store::Placed> for AlbumEntry {
    fn from(placed: store::Placed) -> Self {
        Self {
            place: Long(placed.place),
            added_at: Moment(placed.added_at),
            added_by: placed.added_by.map(Profile),
        }
    }
}
