//! Endings of names that promise a picture or a film. What a file is, its content tells ([`crate::sniff`]); a name only
//! decides what is worth a word when it turns out to be something else, and what a browser offers to upload.

use crate::metadata::Format;

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

/// What is odd about a file whose name promises another kind than its content is, in a sentence.
pub fn mismatch(name: &str, format: Format) -> Option<String> {
    let ending = wrong_ending(name, format)?;
    Some(format!("its name ends in .{ending}, but it is {}, and is treated as one", words(format)))
}

/// The same of a further place where the same content lies.
pub fn mismatch_of_copy(path: &str, format: Format) -> Option<String> {
    let name = name_of(path);
    wrong_ending(name, format)?;
    Some(format!("a copy of it is called {name}, but it is {}, and is treated as one", words(format)))
}

/// The name of the file at a path.
pub fn name_of(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

fn wrong_ending(name: &str, format: Format) -> Option<String> {
    let (_, ending) = name.rsplit_once('.')?;
    let ending = ending.to_ascii_lowercase();
    let right = format == Format::Unknown || !promises_something(&ending) || kinds(&ending).contains(&format);
    (!right).then_some(ending)
}

/// Whether it is an ending as kinds of files have them: short, not only digits (`holiday.2019`), and none that says how a
/// file came to be instead (`IMG_1.jpg.bak`, `IMG_1.jpg~`).
fn promises_something(ending: &str) -> bool {
    let short = (1..=5).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let letters = ending.bytes().any(|byte| byte.is_ascii_alphabetic());
    short && letters && !COPIES.contains(&ending)
}

/// Endings of copies and of what is not finished.
const COPIES: &[&str] = &["bak", "copy", "old", "orig", "part", "save", "tmp"];

/// The kinds of files that go by one of the endings; none where it is of files that are no media.
fn kinds(ending: &str) -> &'static [Format] {
    match ending {
        "insp" | "jfi" | "jfif" | "jif" | "jpe" | "jpeg" | "jpg" | "jps" | "mpo" | "thm" => &[Format::Jpeg],
        "apng" | "png" => &[Format::Png],
        "webp" => &[Format::Webp],
        // Cameras of old kept their raws in files of that name.
        "tif" | "tiff" => &[Format::Tiff, Format::Raw],
        "gif" => &[Format::Gif],
        "heic" | "heics" | "hif" => &[Format::Heic],
        "heif" | "heifs" => &[Format::Heic, Format::Avif],
        "avif" | "avifs" => &[Format::Avif],
        "bmp" | "dib" => &[Format::Bmp],
        "jxl" => &[Format::Jxl],
        "j2c" | "j2k" | "jp2" | "jpc" | "jpf" | "jpm" | "jpx" => &[Format::Jp2],
        "svg" => &[Format::Svg],
        "psb" | "psd" => &[Format::Psd],
        "3g2" | "3gp" | "3gpp" | "f4v" | "insv" | "lrv" | "m4v" | "mov" | "mp4" | "mqv" | "qt" => {
            &[Format::Mp4]
        }
        "mk3d" | "mkv" | "webm" => &[Format::Matroska],
        "avi" | "divx" => &[Format::Avi],
        "m1v" | "m2p" | "m2t" | "m2ts" | "m2v" | "mod" | "mp2" | "mpe" | "mpeg" | "mpg" | "mpv" | "mts"
        | "tod" | "trp" | "ts" | "vob" => &[Format::Mpeg],
        "asf" | "dv" | "flv" | "mxf" | "ogg" | "ogm" | "ogv" | "rm" | "rmvb" | "wmv" => &[Format::OtherVideo],
        // All others of media are raws; one that says nowhere that it is one is taken for the TIFF that it is, too.
        _ if promises_media(ending.as_bytes()) => &[Format::Raw, Format::Tiff],
        _ => &[],
    }
}

