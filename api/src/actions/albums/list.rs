//! The albums that a viewer may see, a page at a time.

use async_graphql::{Enum, InputObject};
use domain::AlbumId;
use domain::album::Album;
use domain::filter::Text;
use domain::filter::text::fold;

use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::page;

/// In which order albums come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum AlbumSort {
    /// Changed last first.
    Changed,
    /// Made last first.
    Created,
    /// By name.
    Name,
}

/// Whose albums.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum AlbumsWhose {
    /// All that the viewer may see.
    All,
    /// The viewer's own.
    Own,
    /// Those of others.
    Shared,
    /// Those that the viewer may add to.
    Open,
}

/// Which albums. What is left out does not narrow.
#[derive(Debug, Clone, Default, InputObject)]
pub struct AlbumFilter {
    /// Whose.
    pub whose: Option<AlbumsWhose>,
    /// Only those whose names have words that begin so.
    pub text: Option<String>,
    /// Only those that lie in no other that the viewer may see.
    pub top: Option<bool>,
}

/// Which albums, in which order.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Whose.
    pub whose: AlbumsWhose,
    /// Only those whose names have words that begin so.
    pub text: Option<String>,
    /// Only those that lie in no other that the viewer may see.
    pub top: bool,
    /// In which order.
    pub sort: AlbumSort,
}

/// A page of albums.
pub struct Page {
    /// With their cursors.
    pub albums: Vec<(String, Album)>,
    /// There are more.
    pub more: bool,
    /// How many there are in all.
    pub total: usize,
}

/// What an album is in order by.
type Rank = (String, i64);

/// A page of albums.
pub async fn page(cx: &Cx, wanted: &Wanted, first: usize, after: Option<&str>) -> Result<Page, ApiError> {
    let user = cx.user()?;
    let after = after.map(rank_of).transpose()?;
    let albums = cx.app.store.albums(cx.viewer(), None).await?;
    let ids: Vec<AlbumId> = albums.iter().map(|album| album.id).collect();
    let begins = wanted.text.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let begins = begins.map(|text| Text::Begins(text.to_owned()));
    let holds = |album: &Album| {
        let whose = match wanted.whose {
            AlbumsWhose::All => true,
            AlbumsWhose::Own => album.owner == user.id,
            AlbumsWhose::Shared => album.owner != user.id,
            AlbumsWhose::Open => {
                let contribute = domain::access::Permission::AlbumContribute;
                user.may_in_album(album.role, contribute)
            }
        };
        let top = !wanted.top || album.parent.is_none_or(|parent| ids.binary_search(&parent).is_err());
        whose && top && begins.as_ref().is_none_or(|begins| begins.fits(&album.name))
    };
    Ok(cut(albums.into_iter().filter(holds).collect(), wanted.sort, first, after.as_ref()))
}

fn cut(albums: Vec<Album>, sort: AlbumSort, first: usize, after: Option<&Rank>) -> Page {
    let total = albums.len();
    let mut ranked: Vec<(Rank, Album)> =
        albums.into_iter().map(|album| (rank(&album, sort), album)).collect();
    ranked.retain(|(rank, _)| after.is_none_or(|after| rank > after));
    ranked.sort_by(|(one, _), (other, _)| one.cmp(other));
    let more = ranked.len() > first;
    ranked.truncate(first);
    let cursor = |(text, id): Rank| page::cursor(&format!("{id} {text}"));
    Page { albums: ranked.into_iter().map(|(rank, album)| (cursor(rank), album)).collect(), more, total }
}

fn rank(album: &Album, sort: AlbumSort) -> Rank {
    let latest = |at: chrono::DateTime<chrono::Utc>| format!("{:020}", i64::MAX - at.timestamp_micros());
    let text = match sort {
        AlbumSort::Changed => latest(album.changed_at),
        AlbumSort::Created => latest(album.created_at),
        AlbumSort::Name => fold(&album.name),
    };
    (text, album.id.0)
}

fn rank_of(cursor: &str) -> Result<Rank, ApiError> {
    let parts = page::parts(cursor)?;
    let read = || {
        let (id, text) = parts.split_once(' ')?;
        Some((text.to_owned(), id.parse().ok()?))
    };
    read().ok_or_else(|| ApiError::Invalid("this is not a cursor of this list; leave 'after' out".to_owned()))
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};
    use domain::UserId;
    use domain::album::{AlbumOrder, AlbumRole};

    use super::*;

    fn album(id: i64, name: &str, changed: i64) -> Album {
        let at = DateTime::UNIX_EPOCH + TimeDelta::seconds(changed);
        Album {
            id: AlbumId(id),
            owner: UserId(1),
            parent: None,
            name: name.to_owned(),
            description: String::new(),
            order: AlbumOrder::Newest,
            cover: None,
            talk: true,
            rule: None,
            role: AlbumRole::Owner,
            created_at: at,
            changed_at: at,
        }
    }

    #[test]
    fn albums_come_in_one_order_page_by_page() {
        for (sort, expected) in [(AlbumSort::Name, [3, 1, 4, 2]), (AlbumSort::Changed, [2, 1, 4, 3])] {
            let (mut told, mut after) = (Vec::new(), None);
            loop {
                let albums =
                    vec![album(1, "Été", 7), album(2, "Zoo", 9), album(3, "dogs", 2), album(4, "ete", 7)];
                let page = cut(albums, sort, 1, after.as_ref());
                assert_eq!(page.total, 4);
                told.extend(page.albums.iter().map(|(_, album)| album.id.0));
                after = page.albums.first().map(|(cursor, _)| rank_of(cursor).unwrap());
                if !page.more {
                    break;
                }
            }
            assert_eq!(told, expected, "{sort:?}");
        }
        assert!(rank_of("bm9uc2Vuc2U").is_err());
    }
}
