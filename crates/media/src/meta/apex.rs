//! APEX: f-numbers and times as powers of two, which some cameras state instead of the numbers themselves.

use super::exif::{EXPOSURES, F_NUMBERS};

/// The f-number of an aperture value Av, √2^Av (EXIF 2.32, annex C): to a tenth, below 1 to a hundredth, as exiftool
/// prints it. `None` of what no lens can be, and of zero, with which cameras say that they do not know.
pub(super) fn f_number(value: f64) -> Option<f64> {
    let exact = (value / 2.0).exp2();
    let steps = if exact < 1.0 { 100.0 } else { 10.0 };
    let rounded = (exact * steps).round() / steps;
    (value != 0.0 && F_NUMBERS.contains(&rounded)).then_some(rounded)
}

/// The seconds of a time value Tv, 2^−Tv (EXIF 2.32, annex C), as exactly as they are stated; `None` of absurd ones.
pub(super) fn exposure_s(value: f64) -> Option<f64> {
    Some((-value).exp2()).filter(|seconds| EXPOSURES.contains(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Av and Tv of files of an iPhone and of a Sony DSC-D700, and what `exiftool` makes of them.
    #[test]
    fn powers_become_what_exiftool_prints() {
        assert_eq!(f_number(2.27500704), Some(2.2));
        assert_eq!(f_number(2.5), Some(2.4));
        assert_eq!(f_number(-0.15), Some(0.95));
        assert_eq!(exposure_s(5.0), Some(0.03125));
        assert_eq!(exposure_s(-1.0), Some(2.0));
        assert_eq!(exposure_s(0.0), Some(1.0));
    }

    #[test]
    fn absurd_powers_are_left_out() {
        for absurd in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300, -1e300, 100.0, -100.0] {
            assert_eq!((f_number(absurd), exposure_s(absurd)), (None, None), "{absurd}");
        }
        assert_eq!(f_number(0.0), None);
    }
}
