//! What a date was taken from.

use async_graphql::Enum;
use domain::metadata::TimeSource;

/// What the date of an asset was taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "TimeSource")]
pub enum TakenSource {
    /// A person said so.
    Edited,
    /// When it was taken, as the file states it (EXIF DateTimeOriginal).
    Original,
    /// When it was digitized (EXIF CreateDate).
    Digitized,
    /// The creation date of XMP or IPTC.
    Document,
    /// When a film was recorded, by the clock on the wall.
    Recorded,
    /// When a film's file was begun.
    Container,
    /// The time of the GPS receiver.
    Gps,
    /// When the file was last saved, as it states itself: a guess.
    Modified,
    /// The file's own time: a guess.
    File,
}
