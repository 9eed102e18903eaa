//! A sensor's pixels, several of them made one: for developing a raw where memory is short.

use rawler::{
    RawImage, RawImageData,
    imgop::{Point, Rect, sensor::SensorType},
    rawimage::{BlackLevel, RawPhotometricInterpretation, WhiteLevel},
};

/// Red, green and blue.
const COLOURS: usize = 3;

/// The least number of pixels, in each direction, among which there are all colours. None if that is not known.
pub(super) fn unit(image: &RawImage) -> Option<u32> {
    let RawPhotometricInterpretation::Cfa(mosaic) = &image.photometric else { return None };
    let plain = image.cpp == 1 && image.fuji_rotation_width.is_none() && mosaic.cfa.is_rgb();
    plain.then_some(match mosaic.sensor {
        SensorType::Bayer => 2,
        SensorType::Xtrans => 3,
    })
}

/// Makes each square of so many pixels a side one, with all three colours; of the picture without its dark edges.
pub(super) fn binned(mut image: RawImage, side: u32) -> Option<RawImage> {
    let side = usize::try_from(side).ok().filter(|side| *side > 0)?;
    let RawPhotometricInterpretation::Cfa(mosaic) = &image.photometric else { return None };
    let RawImageData::Integer(sensor) = &image.data else { return None };
    let area = image.crop_area.or(image.active_area).unwrap_or(Rect::new(Point::zero(), image.dim()));
    let (width, height) = (area.d.w / side, area.d.h / side);
    let mut small = Vec::with_capacity(width * height * COLOURS);
    let mut squares = vec![[(0_u64, 0_u64); COLOURS]; width];
    for square_row in 0..height {
        for row in area.p.y + square_row * side..area.p.y + (square_row + 1) * side {
            let start = row * image.width + area.p.x;
            let pixels = sensor.get(start..start + width * side)?;
            // The pattern repeats itself soon.
            let colours: Vec<usize> =
                (0..mosaic.cfa.width).map(|column| mosaic.cfa.color_at(row, area.p.x + column)).collect();
            let mut colours = colours.iter().cycle();
            for (square, pixels) in squares.iter_mut().zip(pixels.chunks_exact(side)) {
                for pixel in pixels {
                    let (sum, count) = square.get_mut(*colours.next()?)?;
                    *sum += u64::from(*pixel);
                    *count += 1;
                }
            }
        }
        for square in &mut squares {
            for (sum, count) in std::mem::take(square) {
                small.push(u16::try_from((sum + count / 2).checked_div(count)?).unwrap_or(u16::MAX));
            }
        }
    }
    // Black and white of each colour; they are given for each place of the pattern.
    let levels = |places: [f32; 4]| {
        let mut levels = [(0.0, 0.0_f32); COLOURS];
        for (place, level) in places.into_iter().enumerate() {
            if let Some((sum, count)) = levels.get_mut(mosaic.cfa.color_at(place / 2, place % 2)) {
                *sum += level;
                *count += 1.0;
            }
        }
        // The first place's, where a colour is not among them.
        levels.map(|(sum, count)| whole_number(if count > 0.0 { sum / count } else { places[0] }))
    };
    let (black, white) =
        (levels(image.blacklevel.as_bayer_array()), levels(image.whitelevel.as_bayer_array()));
    image.data = RawImageData::Integer(small);
    (image.width, image.height, image.cpp) = (width, height, COLOURS);
    image.blacklevel = BlackLevel::new(&black, 1, 1, COLOURS);
    image.whitelevel = WhiteLevel::new(white);
    image.photometric = RawPhotometricInterpretation::LinearRaw;
    (image.active_area, image.crop_area) = (None, None);
    Some(image)
}

/// The nearest; levels are numbers of at most 16 bits.
fn whole_number(level: f32) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 65,535")]
    let number = level.round().clamp(0.0, f32::from(u16::MAX)) as u32;
    number
}

#[cfg(test)]
mod tests {
    use rawler::{CFA, decoders::Camera, imgop::Dim2, rawimage::CFAConfig};

    use super::*;

    /// Of twelve by twelve pixels: red is 100, green 200, blue 300.
    fn plain(pattern: &str) -> RawImage {
        let (camera, mosaic) = (Camera::default(), CFA::new(pattern));
        let value = |place: usize| [100, 200, 300][mosaic.color_at(place / 12, place % 12)];
        let sensor = RawImageData::Integer((0..144).map(value).collect());
        let photometric = RawPhotometricInterpretation::Cfa(CFAConfig::new(&mosaic, &camera.plane_color));
        let black = BlackLevel::new(&[10_u32, 20, 30, 40], 2, 2, 1);
        let white = WhiteLevel::new(vec![1000]);
        RawImage::new_with_data(
            camera,
            sensor,
            12,
            12,
            1,
            [1.0; 4],
            photometric,
            Some(black),
            Some(white),
            false,
        )
    }

    #[test]
    fn each_colour_is_averaged_by_itself_wherever_the_picture_begins() {
        let xtrans = "GGRGGBGGBGGRBRGRBGGGBGGRGGRGGBRBGBRG";
        for (pattern, least, side) in [("RGGB", 2, 2), ("GBRG", 2, 4), (xtrans, 3, 3)] {
            let mut image = plain(pattern);
            assert_eq!(unit(&image), Some(least), "{pattern}");
            image.crop_area = Some(Rect::new(Point::new(1, 2), Dim2::new(10, 9)));
            let small = binned(image, side).unwrap();
            let (width, height) = (10 / side as usize, 9 / side as usize);
            assert_eq!((small.width, small.height, small.cpp), (width, height, 3));
            let RawImageData::Integer(pixels) = &small.data else { panic!("{:?}", small.data) };
            assert_eq!(*pixels, [100, 200, 300].repeat(width * height), "{pattern}");
            assert_eq!(small.whitelevel.0, [1000; 3]);
        }
        assert_eq!(binned(plain("RGGB"), 2).unwrap().blacklevel.as_vec(), [10.0, 25.0, 40.0]);
    }
}
