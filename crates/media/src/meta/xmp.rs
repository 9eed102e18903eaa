//! XMP: what programs wrote after the camera.

mod categories;
mod faces;
mod packet;
mod panorama;
#[cfg(test)]
mod tests;
mod tree;
mod words;

use domain::metadata::{Metadata, StatedTime, TimeSource};

use super::{apex, exif, gps, text, time};
use tree::{Fields, Space};

/// Fills what is still empty.
pub(super) fn apply(bytes: &[u8], metadata: &mut Metadata) {
    let packet = packet::read(bytes);
    metadata.notes.extend(packet.odd.map(|what| format!("the XMP data are damaged: {what}")));
    let fields = packet.fields;
    camera(&fields, metadata);
    place(&fields, metadata);
    times(&fields, metadata);
    words::apply(&fields, metadata);
    faces::apply(&fields, metadata);
    google(&fields, metadata);
    let ending = fields.text(Space::Photoshop, "SidecarForExtension");
    metadata.sidecar_for = ending.and_then(|ending| text::clean(ending, text::LINE));
}

fn camera(fields: &Fields, metadata: &mut Metadata) {
    let line = |space, name| fields.text(space, name).and_then(|value| text::clean(value, text::LINE));
    let number = |name, range: std::ops::RangeInclusive<f64>| {
        fields.text(Space::Exif, name).and_then(rational).filter(|value| range.contains(value))
    };
    metadata.camera.make = metadata.camera.make.take().or_else(|| line(Space::Tiff, "Make"));
    metadata.camera.model = metadata.camera.model.take().or_else(|| line(Space::Tiff, "Model"));
    let lens = || line(Space::ExifEx, "LensModel").or_else(|| line(Space::Aux, "Lens"));
    metadata.camera.lens = metadata.camera.lens.take().or_else(lens);
    let serial = || line(Space::ExifEx, "BodySerialNumber").or_else(|| line(Space::Aux, "SerialNumber"));
    metadata.camera.serial = metadata.camera.serial.take().or_else(serial);
    let power = |name| fields.text(Space::Exif, name).and_then(rational);
    let f_number = || number("FNumber", exif::F_NUMBERS);
    let aperture = || power("ApertureValue").and_then(apex::f_number);
    metadata.camera.f_number = metadata.camera.f_number.or_else(f_number).or_else(aperture);
    let exposure = || number("ExposureTime", exif::EXPOSURES);
    let shutter = || power("ShutterSpeedValue").and_then(apex::exposure_s);
    metadata.camera.exposure_s = metadata.camera.exposure_s.or_else(exposure).or_else(shutter);
    metadata.camera.focal_mm =
        metadata.camera.focal_mm.or_else(|| number("FocalLength", exif::FOCAL_LENGTHS));
    let iso = || {
        fields.text(Space::Exif, "ISOSpeedRatings").or(fields.text(Space::ExifEx, "PhotographicSensitivity"))
    };
    let iso = || iso()?.trim().parse().ok().filter(|iso| (1..=exif::ISO_MOST).contains(iso));
    metadata.camera.iso = metadata.camera.iso.or_else(|| i32::try_from(iso()?).ok());
    let fired = || match fields.within(Space::Exif, "Flash")?.text(Space::Exif, "Fired")? {
        "True" | "true" => Some(true),
        "False" | "false" => Some(false),
        _ => None,
    };
    metadata.camera.flash = metadata.camera.flash.or_else(fired);
}

fn times(fields: &Fields, metadata: &mut Metadata) {
    use TimeSource::{Digitized, Document, Original};
    let sources: [(_, &[(Space, &str)]); 3] = [
        (Original, &[(Space::Exif, "DateTimeOriginal")]),
        (Digitized, &[(Space::Exif, "DateTimeDigitized")]),
        (
            Document,
            &[
                (Space::Photoshop, "DateCreated"),
                (Space::Xap, "CreateDate"),
                (Space::Pdf, "CreationDate"),
                // Of Insta360, and in no standard.
                (Space::Panorama, "SourceImageCreateTime"),
            ],
        ),
    ];
    for (source, names) in sources {
        let all = names.iter().filter_map(|(space, name)| time::stated(fields.text(*space, name)?, source));
        let Some(stated) = all.min_by_key(StatedTime::is_partial) else { continue };
        // The offset is often that of the computer (Photoshop's, up to CS5): where it was taken tells it better.
        let is_wanted = metadata.position.is_none();
        match metadata.times.iter_mut().find(|time| time.source == source && !time.is_partial()) {
            Some(known) if is_wanted => *known = known.completed_by(&[stated]),
            Some(_) => {}
            None => metadata.times.push(stated),
        }
    }
}

