//! Decoders' words, made plain: what they tell programmers says nothing to the person whose file it is.

use crate::MediaError;

/// What decoders say of kinds that they don't know.
const UNKNOWN: &[&str] =
    &["nsupported", "not supported", "not been built in", "not implemented", "nimplemented"];
/// What decoders say of pictures beyond their bounds.
const TOO_LARGE: &[&str] =
    &["too large", "greater than height limit", "greater than width limit", "soft limit"];

/// What decoders say of damaged files, and what it means.
const DAMAGES: &[(&str, &str)] = &[
    ("end of file", TOO_EARLY),
    ("End of File", TOO_EARLY),
    ("outside of file bounds", TOO_EARLY),
    ("not have enough data", TOO_EARLY),
    ("Premature end", TOO_EARLY),
    ("mage truncated", TOO_EARLY),
    ("nvalid data found", "its parts make no sense"),
    ("Corrupt JPEG data", SOME_PIXELS),
    ("Inconsistent progression", SOME_PIXELS),
    ("CRC error", CHECKSUM),
    ("WrongChecksum", CHECKSUM),
    ("before IHDR", "its parts are in the wrong order"),
    ("critical chunk", "a part of it is of no known kind"),
    ("Chunk length wrong", "a part of it has the wrong length"),
    ("deflate stream", PIXELS),
    ("LZW", PIXELS),
    ("decompressed image", PIXELS),
    ("size signaled", OTHER_SIZE),
    ("mage dimensions", "it has a size that can't be"),
    ("Enum(", "a number in it has no meaning"),
    ("magic", "a part of it is of no known kind"),
    ("Invalid Chunk header", "a part of it is of no known kind"),
    ("Invalid marker", "a part of it is of no known kind"),
    ("Huffman", PIXELS),
    ("verification failed", PIXELS),
];
/// Of a file that was cut off.
pub(crate) const TOO_EARLY: &str = "it ends too early";
/// The picture is coded in another size than the file says.
pub(crate) const OTHER_SIZE: &str = "its picture has another size than it says";
/// Of a file of which all may be right but a sum.
pub(crate) const CHECKSUM: &str = "a checksum in it is wrong";
/// Of a picture of which the most can be seen.
pub(crate) const SOME_PIXELS: &str = "some of its pixels are wrong";
/// Of a picture that can't be seen.
pub(crate) const PIXELS: &str = "its pixels can't be unpacked";

/// What a decoder says of a file of some kind, as the error that it is.
pub(crate) fn error(kind: &str, said: &str) -> MediaError {
    let one_of = |words: &[&str]| words.iter().any(|word| said.contains(word));
    // A marker that no JPEG has is damage.
    if one_of(UNKNOWN) && !said.contains("marker type") {
        MediaError::rare(kind)
    } else if one_of(TOO_LARGE) {
        MediaError::TooLarge(format!("it has more pixels in a row or column than are decoded of a {kind}"))
    } else {
        MediaError::Broken(damage(said))
    }
}

/// What a decoder says of a damaged file, for a person.
pub(crate) fn damage(said: &str) -> String {
    let known = DAMAGES.iter().find(|(words, _)| said.contains(words));
    known.map_or("its data make no sense", |(_, plain)| plain).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damages_are_told_in_plain_words() {
        for (said, plain) in [
            (
                "Format error decoding Png: CRC error: expected 0x0 have 0x3a7e9b55 while decoding ChunkType { type: IHDR }",
                "a checksum in it is wrong",
            ),
            ("Format error decoding Gif: Unexpected End of File", "it ends too early"),
            ("Format error decoding Bmp: Invalid something: Thing { a: 1 }", "its data make no sense"),
            ("Invalid VP8 magic: [30, 30, 30]", "a part of it is of no known kind"),
            ("Corrupt JPEG data: 2 extraneous bytes before marker 0xd9", "some of its pixels are wrong"),
            ("corrupt deflate stream", "its pixels can't be unpacked"),
            ("", "its data make no sense"),
        ] {
            assert_eq!(error("picture", said), MediaError::Broken(plain.into()), "{said}");
        }
    }

    #[test]
    fn what_is_not_known_and_what_is_too_large_is_not_called_damaged() {
        let rare = "not readable yet: a rare kind of WebP";
        assert_eq!(error("WebP", "Unsupported feature: Non-keyframe frames").to_string(), rare);
        let said = "Image too large (one of (2147483647, 6) > soft limit of 65535)";
        assert!(matches!(error("JPEG 2000", said), MediaError::TooLarge(_)));
    }
}
