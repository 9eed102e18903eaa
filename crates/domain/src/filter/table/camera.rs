//! Keys for what something was taken with, and how.

use super::{KeyInfo, Kind, YES_NO, number, optional, row};
use crate::filter::key::Key;
use crate::filter::unit::Unit;

pub(super) const KEYS: &[KeyInfo] = &[
    optional(row(Key::Camera, &[], Kind::Text, "Maker or model of the camera.", "camera:fuji")),
    optional(row(
        Key::Make,
        &["maker", "brand"],
        Kind::Text,
        "Maker of the camera, as the file says.",
        "make:nikon",
    )),
    optional(row(Key::Model, &[], Kind::Text, "Model of the camera, as the file says.", "model:\"eos r5\"")),
    optional(row(
        Key::Serial,
        &["serialnumber"],
        Kind::Exact,
        "Serial number of the camera.",
        "serial:4201*",
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
    optional(row(
        Key::Focal35,
        &["equivalent", "focal-35mm"],
        number(Unit::Millimetres, 20),
        "Focal length as on 35 mm film, in millimetres; a single one allows for 2 %.",
        "focal35:>=200",
    )),
    optional(row(
        Key::Flash,
        &[],
        Kind::Choice(YES_NO),
        "Whether the flash fired, where the file says.",
        "flash:yes",
    )),
];
