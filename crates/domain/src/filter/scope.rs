//! What a viewer may find: part of every question that is put to the index.

use std::collections::BTreeMap;

use super::key::Key;
use super::tree::Filter;
use crate::asset::AssetLife;
use crate::{AssetId, LibraryId};

/// The libraries that a viewer may search, and what of them. Whoever asks the index must say this;
/// an empty scope finds nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scope {
    /// What the viewer may read, by library.
    pub grants: BTreeMap<LibraryId, Grant>,
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
}

impl Scope {
    /// Whether assets of this library in this state can be found with this filter: what is stacked or archived
    /// only if the filter speaks of that, trash only if the viewer may see it, too; what is locked never.
    pub fn sees(&self, library: LibraryId, life: AssetLife, filter: &Filter) -> bool {
        let asked = |key: Key| filter.mentions(Key::State) || filter.mentions(key);
        self.grants.get(&library).is_some_and(|grant| match life {
            AssetLife::Active => true,
            AssetLife::Stacked => asked(Key::State),
            AssetLife::Archived => asked(Key::Archived),
            AssetLife::Trashed => grant.trash && asked(Key::Trashed),
            AssetLife::Locked => false,
        })
    }

    /// Whether an asset is one of the viewer's own favourites.
    pub fn favours(&self, asset: AssetId) -> bool {
        self.favourites.binary_search(&asset).is_ok()
    }

    /// Whether the values of a key may be read in this library. Values that belong to one person
    /// (favourites, names, ratings …) are to be asked for here, too.
    pub fn reads(&self, library: LibraryId, key: Key) -> bool {
        self.grants.get(&library).is_some_and(|grant| grant.paths || !matches!(key, Key::Path | Key::Folder))
    }
}
