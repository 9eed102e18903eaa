//! What there is to be done with an asset, and in which queue it waits.

use crate::AssetId;

/// One step of the work on an asset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Read what the file says about itself; settle date, place and cells.
    Metadata,
    /// Make the smaller pictures and the thumbhash.
    Renditions,
    /// Make a film anew that browsers do not play as it is.
    Transcode,
    /// Make a film in several sizes to be streamed; only when somebody asks for it.
    Stream,
}
crate::texts!(Stage {
    Metadata = "metadata", Renditions = "renditions", Transcode = "transcode", Stream = "stream",
});

impl Stage {
    /// The version of the code that does it. Raising it does the stage again on all assets.
    pub const fn version(self) -> i32 {
        match self {
            // 2: films by libav, JPEG XL, JPEG 2000, Photoshop, CR3. 3: the tracks of films.
            // 4: what people wrote, makers' notes. 5: what belongs together. 6: films behind pictures, looked at; what is
            // odd; how long AVIF plays; parts of dates, offsets, faces upright, parts of panoramas. 7: kinds of
            // ties, bursts by name, how a picture lies in its file. 8: how much of a date is known, and of its clock; each
            // creator by itself; the ties of Pixel's shots.
            Self::Metadata => 8,
            // 2: films, raws and all further kinds of pictures; bright light and printers' colours.
            // 3: linear light, and the colours that PNG names by number; what is odd.
            Self::Renditions => 3,
            Self::Transcode => 1,
            Self::Stream => 1,
        }
    }

    /// What it needs most, and so where it waits.
    pub const fn lane(self) -> Lane {
        match self {
            Self::Metadata | Self::Renditions => Lane::Cpu,
            Self::Transcode => Lane::Video,
            Self::Stream => Lane::Stream,
        }
    }
}

/// Kinds of work that are limited apart from each other, so that none starves another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lane {
    /// Reading and shrinking pictures.
    Cpu,
    /// Decoding and encoding films.
    Video,
    /// The same for somebody who is about to watch: never behind a whole library of films.
    Stream,
    /// Models: vectors, faces, text in pictures.
    Vision,
    /// Copying and hashing.
    Io,
}
crate::texts!(Lane { Cpu = "cpu", Video = "video", Stream = "stream", Vision = "vision", Io = "io" });

/// Who waits for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Priority {
    /// Somebody has just uploaded it and is looking.
    Fresh,
    /// A folder being imported, a stage being done again.
    Bulk,
}
crate::texts!(Priority { Fresh = "fresh", Bulk = "bulk" });

impl Priority {
    /// Its place in line, as the `stages` table keeps it: 0 is first.
    pub const fn rank(self) -> i16 {
        match self {
            Self::Fresh => 0,
            Self::Bulk => 1,
        }
    }

    /// From its place in line; whatever is not first can wait.
    pub const fn from_rank(rank: i16) -> Self {
        if rank <= 0 { Self::Fresh } else { Self::Bulk }
    }
}

/// Something to be done. It carries ids only: the rest is read from the database when it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Job {
    /// With what.
    pub asset: AssetId,
    /// What.
    pub stage: Stage,
}
