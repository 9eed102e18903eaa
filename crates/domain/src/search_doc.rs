//! What the search index holds of an asset. `store` makes it, `search` writes it, and
//! [`crate::filter::matches`] says what finds it.
//!
//! Values that belong to one person or library rather than to the asset (favourites, names of
//! people, tags, ratings) are not in here yet. They will come as pairs of an owner and a value,
//! and the index will keep them as terms that begin with the owner's id (`user_7=favourite`), so
//! that a question can only be put with the ids of owners whose values the viewer may read
//! ([`crate::filter::Scope::reads`] is where that is decided).

mod known;
mod moments;
mod numbers;
mod texts;

use crate::asset::{AssetLife, ContentHash};
use crate::cells::Cell;
use crate::film::Tracks;
use crate::filter::near;
use crate::metadata::Camera;
use crate::metadata::{AssetType, Format, Position, Words};
use crate::place::Place;
use crate::{AlbumId, AssetId, LibraryId};

/// What the search index holds of an asset.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchDoc {
    /// Which asset.
    pub asset: AssetId,
    /// Where it belongs.
    pub library: LibraryId,
    /// The albums that it was put into, without those that they lie in: whose these are is for the scope to say.
    pub albums: Vec<AlbumId>,
    /// Picture or film.
    pub kind: AssetType,
    /// Told by content.
    pub format: Format,
    /// When it was taken: seconds since 1970 UTC.
    pub taken: i64,
    /// What the clock on the wall said: seconds since 1970 by that clock.
    pub local: i64,
    /// Whether no whole date is stated.
    pub guessed: bool,
    /// Time zone it was taken in, by its IANA name.
    pub zone: Option<String>,
    /// When it came in: seconds since 1970 UTC.
    pub added: i64,
    /// With what it was taken.
    pub camera: Camera,
    /// Pixels, upright.
    pub width: Option<u32>,
    /// Pixels, upright.
    pub height: Option<u32>,
    /// Length in milliseconds.
    pub duration_ms: Option<i64>,
    /// The tracks, if it is a film that could be read.
    pub tracks: Option<Tracks>,
    /// Whether a film was taken with the picture.
    pub live: bool,
    /// Whether it shows the world all around.
    pub panorama: bool,
    /// How many faces somebody has marked.
    pub faces: i64,
    /// Bytes.
    pub size: i64,
    /// Where it was taken, in words.
    pub place: Option<Place>,
    /// Where it was taken.
    pub position: Option<Position>,
    /// Degrees clockwise from north in which the camera looked.
    pub direction: Option<f64>,
    /// Its cell of the map, at the stored resolution.
    pub cell: Option<Cell>,
    /// File name, lossy where it is not text.
    pub name: String,
    /// Folders and name of the file below what was imported, lossy where it is not text; empty if not known.
    pub path: String,
    /// How its file fares.
    pub file: FileState,
    /// What people wrote about it.
    pub words: Words,
    /// Stars, −1 to 5.
    pub rating: Option<i16>,
    /// Whether a person has said something of it.
    pub edited: bool,
    /// How many are shown as one with it, itself among them; 0 or 1 if it stands alone.
    pub stack: i64,
    /// Where in its life it is.
    pub life: AssetLife,
    /// Whether it can't be shown.
    pub unreadable: bool,
}

/// How the file of an asset fares, and what is known of its content.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileState {
    /// Its content.
    pub hash: Option<ContentHash>,
    /// When it was last saved: seconds since 1970 UTC.
    pub modified: Option<i64>,
    /// At how many places it lies.
    pub copies: i64,
    /// It was uploaded or copied.
    pub managed: bool,
    /// It is not there at the moment.
    pub offline: bool,
    /// Something says something about it from outside.
    pub sidecar: bool,
    /// Something is odd about it.
    pub noted: bool,
}

impl SearchDoc {
    /// The position in millionths of a degree: latitude, longitude.
    pub fn micro_degrees(&self) -> Option<(i64, i64)> {
        self.position.as_ref().map(near::micro_degrees)
    }
}
