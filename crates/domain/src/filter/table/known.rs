//! The words of `has:`, `is:` and `shared-with:`.

use super::{Choice, Key, Short, short, word};
use crate::filter::scope::MYSELF;

/// `gps`, and every key that an asset may be without.
pub(super) const HAS: &[Choice] = &[
    word("gps", &["position", "location"]),
    word("modified", &[]),
    word("place", &[]),
    word("city", &[]),
    word("region", &["state"]),
    word("country", &[]),
    word("continent", &[]),
    word("altitude", &["elevation"]),
    word("direction", &["bearing"]),
    word("zone", &["timezone"]),
    word("camera", &[]),
    word("make", &[]),
    word("model", &[]),
    word("serial", &[]),
    word("lens", &[]),
    word("iso", &[]),
    word("aperture", &[]),
    word("exposure", &[]),
    word("focal", &[]),
    word("focal35", &[]),
    word("flash", &[]),
    word("width", &[]),
    word("height", &[]),
    word("megapixels", &[]),
    word("duration", &[]),
    word("fps", &[]),
    word("codec", &[]),
    word("audio", &["sound"]),
    word("bitdepth", &[]),
    word("ext", &[]),
    word("folder", &[]),
    word("path", &[]),
    word("title", &[]),
    word("caption", &["description"]),
    word("tag", &["tags", "keywords"]),
    word("creator", &["author"]),
    word("copyright", &[]),
    word("rating", &["stars"]),
];

/// What else one would say that something has.
pub(super) const HAS_SHORT: &[Short] = &[
    short("faces", &["face", "people"], Key::Faces, ">=1"),
    short("sidecar", &["xmp"], Key::Sidecar, "yes"),
    short("notes", &[], Key::Noted, "yes"),
    short("edits", &[], Key::Edited, "yes"),
    short("copies", &["duplicates"], Key::Copies, ">1"),
    short("stack", &[], Key::Stack, "yes"),
    short("film", &["motion"], Key::Live, "yes"),
    short("album", &["albums"], Key::Album, "any"),
];

/// What one would say that something is.
pub(super) const IS: &[Short] = &[
    short("active", &[], Key::State, "active"),
    short("stacked", &[], Key::State, "stacked"),
    short("archived", &["archive"], Key::Archived, "yes"),
    short("trashed", &["trash", "deleted"], Key::Trashed, "yes"),
    short("favourite", &["favorite", "fav", "loved"], Key::Favourite, "yes"),
    short("image", &["photo", "picture"], Key::Type, "image"),
    short("video", &["film", "movie"], Key::Type, "video"),
    short("raw", &[], Key::Raw, "yes"),
    short("animated", &["animation"], Key::Animated, "yes"),
    short("live", &["motion"], Key::Live, "yes"),
    short("panorama", &["spherical", "360"], Key::Panorama, "yes"),
    short("hdr", &[], Key::Hdr, "yes"),
    short("interlaced", &[], Key::Interlaced, "yes"),
    short("landscape", &["wide"], Key::Aspect, "landscape"),
    short("portrait", &["tall", "upright"], Key::Aspect, "portrait"),
    short("square", &[], Key::Aspect, "square"),
    short("guessed", &[], Key::Guessed, "yes"),
    short("geotagged", &["located"], Key::Has, "gps"),
    short("tagged", &[], Key::Has, "tag"),
    short("rated", &[], Key::Has, "rating"),
    short("rejected", &[], Key::Rating, "-1"),
    short("edited", &[], Key::Edited, "yes"),
    short("stack", &[], Key::Stack, "yes"),
    short("duplicate", &["duplicated"], Key::Copies, ">1"),
    short("offline", &["missing"], Key::Offline, "yes"),
    short("managed", &["copied", "stored"], Key::Managed, "yes"),
    short("noted", &["damaged"], Key::Noted, "yes"),
    short("unreadable", &["broken"], Key::Unreadable, "yes"),
    short("shared", &[], Key::SharedWith, "any"),
];

/// Whoever asks, among those that something is shared with.
pub(super) const SHARED_WITH: &[Short] = &[short(MYSELF, &["myself"], Key::SharedWith, "=me")];
