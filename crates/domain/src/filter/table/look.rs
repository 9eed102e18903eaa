//! Keys for what kind of picture or film it is, and its measures.

use super::{KeyInfo, Kind, number, optional, row, word, yes_no};
use crate::filter::key::Key;
use crate::filter::kind::Choice;
use crate::filter::unit::Unit;

const TYPES: &[Choice] = &[
    word("image", &["photo", "picture", "images", "photos", "pictures"]),
    word("video", &["film", "movie", "videos", "films", "movies"]),
    word("other", &[]),
];

const FORMATS: &[Choice] = &[
    word("jpeg", &["jpg"]),
    word("png", &[]),
    word("webp", &[]),
    word("tiff", &["tif"]),
    word("gif", &[]),
    word("heic", &["heif"]),
    word("avif", &[]),
    word("bmp", &[]),
    word("jxl", &["jpegxl"]),
    word("jp2", &["jpeg2000"]),
    word("svg", &[]),
    word("psd", &[]),
    word("raw", &[]),
    word("mp4", &["mov"]),
    word("matroska", &["mkv", "webm"]),
    word("avi", &[]),
    word("mpeg", &["mpg"]),
    word("other_video", &[]),
    word("unknown", &[]),
];

const ASPECTS: &[Choice] = &[
    word("landscape", &["wide"]),
    word("portrait", &["tall", "upright"]),
    word("square", &[]),
    word("panorama", &["pano"]),
];

pub(super) const KEYS: &[KeyInfo] = &[
    row(Key::Type, &["kind"], Kind::Choice(TYPES), "Picture or film, told by content.", "type:video"),
    row(
        Key::Format,
        &["filetype"],
        Kind::Choice(FORMATS),
        "File format, told by content whatever the file is called.",
        "format:heic,avif",
    ),
    yes_no(Key::Raw, &[], "Whether it is a camera's raw.", "raw:yes"),
    yes_no(
        Key::Animated,
        &["animation"],
        "Whether it is a picture that moves (GIF, WebP …).",
        "animated:yes",
    ),
    yes_no(
        Key::Live,
        &["motion"],
        "Whether a film was taken with the picture: Live Photos and motion photos.",
        "live:yes",
    ),
    yes_no(
        Key::Panorama,
        &["spherical"],
        "Whether it shows the world all around, by its projection; what is only very wide is aspect:panorama.",
        "panorama:yes",
    ),
    yes_no(Key::Hdr, &[], "Whether it is a film brighter than a common screen (PQ, HLG).", "hdr:yes"),
    yes_no(
        Key::Interlaced,
        &[],
        "Whether it is a film of two half pictures in one, taken one after the other.",
        "interlaced:yes",
    ),
    row(
        Key::Aspect,
        &["orientation", "shape"],
        Kind::Choice(ASPECTS),
        "Shape of the picture: panorama is at least 1.9 times as wide as high, square within 2 %.",
        "aspect:panorama",
    ),
    optional(row(Key::Width, &[], number(Unit::Pixels, 0), "Width in pixels, upright.", "width:>=3840")),
    optional(row(Key::Height, &[], number(Unit::Pixels, 0), "Height in pixels, upright.", "height:<1000")),
    optional(row(
        Key::Megapixels,
        &["mp", "resolution"],
        number(Unit::Megapixels, 40),
        "Millions of pixels; a single number allows for 4 %.",
        "megapixels:>24",
    )),
    optional(row(
        Key::Duration,
        &["length"],
        number(Unit::Duration, 50),
        "Length of a film or animation; a single one allows for 5 %.",
        "duration:30s..2m",
    )),
    optional(row(
        Key::Fps,
        &["framerate"],
        number(Unit::Rate, 20),
        "Pictures a second of a film; a single number allows for 2 %.",
        "fps:>=50",
    )),
    optional(row(
        Key::Codec,
        &["videocodec"],
        Kind::Exact,
        "What a film's pictures are coded in.",
        "codec:hevc,av1",
    )),
    optional(row(
        Key::Audio,
        &["audiocodec", "sound"],
        Kind::Exact,
        "What a film's sound is coded in; none without sound, or where there is no film.",
        "audio:aac",
    )),
    optional(row(
        Key::Bitdepth,
        &["bits"],
        number(Unit::Count, 0),
        "Bits of a film for each colour of a pixel.",
        "bitdepth:>=10",
    )),
];
