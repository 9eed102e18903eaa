//! The smaller pictures that are made of an asset.

/// A smaller picture of an asset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rendition {
    /// A tile in the timeline.
    Thumbnail,
    /// A picture that fills a screen.
    Preview,
}
crate::texts!(Rendition { Thumbnail = "thumbnail", Preview = "preview" });

impl Rendition {
    /// Pixels of the shorter side; smaller pictures are not enlarged.
    pub const fn short_side(self) -> u32 {
        match self {
            Self::Thumbnail => 250,
            Self::Preview => 1440,
        }
    }

    /// For `Content-Type`.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Thumbnail => "image/webp",
            Self::Preview => "image/jpeg",
        }
    }

    /// Ending of the file's name, without the dot.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Thumbnail => "webp",
            Self::Preview => "jpg",
        }
    }

    /// Whether a file of this length that begins and ends so was written to its end. Renditions are not
    /// forced to disk one by one, so a power cut can leave one cut short under its final name.
    pub fn is_whole(self, head: &[u8], tail: &[u8], length: u64) -> bool {
        match self {
            Self::Thumbnail => match head.first_chunk::<12>() {
                // RIFF, the length of all that follows, WEBP
                Some([b'R', b'I', b'F', b'F', a, b, c, d, b'W', b'E', b'B', b'P']) => {
                    u64::from(u32::from_le_bytes([*a, *b, *c, *d])) + 8 == length
                }
                _ => false,
            },
            Self::Preview => head.starts_with(&[0xff, 0xd8, 0xff]) && tail.ends_with(&[0xff, 0xd9]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_cut_short_is_told_from_a_whole_one() {
        // a lossless WebP of one pixel and the frame of a JPEG, each also without its last byte
        let webp = b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0";
        let jpeg = b"\xff\xd8\xff\xe0\0\x04\0\0\xff\xd9";
        for (rendition, bytes) in [(Rendition::Thumbnail, &webp[..]), (Rendition::Preview, &jpeg[..])] {
            let whole = |bytes: &[u8]| rendition.is_whole(bytes, bytes, bytes.len() as u64);
            assert!(whole(bytes), "{rendition}");
            assert!(!whole(&bytes[..bytes.len() - 1]), "{rendition}");
            assert!(!whole(b""), "{rendition}");
        }
    }
}