/// One of a kind, as people call it.
fn words(format: Format) -> &'static str {
    match format {
        Format::Jpeg => "a JPEG",
        Format::Png => "a PNG",
        Format::Webp => "a WebP",
        Format::Tiff => "a TIFF",
        Format::Gif => "a GIF",
        Format::Heic => "a HEIC",
        Format::Avif => "an AVIF",
        Format::Bmp => "a bitmap",
        Format::Jxl => "a JPEG XL",
        Format::Jp2 => "a JPEG 2000",
        Format::Svg => "an SVG",
        Format::Psd => "a Photoshop document",
        Format::Raw => "a camera raw",
        Format::Mp4 => "an MP4 or QuickTime film",
        Format::Matroska => "a Matroska or WebM film",
        Format::Avi => "an AVI film",
        Format::Mpeg => "an MPEG film",
        Format::OtherVideo => "a film of another kind",
        Format::Unknown => "of no known kind",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_promises_another_kind_is_worth_a_word() {
        let odd = [
            ("a.jpg", Format::Png, "its name ends in .jpg, but it is a PNG, and is treated as one"),
            ("IMG_1.HEIC", Format::Jpeg, "its name ends in .heic, but it is a JPEG, and is treated as one"),
            ("a.png.nef", Format::Jpeg, "its name ends in .nef, but it is a JPEG, and is treated as one"),
            ("x.txt", Format::Jpeg, "its name ends in .txt, but it is a JPEG, and is treated as one"),
            ("pic.dat", Format::Jpeg, "its name ends in .dat, but it is a JPEG, and is treated as one"),
            ("a.jpg.exe", Format::Jpeg, "its name ends in .exe, but it is a JPEG, and is treated as one"),
            (".webm", Format::Avi, "its name ends in .webm, but it is an AVI film, and is treated as one"),
        ];
        for (name, format, note) in odd {
            assert_eq!(mismatch(name, format).as_deref(), Some(note));
        }
        let copy = "a copy of it is called b.png, but it is a JPEG, and is treated as one";
        assert_eq!(mismatch_of_copy("/a.jpg/b.png", Format::Jpeg).as_deref(), Some(copy));
        assert_eq!(mismatch_of_copy("/a.png/b.jpg", Format::Jpeg), None);
        let fine = [
            ("a.JPG", Format::Jpeg),
            ("a.mov", Format::Mp4),
            ("a.heif", Format::Avif),
            ("CRW_1.TIF", Format::Raw),
            ("a.dng", Format::Tiff),
            ("a.cr3", Format::Raw),
            ("a.mkv", Format::Matroska),
            // These promise nothing.
            ("IMG_1", Format::Png),
            ("holiday.2019", Format::Png),
            ("Mr. Smith at home", Format::Jpeg),
            ("a.jpg.bak", Format::Jpeg),
            ("a.jpg~", Format::Jpeg),
            ("a.jpg_original", Format::Jpeg),
            ("a.", Format::Jpeg),
            // Not looked for by name, and right.
            ("a.ts", Format::Mpeg),
            ("a.mpo", Format::Jpeg),
            // It is not told yet.
            ("a.jpg", Format::Unknown),
        ];
        for (name, format) in fine {
            assert_eq!(mismatch(name, format), None, "{name} {format:?}");
        }
    }

    #[test]
    fn only_raws_go_by_no_ending_of_their_own() {
        let raws = MEDIA.iter().filter(|ending| kinds(ending) == [Format::Raw, Format::Tiff]);
        let expected = "3fr ari arw cap cin cr2 cr3 crw dcr dng erf fff gpr iiq k25 kdc mef mos mrw nef nrw orf ori pef raf \
                        raw rw2 rwl sr2 srf srw x3f";
        assert_eq!(raws.copied().collect::<Vec<_>>().join(" "), expected);
    }

    #[test]
    fn the_endings_are_in_order_and_all_found() {
        assert!(MEDIA.is_sorted());
        assert!(MEDIA.iter().all(|ending| promises_media(ending.to_uppercase().as_bytes())));
        assert!(!promises_media(b"ts") && !promises_media(b""));
    }
}
