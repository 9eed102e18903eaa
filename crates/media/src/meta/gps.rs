//! Positions, as EXIF and XMP write them.

use domain::metadata::Position;

/// Degrees from degrees, minutes and seconds. Missing or undefined minutes and seconds are none.
pub(crate) fn degrees(parts: &[f64], reference: &str) -> Option<f64> {
    let whole = parts.first().copied().filter(|value| value.is_finite())?;
    let part = |at: usize| parts.get(at).copied().filter(|value| value.is_finite()).unwrap_or(0.0);
    let value = whole + part(1) / 60.0 + part(2) / 3600.0;
    match reference.trim().as_bytes().first()?.to_ascii_uppercase() {
        b'N' | b'E' => Some(value),
        b'S' | b'W' => Some(-value),
        _ => None,
    }
}

/// `52,31.2345N` and `52,31,14N`, as XMP writes them.
pub(crate) fn degrees_from_text(text: &str) -> Option<f64> {
    let text = text.trim();
    let reference = text.chars().next_back().filter(char::is_ascii_alphabetic)?;
    let parts: Vec<f64> =
        text.get(..text.len() - 1)?.split(',').map(|part| part.trim().parse().ok()).collect::<Option<_>>()?;
    degrees(&parts, reference.encode_utf8(&mut [0; 4]))
}

/// A direction that can be, 0 to 360 degrees.
pub(super) fn direction(degrees: f64) -> Option<f64> {
    (0.0..=360.0).contains(&degrees).then_some(degrees % 360.0)
}

/// A position that can be. Nobody photographs on null island, but many cameras claim to.
pub(crate) fn position(latitude: f64, longitude: f64, altitude: Option<f64>) -> Option<Position> {
    let on_earth = latitude.abs() <= 90.0 && longitude.abs() <= 180.0;
    let null_island = latitude == 0.0 && longitude == 0.0;
    // From the deepest trench to the space station.
    let altitude = altitude.filter(|metres| (-11_000.0..=500_000.0).contains(metres));
    (on_earth && !null_island).then_some(Position { latitude, longitude, altitude })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_read_or_refused() {
        assert_eq!(degrees(&[52.0, 30.0, 36.0], "N"), Some(52.51));
        assert_eq!(degrees(&[52.0, 30.0, f64::NAN], "south"), Some(-52.5));
        assert_eq!(degrees(&[f64::INFINITY, 1.0, 1.0], "N"), None);
        assert_eq!(degrees(&[52.0], ""), None);
        assert_eq!(degrees_from_text("52,30.6N"), Some(52.51));
        assert_eq!(degrees_from_text("0,30,0W"), Some(-0.5));
        assert_eq!(degrees_from_text("NaN"), None);
        assert_eq!(degrees_from_text("é"), None);
        assert!(position(17.0, 180.0, None).is_some());
        for (latitude, longitude) in [(90.0001, 0.0), (0.0, -180.1), (0.0, 0.0), (f64::NAN, 1.0)] {
            assert!(position(latitude, longitude, None).is_none(), "{latitude} {longitude}");
        }
        assert_eq!(position(45.0, 9.0, Some(f64::INFINITY)).unwrap().altitude, None);
    }
}
