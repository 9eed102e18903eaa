//! The keys of the search language, one row each.

use super::key::{Choice, Key, KeyInfo, Kind};
use super::unit::Unit;

/// Every key of the search language, in the order in which the documentation shows them.
pub fn keys() -> &'static [KeyInfo] {
    KEYS
}

const fn word(name: &'static str, aliases: &'static [&'static str]) -> Choice {
    Choice { name, aliases }
}

const fn number(unit: Unit, about: i64) -> Kind {
    Kind::Number { unit, about }
}

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

/// `gps`, and every key that an asset may be without.
const HAS: &[Choice] = &[
    word("gps", &["position", "location"]),
    word("place", &[]),
    word("city", &[]),
    word("region", &["state"]),
    word("country", &[]),
    word("camera", &[]),
    word("lens", &[]),
    word("iso", &[]),
    word("aperture", &[]),
    word("exposure", &[]),
    word("focal", &[]),
    word("ext", &[]),
    word("path", &[]),
    word("title", &[]),
    word("caption", &["description"]),
    word("tag", &["tags", "keywords"]),
    word("creator", &["author"]),
    word("copyright", &[]),
    word("rating", &["stars"]),
    word("width", &[]),
    word("height", &[]),
    word("megapixels", &[]),
    word("duration", &[]),
];

const ASPECTS: &[Choice] = &[
    word("landscape", &["wide"]),
    word("portrait", &["tall", "upright"]),
    word("square", &[]),
    word("panorama", &["pano"]),
];

const STATES: &[Choice] =
    &[word("active", &[]), word("stacked", &["beneath"]), word("trashed", &["trash", "deleted"])];

const YES_NO: &[Choice] = &[word("yes", &["true", "1"]), word("no", &["false", "0"])];

const fn row(
    key: Key,
    aliases: &'static [&'static str],
    kind: Kind,
    help: &'static str,
    example: &'static str,
) -> KeyInfo {
    KeyInfo { key, aliases, kind, optional: false, help, example }
}

/// A key that an asset may be without.
const fn optional(mut info: KeyInfo) -> KeyInfo {
    info.optional = true;
    info
}

