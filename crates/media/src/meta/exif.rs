//! EXIF: the camera's own words.

mod pointers;
#[cfg(test)]
pub(in crate::meta) mod tests;
mod times;
mod words;

use std::panic::catch_unwind;

use domain::metadata::Metadata;
use exif::{Context, Exif, Field, In, Reader, Tag, Value};

use super::{apex, gps, maker, stars, text, time};

/// What else may stand in a TIFF structure.
#[derive(Debug, Default)]
pub(super) struct Inside {
    /// Width and height of the first picture.
    pub size: Option<(u32, u32)>,
    pub xmp: Option<Vec<u8>>,
    pub iptc: Option<Vec<u8>>,
}

/// Reads a TIFF structure as far as it can be read, and fills what is still empty.
pub(super) fn apply(mut bytes: Vec<u8>, metadata: &mut Metadata) -> Inside {
    pointers::plain(&mut bytes);
    let (exif, note) = read(bytes);
    metadata.notes.extend(note);
    let Some(exif) = exif else { return Inside::default() };
    picture(&exif, metadata);
    camera(&exif, metadata);
    times::apply(&exif, metadata);
    place(&exif, metadata);
    words::apply(&exif, metadata);
    if let Some(note) = exif.maker_note() {
        maker::apply_moved(exif.0.buf(), note, metadata);
    }
    Inside {
        size: exif.uint(Tag::ImageWidth).zip(exif.uint(Tag::ImageLength)),
        xmp: exif.bytes(Tag(Context::Tiff, 700)),
        iptc: exif.bytes(Tag(Context::Tiff, 33723)),
    }
}

/// What can be read, and what is wrong with it, for people.
fn read(bytes: Vec<u8>) -> (Option<Tags>, Option<String>) {
    let mut odd = None;
    // The reader panics over some offsets that lie beyond all data.
    let read = catch_unwind(|| Reader::new().continue_on_error(true).read_raw(bytes));
    let read = read.unwrap_or(Err(exif::Error::InvalidFormat("an offset leads nowhere")));
    match read.or_else(|error| error.distill_partial_result(|errors| odd = errors.first().map(to_note))) {
        Ok(exif) => (Some(Tags(exif)), odd),
        Err(error) => (None, Some(to_note(&error))),
    }
}

fn to_note(error: &exif::Error) -> String {
    format!("the EXIF data are damaged: {error}")
}

/// Orientation alone, for rendering.
pub(crate) fn orientation(bytes: Vec<u8>) -> u8 {
    read(bytes).0.and_then(|exif| exif.orientation()).unwrap_or(1)
}

/// Width and height that the camera says its picture has, for raws that nobody can decode.
pub(crate) fn pixels(bytes: Vec<u8>) -> Option<(u32, u32)> {
    let exif = read(bytes).0?;
    exif.uint(Tag::PixelXDimension).zip(exif.uint(Tag::PixelYDimension))
}

fn picture(exif: &Tags, metadata: &mut Metadata) {
    metadata.exif_orientation = exif.orientation().unwrap_or(metadata.exif_orientation);
    // Windows keeps its stars here, and the same in percent.
    fill(&mut metadata.rating, || match exif.uint(Tag(Context::Tiff, 0x4746)) {
        Some(stars) => i16::try_from(stars).ok().filter(|stars| (1..=5).contains(stars)),
        None => exif.uint(Tag(Context::Tiff, 0x4749)).and_then(|percent| stars::of_percent(percent.into())),
    });
}

