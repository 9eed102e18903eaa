//! Names for contents.

use sha1::{Digest, Sha1};

/// A content, by its names and its size. Where it is answered as stored, it is on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Stored {
    /// What names it here.
    pub blake3: [u8; 32],
    /// What some clients ask with.
    pub sha1: [u8; 20],
    /// Bytes.
    pub size: u64,
}

/// What a client says a piece of an upload adds up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checksum {
    /// SHA-1, which every tus server knows.
    Sha1([u8; 20]),
    /// BLAKE3.
    Blake3([u8; 32]),
}

impl Checksum {
    /// Whether these are the bytes it was computed of.
    pub(crate) fn fits(self, content: &Stored) -> bool {
        match self {
            Self::Sha1(sha1) => sha1 == content.sha1,
            Self::Blake3(blake3) => blake3 == content.blake3,
        }
    }
}

/// Something that is computed of bytes while they pass.
pub(crate) trait Tally: Send + 'static {
    fn update(&mut self, bytes: &[u8]);
}

impl Tally for Option<Names> {
    fn update(&mut self, bytes: &[u8]) {
        if let Some(names) = self {
            names.update(bytes);
        }
    }
}

/// Both names of a content, computed while its bytes pass.
#[derive(Default)]
pub(crate) struct Names {
    blake3: Box<blake3::Hasher>,
    sha1: Sha1,
    size: u64,
}

impl Tally for Names {
    fn update(&mut self, bytes: &[u8]) {
        self.blake3.update(bytes);
        self.sha1.update(bytes);
        self.size += bytes.len() as u64;
    }
}

impl Names {
    pub(crate) fn stored(self) -> Stored {
        Stored {
            blake3: *self.blake3.finalize().as_bytes(),
            sha1: self.sha1.finalize().into(),
            size: self.size,
        }
    }
}