pub(super) const KEYS: &[KeyInfo] = &[
    row(
        Key::Taken,
        &["date", "year"],
        Kind::Days,
        "When it was taken, by the clock of the place: a year, month or day, a range of them, or a word such as today, yesterday, last-week or this-year.",
        "taken:2023-06..2023-08",
    ),
    row(
        Key::When,
        &[],
        Kind::Text,
        "Words of the date it was taken: the year and the name of the month.",
        "when:june",
    ),
    optional(row(
        Key::Place,
        &["location", "where"],
        Kind::Text,
        "City, region or country it was taken in.",
        "place:lisbon",
    )),
    optional(row(
        Key::City,
        &["town"],
        Kind::Text,
        "City or village nearest to where it was taken.",
        "city:porto",
    )),
    optional(row(
        Key::Region,
        &["province", "county"],
        Kind::Text,
        "State, province or region it was taken in.",
        "region:bavaria",
    )),
    optional(row(
        Key::Country,
        &[],
        Kind::CodedText,
        "Country it was taken in, by its name or its two-letter code.",
        "country:pt,es",
    )),
    row(
        Key::Near,
        &["around"],
        Kind::Near,
        "Within a distance of a point: latitude, longitude, and a radius in m, km or mi (5km if none is given).",
        "near:38.72,-9.14,5km",
    ),
    optional(row(
        Key::Camera,
        &["make", "model"],
        Kind::Text,
        "Maker or model of the camera.",
        "camera:fuji",
    )),
    optional(row(Key::Lens, &[], Kind::Text, "Model of the lens.", "lens:\"50mm\"")),
    optional(row(Key::Iso, &["sensitivity"], number(Unit::Count, 0), "ISO speed.", "iso:>=1600")),
    optional(row(
        Key::Aperture,
        &["f", "fnumber", "f-number"],
        number(Unit::FNumber, 20),
        "Aperture as f-number; a single number allows for 2 %.",
        "aperture:<=2.8",
    )),
    optional(row(
        Key::Exposure,
        &["shutter"],
        number(Unit::Exposure, 20),
        "Exposure time in seconds, also as a fraction; a single one allows for 2 %.",
        "exposure:<1/1000",
    )),
    optional(row(
        Key::Focal,
        &["focallength", "focal-length"],
        number(Unit::Millimetres, 20),
        "Focal length in millimetres; a single one allows for 2 %.",
        "focal:24..70",
    )),
    row(Key::Type, &["kind"], Kind::Choice(TYPES), "Picture or film, told by content.", "type:video"),
    row(
        Key::Format,
        &["codec"],
        Kind::Choice(FORMATS),
        "File format, told by content whatever the file is called.",
        "format:heic,avif",
    ),
    optional(row(
        Key::Ext,
        &["extension"],
        Kind::Exact,
        "Ending of the file name, without the point.",
        "ext:jpg",
    )),
    row(Key::Name, &["filename", "file"], Kind::Text, "File name.", "name:IMG_12*"),
    optional(row(
        Key::Path,
        &["folder"],
        Kind::Text,
        "Folders and name of the file, where you may see them.",
        "path:\"holidays/2019\"",
    )),
    optional(row(Key::Title, &["headline"], Kind::Text, "What it is called.", "title:sunset")),
    optional(row(
        Key::Caption,
        &["description"],
        Kind::Prose,
        "What is written about the picture.",
        "caption:birthday",
    )),
    optional(row(
        Key::Tag,
        &["tags", "keyword", "keywords"],
        Kind::Text,
        "A keyword it was given, or one above it: tag:portugal finds what is tagged Places|Portugal|Lisbon.",
        "tag:beach",
    )),
    optional(row(
        Key::Creator,
        &["author", "artist", "photographer"],
        Kind::Text,
        "Who made it, as the file says.",
        "creator:souza",
    )),
    optional(row(
        Key::Copyright,
        &["rights"],
        Kind::Text,
        "Whose it is, as the file says.",
        "copyright:getty",
    )),
    optional(row(
        Key::Rating,
        &["stars"],
        number(Unit::Stars, 0),
        "Stars, 1 to 5; -1 is rejected.",
        "rating:>=4",
    )),
    row(Key::Library, &[], Kind::Library, "Library it belongs to, by name or id.", "library:family"),
    row(Key::Has, &[], Kind::Choice(HAS), "What is known about it.", "-has:gps"),
    row(
        Key::Size,
        &["filesize", "bytes"],
        number(Unit::Bytes, 50),
        "Size of the file; a single number allows for 5 %.",
        "size:>20MB",
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
    row(
        Key::Aspect,
        &["orientation", "shape"],
        Kind::Choice(ASPECTS),
        "Shape of the picture: panorama is at least 1.9 times as wide as high, square within 2 %.",
        "aspect:panorama",
    ),
    row(
        Key::State,
        &["is"],
        Kind::Choice(STATES),
        "Where it is in its life. What is trashed, or stacked beneath another one, is found only if this key asks for it.",
        "state:trashed",
    ),
    row(
        Key::Unreadable,
        &["broken"],
        Kind::Choice(YES_NO),
        "Whether the file can't be shown.",
        "unreadable:yes",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asset::AssetLife;
    use crate::metadata::{AssetType, Format};

    fn names(choices: &[Choice]) -> Vec<&str> {
        choices.iter().map(|choice| choice.name).collect()
    }

    #[test]
    fn choices_are_those_of_the_domain() {
        assert_eq!(names(TYPES), AssetType::ALL.iter().map(|value| value.as_str()).collect::<Vec<_>>());
        assert_eq!(names(FORMATS), Format::ALL.iter().map(|value| value.as_str()).collect::<Vec<_>>());
        assert_eq!(names(STATES), AssetLife::ALL.iter().map(|value| value.as_str()).collect::<Vec<_>>());
        let optional = KEYS.iter().filter(|info| info.optional).map(KeyInfo::name);
        assert_eq!(names(HAS), ["gps"].into_iter().chain(optional).collect::<Vec<_>>());
    }
}