fn camera(exif: &Tags, metadata: &mut Metadata) {
    fill(&mut metadata.camera.make, || exif.text(Tag::Make, text::LINE));
    fill(&mut metadata.camera.model, || exif.text(Tag::Model, text::LINE));
    let lens = || exif.text(Tag::LensModel, text::LINE).filter(|lens| lens.contains(char::is_alphanumeric));
    fill(&mut metadata.camera.lens, lens);
    fill(&mut metadata.camera.serial, || exif.text(Tag::BodySerialNumber, text::LINE));
    let notes = &mut metadata.notes;
    let mut number = |tag, name: &str, range: std::ops::RangeInclusive<f64>| {
        let value = exif.number(tag)?;
        if range.contains(&value) {
            return Some(value);
        }
        // Zero is how cameras say that they do not know.
        if value != 0.0 {
            notes.push(format!("{name} of {value} cannot be and is left out"));
        }
        None
    };
    fill(&mut metadata.camera.f_number, || {
        let stated = number(Tag::FNumber, "an f-number", F_NUMBERS);
        stated.or_else(|| exif.number(Tag::ApertureValue).and_then(apex::f_number))
    });
    fill(&mut metadata.camera.exposure_s, || match exif.field(Tag::ExposureTime) {
        Some(_) => number(Tag::ExposureTime, "an exposure time", EXPOSURES),
        None => exif.number(Tag::ShutterSpeedValue).and_then(apex::exposure_s),
    });
    fill(&mut metadata.camera.focal_mm, || number(Tag::FocalLength, "a focal length", FOCAL_LENGTHS));
    fill(&mut metadata.camera.focal_35mm, || {
        number(Tag::FocalLengthIn35mmFilm, "a focal length", FOCAL_LENGTHS)
    });
    fill(&mut metadata.camera.iso, || iso(exif));
    fill(&mut metadata.camera.flash, || exif.uint(Tag::Flash).map(|bits| bits & 1 == 1));
}

/// What is known already stays.
pub(super) fn fill<T>(known: &mut Option<T>, found: impl FnOnce() -> Option<T>) {
    if known.is_none() {
        *known = found();
    }
}

/// What a lens can be, with room for telescopes and pinholes.
pub(super) const F_NUMBERS: std::ops::RangeInclusive<f64> = 0.1..=1024.0;
/// Two weeks of star trails are an exposure, too.
pub(super) const EXPOSURES: std::ops::RangeInclusive<f64> = 1e-9..=1e6;
/// In millimetres.
pub(super) const FOCAL_LENGTHS: std::ops::RangeInclusive<f64> = 0.1..=100_000.0;
/// Beyond it, nobody means it.
pub(super) const ISO_MOST: u32 = 10_000_000;

/// 16 bits are too few for some: 65535 then means "look there".
fn iso(exif: &Tags) -> Option<i32> {
    let plain = exif.uint(Tag::PhotographicSensitivity).filter(|iso| (1..65535).contains(iso));
    let long = || {
        let sources = [Tag::RecommendedExposureIndex, Tag::StandardOutputSensitivity, Tag::ISOSpeed];
        sources.into_iter().find_map(|tag| exif.uint(tag).filter(|iso| (1..=ISO_MOST).contains(iso)))
    };
    let iso = plain.or_else(long)?;
    i32::try_from(iso).ok()
}

fn place(exif: &Tags, metadata: &mut Metadata) {
    let date = exif.text(Tag::GPSDateStamp, text::LINE).and_then(|text| time::parse(&text));
    let clock = exif.numbers(Tag::GPSTimeStamp);
    if let (Some(date), Some(clock)) = (date.filter(|date| !date.precision.is_partial()), clock) {
        fill(&mut metadata.gps_utc, || Some(date.local.date().and_time(clock_time(&clock)?).and_utc()));
    }
    fill(&mut metadata.direction, || exif.number(Tag::GPSImgDirection).and_then(gps::direction));
    let (Some(latitude), Some(longitude)) = (exif.numbers(Tag::GPSLatitude), exif.numbers(Tag::GPSLongitude))
    else {
        return;
    };
    let reference = |tag| exif.text(tag, text::LINE).unwrap_or_default();
    let latitude = gps::degrees(&latitude, &reference(Tag::GPSLatitudeRef));
    let longitude = gps::degrees(&longitude, &reference(Tag::GPSLongitudeRef));
    let below = exif.uint(Tag::GPSAltitudeRef) == Some(1);
    let altitude = exif.number(Tag::GPSAltitude).map(|metres| if below { -metres } else { metres });
    match (latitude, longitude) {
        (Some(latitude), Some(longitude)) => {
            metadata.position = metadata.position.or(gps::position(latitude, longitude, altitude));
            if metadata.position.is_none() && (latitude, longitude) != (0.0, 0.0) {
                metadata.notes.push("a GPS position that is not on Earth is left out".into());
            }
        }
        _ => metadata.notes.push("a GPS position without meaning is left out".into()),
    }
}

