//! A picture or film: one content in one library.

use chrono::{DateTime, Utc};

use crate::endings;
use crate::film::Tracks;
use crate::metadata::{AssetType, Camera, FaceRegion, Format, Panorama, Position, Words};
use crate::place::Place;
use crate::time::Taken;
use crate::{AssetId, LibraryId};

/// Whether an asset can be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Readable {
    /// Its renditions are being made.
    Pending,
    /// Its renditions are there.
    Ready,
    /// It can't be shown; the problem says why.
    Unreadable,
}
crate::texts!(Readable { Pending = "pending", Ready = "ready", Unreadable = "unreadable" });

/// Where in its life an asset is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AssetLife {
    /// In the timeline.
    Active,
    /// Shown beneath another one of its stack.
    Stacked,
    /// Off the timeline, found by those who ask for the archive.
    Archived,
    /// In the trash.
    Trashed,
    /// In somebody's locked folder: only they see it, while it is open.
    Locked,
}
crate::texts!(AssetLife {
    Active = "active",
    Stacked = "stacked",
    Archived = "archived",
    Trashed = "trashed",
    Locked = "locked",
});

/// A picture or film, with what its page shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Asset {
    /// Identity.
    pub id: AssetId,
    /// Where it belongs.
    pub library_id: LibraryId,
    /// When it came in.
    pub added_at: DateTime<Utc>,
    /// File name as it came, lossy where it is not text.
    pub name: String,
    /// Picture or film.
    pub kind: AssetType,
    /// Told by content.
    pub format: Format,
    /// Bytes of the current version.
    pub size: i64,
    /// Where in its life it is.
    pub life: AssetLife,
    /// When it was put into the trash, if it is there.
    pub trashed_at: Option<DateTime<Utc>>,
    /// Whether it can be shown.
    pub readable: Readable,
    /// Why it can't be shown.
    pub problem: Option<String>,
    /// Its only locations are in folders that are not there now.
    pub offline: bool,
    /// When it was taken; none until its metadata has been read.
    pub taken: Option<Taken>,
    /// Pixels, orientation applied.
    pub width: Option<i32>,
    /// Pixels, orientation applied.
    pub height: Option<i32>,
    /// Milliseconds.
    pub duration_ms: Option<i64>,
    /// Content tag of the renditions; 0 = none yet.
    pub tag: i32,
    /// Placeholder.
    pub thumbhash: Option<Vec<u8>>,
    /// Where it was taken.
    pub position: Option<Position>,
    /// Degrees clockwise from north in which the camera looked.
    pub direction: Option<f64>,
    /// The name of that place.
    pub place: Option<Place>,
    /// With what.
    pub camera: Camera,
    /// What people wrote about it.
    pub words: Words,
    /// −1 to 5.
    pub rating: Option<i16>,
    /// How it lies in its file, as EXIF says, 1 to 8; none until its metadata has been read.
    pub exif_orientation: Option<u8>,
    /// Faces that somebody marked, in the upright picture.
    pub faces: Vec<FaceRegion>,
    /// How the world was laid flat, for panoramas.
    pub projection: Option<String>,
    /// Which part of the world a panorama shows, and how it is looked at first.
    pub panorama: Option<Panorama>,
    /// How many of the file's last bytes are a film that was taken with it.
    pub film_bytes: Option<i64>,
    /// The tracks, if it is a film that could be read.
    pub tracks: Option<Tracks>,
    /// What was odd while it was read, then while its renditions were made, a sentence each.
    pub noted: Vec<String>,
}

impl Asset {
    /// What is odd about its file but stopped nothing, a sentence each. `paths` is where it lies in folders. Its name and
    /// they may change without being read again, so what is odd about them is not kept.
    pub fn notes(&self, paths: &[String]) -> Vec<String> {
        let copies = paths.iter().filter(|path| endings::name_of(path) != self.name);
        let names = endings::mismatch(&self.name, self.format)
            .into_iter()
            .chain(copies.filter_map(|path| endings::mismatch_of_copy(path, self.format)));
        let mut notes: Vec<String> = Vec::new();
        for note in names.chain(self.noted.iter().cloned()) {
            // Both stages may have found the same, and copies may be called the same.
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
        notes
    }
}

/// The hashes that name a content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ContentHash {
    /// The identity (law 4).
    pub blake3: [u8; 32],
    /// For clients that ask with it.
    pub sha1: [u8; 20],
}
