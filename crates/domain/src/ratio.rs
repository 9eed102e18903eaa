//! The ratio byte: an aspect ratio in one byte, for laying out a million photographs exactly.

/// width/height = 2^((byte − 128) / 32): 1:16 to 16:1 in steps of 2.2 %, 0 where the size is not known.
pub fn ratio_byte(width: Option<u32>, height: Option<u32>) -> u8 {
    match (width, height) {
        (Some(width), Some(height)) if width > 0 && height > 0 => {
            let octaves = (f64::from(width) / f64::from(height)).log2();
            // Clamped to the byte's range, so the cast can't wrap.
            (octaves * 32.0 + 128.0).round().clamp(1.0, 255.0) as u8
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::ratio_byte;

    #[test]
    fn a_byte_stands_for_a_ratio_within_one_point_one_percent() {
        for (width, height) in [(4032, 3024), (3024, 4032), (1, 1), (1920, 1080), (12000, 900), (1, 15)] {
            let byte = ratio_byte(Some(width), Some(height));
            let back = 2f64.powf((f64::from(byte) - 128.0) / 32.0);
            let exact = f64::from(width) / f64::from(height);
            assert!((back / exact - 1.0).abs() < 0.011, "{width}x{height}: {back} for {exact}");
        }
        assert_eq!(ratio_byte(None, Some(3)), 0);
        assert_eq!(ratio_byte(Some(0), Some(3)), 0);
        assert_eq!(ratio_byte(Some(1_000_000), Some(1)), 255);
    }
}