fn clock_time(parts: &[f64]) -> Option<chrono::NaiveTime> {
    let [hours, minutes, seconds] = parts else { return None };
    let fits = (0.0..24.0).contains(hours) && (0.0..60.0).contains(minutes) && (0.0..61.0).contains(seconds);
    let total = ((hours * 3600.0 + minutes * 60.0 + seconds) * 1000.0).round();
    // Exact: whole milliseconds of a day.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked by the line above")]
    let total = if fits { total as u32 } else { return None };
    chrono::NaiveTime::from_num_seconds_from_midnight_opt(total / 1000, total % 1000 * 1_000_000)
}

/// The parsed tags, with getters that never fail.
struct Tags(Exif);

impl Tags {
    /// Some writers put a tag of the EXIF directory into the main one.
    fn field(&self, tag: Tag) -> Option<&Field> {
        let misplaced = Tag(Context::Tiff, tag.number());
        self.0.get_field(tag, In::PRIMARY).or_else(|| self.0.get_field(misplaced, In::PRIMARY))
    }

    fn text(&self, tag: Tag, longest: usize) -> Option<String> {
        match &self.field(tag)?.value {
            Value::Ascii(lines) => lines.iter().find_map(|line| text::from_bytes(line, longest)),
            Value::Undefined(bytes, _) | Value::Byte(bytes) => text::from_bytes(bytes, longest),
            _ => None,
        }
    }

    fn bytes(&self, tag: Tag) -> Option<Vec<u8>> {
        match &self.field(tag)?.value {
            Value::Byte(bytes) | Value::Undefined(bytes, _) => Some(bytes.clone()),
            _ => None,
        }
    }

    /// Where the maker's own note lies, and how long it is.
    fn maker_note(&self) -> Option<(usize, usize)> {
        match &self.field(Tag::MakerNote)?.value {
            Value::Undefined(note, at) => Some((usize::try_from(*at).ok()?, note.len())),
            _ => None,
        }
    }

    fn uint(&self, tag: Tag) -> Option<u32> {
        self.field(tag)?.value.get_uint(0)
    }

    fn number(&self, tag: Tag) -> Option<f64> {
        self.numbers(tag)?.first().copied()
    }

    fn numbers(&self, tag: Tag) -> Option<Vec<f64>> {
        Some(match &self.field(tag)?.value {
            Value::Rational(values) => values.iter().take(8).map(exif::Rational::to_f64).collect(),
            Value::SRational(values) => values.iter().take(8).map(exif::SRational::to_f64).collect(),
            Value::Float(values) => values.iter().take(8).copied().map(f64::from).collect(),
            Value::Double(values) => values.iter().take(8).copied().collect(),
            value => vec![f64::from(value.get_uint(0)?)],
        })
    }

    /// With a sign.
    fn whole_numbers(&self, tag: Tag) -> Option<Vec<i32>> {
        Some(match &self.field(tag)?.value {
            Value::SByte(values) => values.iter().take(8).copied().map(i32::from).collect(),
            Value::SShort(values) => values.iter().take(8).copied().map(i32::from).collect(),
            Value::SLong(values) => values.iter().take(8).copied().collect(),
            value => vec![i32::try_from(value.get_uint(0)?).ok()?],
        })
    }

    fn orientation(&self) -> Option<u8> {
        let stated = self.uint(Tag::Orientation).and_then(|value| u8::try_from(value).ok());
        stated.filter(|value| (1..=8).contains(value))
    }
}
