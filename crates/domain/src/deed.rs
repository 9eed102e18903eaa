//! What people do to assets besides saying something of them: hearts, the archive, the trash, the locked folder. Each can
//! be done to many at once, and undone where nobody has done anything else since.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::UserId;
use crate::access::Permission;
use crate::asset::AssetLife;

/// Something that is done to assets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Deed {
    /// They are the person's own favourites from now on.
    Favourite,
    /// They are not any more.
    Unfavourite,
    /// They go into the archive.
    Archive,
    /// They come back to the timeline.
    Unarchive,
    /// They go into the trash.
    Trash,
    /// They come back to where they were before.
    Restore,
    /// They go into the person's locked folder.
    Lock,
    /// They come out again.
    Unlock,
}
crate::texts!(Deed {
    Favourite = "favourite",
    Unfavourite = "unfavourite",
    Archive = "archive",
    Unarchive = "unarchive",
    Trash = "trash",
    Restore = "restore",
    Lock = "lock",
    Unlock = "unlock",
});

impl Deed {
    /// What one must be allowed to do with each of the assets. A heart is of who gives it, and changes nothing for others.
    pub const fn permission(self) -> Permission {
        match self {
            Self::Favourite | Self::Unfavourite => Permission::AssetRead,
            Self::Archive | Self::Unarchive => Permission::AssetUpdate,
            Self::Trash | Self::Restore => Permission::AssetTrash,
            Self::Lock | Self::Unlock => Permission::AssetLock,
        }
    }

    /// How an asset stands when this has been done to it by a person; none where there is nothing to be done. What is in
    /// the trash or locked has to come out before anything else is done to it.
    pub fn done(self, before: &Standing, by: UserId, now: DateTime<Utc>) -> Option<Standing> {
        let Standing { favourite, archived, trashed_at, locked } = *before;
        let out = trashed_at.is_some() || locked.is_some();
        let after = match self {
            Self::Favourite => Standing { favourite: true, ..*before },
            Self::Unfavourite => Standing { favourite: false, ..*before },
            Self::Archive if !out => Standing { archived: true, ..*before },
            Self::Unarchive if !out => Standing { archived: false, ..*before },
            Self::Trash if !out => Standing { trashed_at: Some(now), ..*before },
            Self::Restore => Standing { trashed_at: None, favourite, archived, locked },
            Self::Lock if !out => Standing { locked: Some(Locked { by, at: now }), ..*before },
            Self::Unlock if locked.is_some_and(|locked| locked.by == by) => {
                Standing { locked: None, ..*before }
            }
            _ => return None,
        };
        (after != *before).then_some(after)
    }
}

/// How an asset stands with one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Standing {
    /// It is one of their favourites.
    pub favourite: bool,
    /// It is in the archive, or will be when it comes out of the trash.
    pub archived: bool,
    /// Since when it has been in the trash.
    pub trashed_at: Option<DateTime<Utc>>,
    /// In whose locked folder it is.
    pub locked: Option<Locked>,
}

/// Who has locked an asset, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Locked {
    /// They alone see it.
    pub by: UserId,
    /// When they did.
    pub at: DateTime<Utc>,
}

impl Standing {
    /// Where in its life an asset is that stands so, if it stands alone.
    pub const fn life(&self) -> AssetLife {
        match self {
            Self { locked: Some(_), .. } => AssetLife::Locked,
            Self { trashed_at: Some(_), .. } => AssetLife::Trashed,
            Self { archived: true, .. } => AssetLife::Archived,
            _ => AssetLife::Active,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANN: UserId = UserId(1);
    const BOB: UserId = UserId(2);

    #[test]
    fn each_deed_leads_from_where_it_may_to_where_it_says() {
        use Deed::{Archive, Favourite, Lock, Restore, Trash, Unarchive, Unlock};
        let now = DateTime::UNIX_EPOCH;
        let plain = Standing::default();
        let archived = Standing { archived: true, ..plain };
        let trashed = Standing { trashed_at: Some(now), ..plain };
        let locked = Standing { locked: Some(Locked { by: ANN, at: now }), ..plain };
        for (deed, before, after) in [
            (Favourite, plain, Some(Standing { favourite: true, ..plain })),
            (Favourite, Standing { favourite: true, ..plain }, None),
            (Archive, plain, Some(archived)),
            (Archive, archived, None),
            (Archive, trashed, None),
            (Unarchive, archived, Some(plain)),
            (Trash, plain, Some(trashed)),
            (Trash, archived, Some(Standing { archived: true, ..trashed })),
            (Trash, trashed, None),
            (Trash, locked, None),
            (Restore, Standing { archived: true, ..trashed }, Some(archived)),
            (Restore, plain, None),
            (Lock, archived, Some(Standing { archived: true, ..locked })),
            (Lock, trashed, None),
            (Unlock, locked, Some(plain)),
            (Unlock, plain, None),
        ] {
            assert_eq!(deed.done(&before, ANN, now), after, "{deed} of {before:?}");
        }
        assert_eq!(Unlock.done(&locked, BOB, now), None, "only who locked it takes it out");
    }

    #[test]
    fn what_stands_alone_is_where_the_strongest_says() {
        let now = DateTime::UNIX_EPOCH;
        let mut standing = Standing::default();
        assert_eq!(standing.life(), AssetLife::Active);
        standing.archived = true;
        assert_eq!(standing.life(), AssetLife::Archived);
        standing.trashed_at = Some(now);
        assert_eq!(standing.life(), AssetLife::Trashed);
        standing.locked = Some(Locked { by: ANN, at: now });
        assert_eq!(standing.life(), AssetLife::Locked);
    }
}
