//! Endings of names that promise a picture or a film. What a file is, its content tells ([`crate::sniff`]); a name only
//! decides what is worth a word when it turns out to be something else, and what a browser offers to upload.

/// The endings, in lower case and in order.
pub const MEDIA: &[&str] = &[
    "3fr", "3g2", "3gp", "3gpp", "apng", "ari", "arw", "asf", "avi", "avif", "bmp", "cap", "cin", "cr2",
    "cr3", "crw", "dcr", "dib", "dng", "erf", "f4v", "fff", "flv", "gif", "gpr", "heic", "heif", "hif",
    "iiq", "insp", "insv", "j2c", "j2k", "jfif", "jp2", "jpe", "jpeg", "jpf", "jpg", "jpm", "jpx", "jxl",
    "k25", "kdc", "m2t", "m2ts", "m2v", "m4v", "mef", "mkv", "mos", "mov", "mp4", "mpe", "mpeg", "mpg",
    "mrw", "mts", "mxf", "nef", "nrw", "ogv", "orf", "ori", "pef", "png", "psb", "psd", "qt", "raf", "raw",
    "rw2", "rwl", "sr2", "srf", "srw", "svg", "tif", "tiff", "vob", "webm", "webp", "wmv", "x3f",
];

/// Whether an ending promises a picture or a film, in any case.
pub fn promises_media(ending: &[u8]) -> bool {
    let lower = ending.to_ascii_lowercase();
    MEDIA.binary_search_by(|known| known.as_bytes().cmp(&lower)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_endings_are_in_order_and_all_found() {
        assert!(MEDIA.is_sorted());
        assert!(MEDIA.iter().all(|ending| promises_media(ending.to_uppercase().as_bytes())));
        assert!(!promises_media(b"ts") && !promises_media(b""));
    }
}
