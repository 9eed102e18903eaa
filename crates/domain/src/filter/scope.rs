//! What a viewer may find: part of every question that is put to the index.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::key::Key;
use super::tree::Filter;
use crate::asset::AssetLife;
use crate::search_doc::SearchDoc;
use crate::{AlbumId, AssetId, LibraryId};

/// What `shared-with:` calls the viewer.
pub const MYSELF: &str = "me";

/// The libraries that a viewer may search, and what of them; and the albums, which let them find what is in other
/// libraries. Whoever asks the index must say this; an empty scope finds nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scope {
    /// What the viewer may read, by library.
    pub grants: BTreeMap<LibraryId, Grant>,
    /// The albums that the viewer may see.
    pub albums: BTreeMap<AlbumId, AlbumGrant>,
    /// The viewer's own favourites, ascending. They are no part of any document (ADR 18): needed where a filter asks for
    /// them, and told to nobody else.
    pub favourites: Vec<AssetId>,
}

/// What a viewer may read of one library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Its name, for `library:`.
    pub name: String,
    /// Whether the folders of its files may be searched and seen.
    pub paths: bool,
    /// Whether its trash may be searched.
    pub trash: bool,
    /// Whether its archive and its stacks may be searched, and values of what is there suggested: not by a partner.
    pub shelves: bool,
}

/// What is to be known of an album to search by it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AlbumGrant {
    /// Its name, for `album:`.
    pub name: String,
    /// The albums that it lies in, as far as the viewer may see them, itself among them.
    pub within: Vec<AlbumId>,
    /// Who else sees it, for `shared-with:`; [`MYSELF`] if others share it with the viewer.
    pub shared_with: Vec<String>,
    /// The libraries that something in it is of, without those that the viewer may search anyway.
    pub elsewhere: BTreeSet<LibraryId>,
}

impl Scope {
    /// Whether assets of this library in this state can be found with this filter: what is stacked or archived
    /// only if the filter speaks of that, trash only if the viewer may see it, too; what is locked never.
    pub fn sees(&self, library: LibraryId, life: AssetLife, filter: &Filter) -> bool {
        let asked = |key: Key| filter.mentions(Key::State) || filter.mentions(key);
        self.grants.get(&library).is_some_and(|grant| match life {
            AssetLife::Active => true,
            AssetLife::Stacked => grant.shelves && asked(Key::State),
            AssetLife::Archived => grant.shelves && asks_for_archive(filter),
            AssetLife::Trashed => grant.trash && asked(Key::Trashed),
            AssetLife::Locked => false,
        })
    }

    /// Whether assets in this state can be found with this filter by an album that they are in. Trash is for the members
    /// of its library.
    pub fn sees_in_albums(life: AssetLife, filter: &Filter) -> bool {
        match life {
            AssetLife::Active => true,
            AssetLife::Stacked => filter.mentions(Key::State),
            AssetLife::Archived => asks_for_archive(filter),
            AssetLife::Trashed | AssetLife::Locked => false,
        }
    }

    /// Whether a document can be found with this filter, by its library or by an album.
    pub fn shows(&self, doc: &SearchDoc, filter: &Filter) -> bool {
        let in_album = || doc.albums.iter().any(|album| self.albums.contains_key(album));
        self.sees(doc.library, doc.life, filter) || (Self::sees_in_albums(doc.life, filter) && in_album())
    }

    /// Whether an asset is one of the viewer's own favourites.
    pub fn favours(&self, asset: AssetId) -> bool {
        self.favourites.binary_search(&asset).is_ok()
    }

    /// Whether the values of a key may be read in this library. Values that belong to one person
    /// (favourites, names, ratings …) are to be asked for here, too.
    pub fn reads(&self, library: LibraryId, key: Key) -> bool {
        match self.grants.get(&library) {
            Some(grant) => grant.paths || !matches!(key, Key::Path | Key::Folder),
            None => Self::reads_in_albums(key),
        }
    }

    /// Whether the values of a key may be read of what is seen by an album alone: not where its file lies, nor what its
    /// library is called.
    pub fn reads_in_albums(key: Key) -> bool {
        !matches!(key, Key::Path | Key::Folder | Key::Library)
    }

    /// What a key whose values stand in the scope says of a library and of the albums that something is in.
    pub fn texts(&self, key: Key, library: LibraryId, albums: &[AlbumId]) -> Vec<Cow<'_, str>> {
        let seen = albums.iter().filter_map(|album| self.albums.get(album));
        match key {
            Key::Library => {
                let grant = self.grants.get(&library);
                grant.map(|grant| named(&grant.name, &library)).into_iter().flatten().collect()
            }
            Key::Album => {
                let within: BTreeSet<AlbumId> = seen.flat_map(|album| album.within.iter().copied()).collect();
                let known = within.iter().filter_map(|id| Some((id, self.albums.get(id)?)));
                known.flat_map(|(id, album)| named(&album.name, id)).collect()
            }
            Key::SharedWith => {
                seen.flat_map(|album| &album.shared_with).map(|name| Cow::from(name.as_str())).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The albums of which a test on what a key says holds: of each by itself.
    pub fn albums_of<'a>(
        &'a self,
        key: Key,
        mut holds: impl FnMut(&[Cow<'a, str>]) -> bool + 'a,
    ) -> impl Iterator<Item = AlbumId> + 'a {
        let texts = move |album: AlbumId| self.texts(key, LibraryId(0), &[album]);
        self.albums.keys().copied().filter(move |album| holds(&texts(*album)))
    }
}

/// What is archived stays in its albums: whoever asks for what is in one finds it, too.
fn asks_for_archive(filter: &Filter) -> bool {
    filter.mentions(Key::State) || filter.mentions(Key::Archived) || filter.demands(Key::Album)
}

/// A name, and the id that stands for it as well.
fn named<'a>(name: &'a str, id: &impl ToString) -> [Cow<'a, str>; 2] {
    [Cow::from(name), Cow::from(id.to_string())]
}
