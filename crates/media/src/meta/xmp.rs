//! XMP: what programs wrote after the camera.

mod packet;

use domain::metadata::{Metadata, StatedTime, TimeSource};

use super::{exif, gps, text, time};
use packet::Property;

/// Fills what is still empty.
pub(super) fn apply(bytes: &[u8], metadata: &mut Metadata) {
    let packet = packet::read(bytes);
    metadata.notes.extend(packet.odd.map(|what| format!("the XMP data are damaged: {what}")));
    let get = |property| packet.values.get(&property).map(String::as_str);
    let line = |property| get(property).and_then(|value| text::clean(value, text::LINE));
    let number = |property, range: std::ops::RangeInclusive<f64>| {
        get(property).and_then(rational).filter(|value| range.contains(value))
    };

    metadata.make = metadata.make.take().or_else(|| line(Property::Make));
    metadata.model = metadata.model.take().or_else(|| line(Property::Model));
    metadata.lens =
        metadata.lens.take().or_else(|| line(Property::LensModel)).or_else(|| line(Property::Lens));
    metadata.caption = (metadata.caption.take())
        .or_else(|| get(Property::Description).and_then(|value| text::clean(value, text::PARAGRAPHS)));
    metadata.f_number = metadata.f_number.or_else(|| number(Property::FNumber, exif::F_NUMBERS));
    metadata.exposure_s = metadata.exposure_s.or_else(|| number(Property::ExposureTime, exif::EXPOSURES));
    metadata.focal_mm = metadata.focal_mm.or_else(|| number(Property::FocalLength, exif::FOCAL_LENGTHS));
    let iso = || get(Property::Iso)?.trim().parse().ok().filter(|iso| (1..=exif::ISO_MOST).contains(iso));
    metadata.iso = metadata.iso.or_else(|| i32::try_from(iso()?).ok());
    // Programs write the stars here, so here they are newer than in EXIF.
    let stars = || get(Property::Rating).and_then(rational).filter(|stars| (-1.0..=5.0).contains(stars));
    #[expect(clippy::cast_possible_truncation, reason = "−1 to 5")]
    let stars = stars().map(|stars| stars.round() as i16);
    metadata.rating = stars.or(metadata.rating);
    times(&get, metadata);
    place(&get, metadata);
}

fn times<'a>(get: &impl Fn(Property) -> Option<&'a str>, metadata: &mut Metadata) {
    use TimeSource::{Digitized, Document, Original};
    let sources = [
        (Original, [Property::Original, Property::Original]),
        (Digitized, [Property::Digitized, Property::Digitized]),
        (Document, [Property::DateCreated, Property::CreateDate]),
    ];
    for (source, properties) in sources {
        if metadata.times.iter().any(|time| time.source == source) {
            continue;
        }
        let stated = properties.into_iter().find_map(|property| time::parse(get(property)?));
        if let Some((local, offset_minutes)) = stated {
            metadata.times.push(StatedTime { local, offset_minutes, source });
        }
    }
}

fn place<'a>(get: &impl Fn(Property) -> Option<&'a str>, metadata: &mut Metadata) {
    let degrees = |property| get(property).and_then(gps::degrees_from_text);
    let altitude = || {
        let metres = get(Property::Altitude).and_then(rational)?;
        Some(if get(Property::AltitudeRef) == Some("1") { -metres } else { metres })
    };
    if let (None, Some(latitude), Some(longitude)) =
        (metadata.position, degrees(Property::Latitude), degrees(Property::Longitude))
    {
        metadata.position = gps::position(latitude, longitude, altitude());
    }
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

#[cfg(test)]
mod tests;
