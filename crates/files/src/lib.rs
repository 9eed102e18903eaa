//! Where bytes lie: originals, renditions and uploads in progress below one data folder, and the users'
//! own folders, which are only ever read.
//!
//! ```text
//! .tessera                    marks the folder; without it nothing is read or written
//! originals/ab/cd/abcd…       read-only, named by their BLAKE3 hash, no ending; never half there
//! incoming/                   files on their way into originals/, or not to stay
//! lost/abcd…                  originals that no row knows, laid aside
//! uploads/upload_12           what has come of an upload so far; its length is the offset
//! derived/000/001/asset_1234-0000abcd-thumbnail.webp
//!                             renditions, named by asset and content tag; a thousand assets to a folder
//! derived/films/000/001/asset_1234-89abcdef…-film.mp4
//!                             films made anew, named by asset and content; .part while they are made
//! derived/streams/000/001/asset_1234-89abcdef…-1/720.mp4
//!                             films in several sizes, made when asked for; .part while they are made
//! derived/new/                renditions being made
//! ```
//!
//! [`Files`] opens the data folder; [`Blobs`], [`Derived`] and [`Uploads`] are its parts; [`Folder`] is one
//! of the users' own, [`Outbox`] one that something is written to for them, [`open_named`] opens a file that a setting names. A hash is answered only when the file and the folders above it are on disk, so it may
//! be promised to others. All slow work is done on blocking threads. Files in the making are locked
//! (`flock`) as long as their process lives, so that cleaning up never takes one from another process.
//!
//! Named points for fault tests (feature `faults`): `files.temp_written`, `files.temp_synced`,
//! `files.placed` (renamed, folder not yet on disk), `files.stored`, `files.appended` (not yet on disk),
//! `files.append_synced`, `files.finish_hashed`, `files.rendition_written`, `files.rendition_placed`.

mod blobs;
mod data;
mod derived;
mod error;
mod films;
mod folder;
mod hash;
mod lost;
mod named;
mod opened;
mod outbox;
mod received;
mod spool;
mod streams;
mod temp;
mod undo;
mod upload;
mod uploads;

pub use blobs::Blobs;
pub use data::{Files, Room};
pub use derived::{Derived, Pending};
pub use error::FilesError;
pub use films::{Films, Part, Whole};
pub use folder::Folder;
pub use hash::{Checksum, Stored};
pub use named::open_named;
pub use opened::Opened;
pub use outbox::{LONGEST_NAME, Outbox};
pub use received::Received;
pub use streams::{Index, Size, Stream, StreamPart, Streams};
pub use uploads::{Append, Uploads};
