//! Decoders' words, made plain: what they tell programmers says nothing to the person whose file it is.

/// What decoders say of damaged files, and what it means.
const DAMAGES: &[(&str, &str)] = &[
    ("end of file", TOO_EARLY),
    ("End of File", TOO_EARLY),
    ("outside of file bounds", TOO_EARLY),
    ("not have enough data", TOO_EARLY),
    ("Premature end", TOO_EARLY),
    ("nvalid data found", "its parts make no sense"),
    ("Corrupt JPEG data", "some of its pixels are wrong"),
    ("Inconsistent progression", "some of its pixels are wrong"),
    ("CRC error", "a checksum in it is wrong"),
    ("before IHDR", "its parts are in the wrong order"),
    ("critical chunk", "a part of it is of no known kind"),
    ("Chunk length wrong", "a part of it has the wrong length"),
    ("deflate stream", PIXELS),
    ("LZW", PIXELS),
    ("decompressed image", PIXELS),
    ("size signaled", OTHER_SIZE),
    ("mage dimensions", "it has a size that can't be"),
    ("Enum(", "a number in it has no meaning"),
];
const TOO_EARLY: &str = "it ends too early";
/// The picture is coded in another size than the file says.
pub(crate) const OTHER_SIZE: &str = "its picture has another size than it says";
const PIXELS: &str = "its pixels can't be unpacked";

/// What a decoder says of a damaged file, for a person.
pub(crate) fn damage(words: &str) -> String {
    match DAMAGES.iter().find(|(said, _)| words.contains(said)) {
        Some((_, plain)) => (*plain).to_owned(),
        None => without_internals(words),
    }
}

/// The decoder's own words, without the values of its variables and the name of its part that failed.
fn without_internals(words: &str) -> String {
    let words = match words.strip_prefix("Format error decoding ").and_then(|rest| rest.split_once(": ")) {
        Some((_, rest)) => rest,
        None => words,
    };
    let words = words.split(" {").next().unwrap_or_default();
    let plain: String =
        words.chars().filter(|letter| !letter.is_control() && *letter != '`').take(120).collect();
    let plain = plain.trim().trim_end_matches('.');
    if plain.is_empty() { "it is not what its kind should be".to_owned() } else { plain.to_owned() }
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
            ("Format error decoding Bmp: Invalid something: Thing { a: 1 }", "Invalid something: Thing"),
            ("Invalid marker `x\0`.", "Invalid marker x"),
            ("Corrupt JPEG data: 2 extraneous bytes before marker 0xd9", "some of its pixels are wrong"),
            ("", "it is not what its kind should be"),
        ] {
            assert_eq!(damage(said), plain, "{said}");
        }
    }
}