fn place(fields: &Fields, metadata: &mut Metadata) {
    let text = |name| fields.text(Space::Exif, name);
    let altitude = || {
        let metres = text("GPSAltitude").and_then(rational)?;
        Some(if text("GPSAltitudeRef") == Some("1") { -metres } else { metres })
    };
    if let (None, Some(latitude), Some(longitude)) =
        (metadata.position, degrees(fields, "GPSLatitude"), degrees(fields, "GPSLongitude"))
    {
        metadata.position = gps::position(latitude, longitude, altitude());
    }
    let direction = || text("GPSImgDirection").and_then(rational).and_then(gps::direction);
    metadata.direction = metadata.direction.or_else(direction);
}

/// `52,31.2N`; or plain degrees, with the side of the Earth in a field of its own, as Apple exports them.
fn degrees(fields: &Fields, name: &str) -> Option<f64> {
    let text = fields.text(Space::Exif, name)?;
    let plain = || {
        let degrees = rational(text)?;
        match fields.text(Space::Exif, &format!("{name}Ref")) {
            Some(side) => gps::degrees(&[degrees.abs()], side),
            None => Some(degrees),
        }
    };
    gps::degrees_from_text(text).or_else(plain)
}

/// Panoramas, bursts, and films that stand behind a picture in the same file.
fn google(fields: &Fields, metadata: &mut Metadata) {
    let stated = |space| fields.text(space, "ProjectionType");
    let projection =
        || text::clean(stated(Space::Panorama).or_else(|| stated(Space::Spherical))?, text::LINE);
    metadata.projection = metadata.projection.take().or_else(projection);
    metadata.panorama = metadata.panorama.or_else(|| panorama::read(fields, &mut metadata.notes));
    let burst = || {
        let stated = fields.text(Space::Camera, "BurstID");
        text::clean(stated.or_else(|| fields.text(Space::Creations, "CameraBurstID"))?, text::LINE)
    };
    metadata.burst_id = metadata.burst_id.take().or_else(burst);
    metadata.film_bytes = metadata.film_bytes.or_else(|| film_bytes(fields));
}

/// How many of the file's last bytes are the film: in the list of what the file contains, the lengths from the film on;
/// before 2020, a number of its own ("Motion Photo format 1.0", developer.android.com).
fn film_bytes(fields: &Fields) -> Option<u64> {
    // Nothing is to be played of it, whatever stands behind it.
    if fields.text(Space::Camera, "MotionPhoto").is_some_and(|told| told.trim() == "0") {
        return None;
    }
    let number = |text: &str| text.trim().parse::<u64>().ok();
    let contained = fields.items(Space::Container, "Directory").filter_map(|entry| {
        let entry = entry.fields()?;
        let item = entry.within(Space::Container, "Item").unwrap_or(entry);
        let of = |name| item.text(Space::ContainerItem, name);
        Some((of("Semantic")? == "MotionPhoto", of("Length").and_then(number).unwrap_or(0)))
    });
    let from_film_on = contained.skip_while(|(film, _)| !film).map(|(_, length)| length);
    let listed = from_film_on.fold(0u64, u64::saturating_add);
    let older = || fields.text(Space::Camera, "MicroVideoOffset").and_then(number);
    Some(listed).filter(|length| *length > 0).or_else(older).filter(|length| *length > 0)
}

/// `28/10` and `2.8`.
fn rational(value: &str) -> Option<f64> {
    let value = value.trim();
    let number = match value.split_once('/') {
        Some((a, b)) => a.trim().parse::<f64>().ok()? / b.trim().parse::<f64>().ok()?,
        None => value.parse().ok()?,
    };
    number.is_finite().then_some(number)
}
