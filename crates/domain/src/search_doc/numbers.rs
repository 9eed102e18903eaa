//! The numbers of a document, by key.

use super::SearchDoc;
use crate::film::Tracks;
use crate::filter::Key;

impl SearchDoc {
    /// The number that a key compares, in the key's unit.
    pub fn number(&self, key: Key) -> Option<i64> {
        let scaled = |value: Option<f64>, scale: f64| value.and_then(|value| whole(value * scale));
        match key {
            Key::Iso => self.camera.iso.map(i64::from),
            Key::Aperture => scaled(self.camera.f_number, 100.0),
            Key::Exposure => scaled(self.camera.exposure_s, 1e6),
            Key::Focal => scaled(self.camera.focal_mm, 100.0),
            Key::Focal35 => scaled(self.camera.focal_35mm, 100.0),
            Key::Altitude => scaled(self.position.as_ref().and_then(|position| position.altitude), 1.0),
            // North is 0, also where it was written 360.
            Key::Direction => scaled(self.direction, 10.0).map(|tenths| tenths.rem_euclid(3600)),
            Key::Fps => scaled(self.tracks.as_ref().and_then(|tracks| tracks.frame_rate), 1000.0),
            Key::Bitdepth => self.tracks.as_ref().and_then(bits),
            Key::On | Key::Monthday | Key::Week | Key::Hour => self.moment_number(key),
            Key::Copies => Some(self.file.copies),
            Key::Faces => Some(self.faces),
            Key::Tagcount => i64::try_from(self.words.keywords.len()).ok(),
            Key::Stacksize => Some(self.stack.max(1)),
            Key::Rating => self.rating.map(i64::from),
            Key::Size => Some(self.size),
            Key::Width => self.width.map(i64::from),
            Key::Height => self.height.map(i64::from),
            Key::Megapixels => Some(i64::from(self.width?) * i64::from(self.height?)),
            Key::Duration => self.duration_ms,
            _ => None,
        }
    }
}

/// Bits for each colour, by libav's name of how a pixel is stored: those of more than eight end in their number and the
/// order of their bytes (`yuv420p10le`).
fn bits(tracks: &Tracks) -> Option<i64> {
    let name = tracks.pixel_format.as_deref()?;
    let ordered = name.strip_suffix("le").or_else(|| name.strip_suffix("be"));
    let Some(name) = ordered else { return Some(8) };
    let digits = name.bytes().rev().take_while(u8::is_ascii_digit).count();
    let number: i64 = name.get(name.len() - digits..)?.parse().ok()?;
    // Of packed pixels (rgb48le, p010le) the number counts all colours, or fills up with noughts.
    match name {
        _ if name.starts_with("p0") || name.starts_with("p2") || name.starts_with("p4") => Some(number % 100),
        "rgb48" | "bgr48" | "rgba64" | "bgra64" => Some(16),
        _ => (9..=16).contains(&number).then_some(number),
    }
}

/// Rounded, if it is a number that fits.
fn whole(value: f64) -> Option<i64> {
    let rounded = value.round();
    (rounded.abs() <= 1e15).then_some(rounded as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_told_by_the_name_of_the_format() {
        for (name, expected) in [
            ("yuv420p", Some(8)),
            ("nv12", Some(8)),
            ("yuv420p10le", Some(10)),
            ("yuv422p12be", Some(12)),
            ("gray16le", Some(16)),
            ("p010le", Some(10)),
            ("p016le", Some(16)),
            ("rgb48le", Some(16)),
            ("xyz12le", Some(12)),
            ("bayer_rggb16le", Some(16)),
            ("gbrpf32le", None),
        ] {
            let tracks = Tracks {
                video_codec: "hevc".to_owned(),
                audio_codec: None,
                frame_rate: None,
                pixel_format: Some(name.to_owned()),
                hdr: false,
                interlaced: false,
            };
            assert_eq!(bits(&tracks), expected, "{name}");
        }
    }
}
