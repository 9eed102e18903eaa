//! Faces that somebody marked in a picture, and where they are once it has been turned upright.

use serde::{Deserialize, Serialize};

use super::Metadata;

/// A face that somebody marked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FaceRegion {
    /// Whose, if it was given a name.
    pub name: Option<String>,
    /// Where; none if the picture has been cropped or turned since.
    pub area: Option<Area>,
}

/// A part of a picture, by its centre and size.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Area {
    /// Centre from the left, 0 to 1.
    pub x: f32,
    /// Centre from the top, 0 to 1.
    pub y: f32,
    /// Width, 0 to 1.
    pub width: f32,
    /// Height, 0 to 1.
    pub height: f32,
}

impl Area {
    /// Where it is in the picture that is turned by an EXIF orientation.
    #[must_use]
    pub fn turned(self, orientation: u8) -> Self {
        let Self { x, y, width, height } = self;
        let (x, y) = match orientation {
            2 => (1.0 - x, y),
            3 => (1.0 - x, 1.0 - y),
            4 => (x, 1.0 - y),
            5 => (y, x),
            6 => (1.0 - y, x),
            7 => (1.0 - y, 1.0 - x),
            8 => (y, 1.0 - x),
            _ => (x, y),
        };
        let (width, height) = if is_sideways(orientation) { (height, width) } else { (width, height) };
        Self { x, y, width, height }
    }

    /// Where it is in the picture as it lies in the file, which an EXIF orientation turns upright.
    #[must_use]
    pub fn lying(self, orientation: u8) -> Self {
        // All others undo themselves.
        self.turned(match orientation {
            6 => 8,
            8 => 6,
            same => same,
        })
    }
}

impl Metadata {
    /// Faces as they are marked in the picture that lies in the file, turned as this picture is. `marked` is the size
    /// that it had then ("AppliedToDimensions").
    ///
    /// The Metadata Working Group counts in the picture before its orientation, and so do programs that note the size
    /// of the upright one (Lightroom). Only in HEIF, where the container turns the picture, the size tells which one
    /// was meant. A size that fits neither is that of a picture that was cropped or turned since.
    #[must_use]
    pub fn upright(&self, faces: Vec<FaceRegion>, marked: Option<(u32, u32)>) -> Vec<FaceRegion> {
        let turn = self.turn_of(marked);
        let place = |face: FaceRegion| {
            let area = face.area.zip(turn).map(|(area, orientation)| area.turned(orientation));
            FaceRegion { area, ..face }
        };
        faces.into_iter().map(place).collect()
    }

    fn turn_of(&self, marked: Option<(u32, u32)>) -> Option<u8> {
        let orientation = self.exif_orientation;
        let (Some(marked), Some(upright)) = (marked, self.width.zip(self.height)) else {
            return Some(orientation);
        };
        let lying = if is_sideways(orientation) { (upright.1, upright.0) } else { upright };
        let by_container = self.orientation != orientation;
        match (alike(marked, lying), alike(marked, upright)) {
            (true, _) => Some(orientation),
            (false, true) => Some(if by_container { 1 } else { orientation }),
            (false, false) => None,
        }
    }
}

/// Whether an EXIF orientation swaps width and height.
pub(crate) fn is_sideways(orientation: u8) -> bool {
    (5..=8).contains(&orientation)
}

/// Whether one picture may be the other, made smaller: to the pixel, or a hundredth.
fn alike(a: (u32, u32), b: (u32, u32)) -> bool {
    let ((width, height), large) = if a.0 <= b.0 { (a, b) } else { (b, a) };
    if large.0 == 0 {
        return false;
    }
    let expected = f64::from(width) * f64::from(large.1) / f64::from(large.0);
    let off = (expected - f64::from(height)).abs();
    off <= 1.0_f64.max(f64::from(height) / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata::Format;

    /// The left eye of somebody: small, wide, near the upper left corner of an upright picture of 300 × 200.
    const UPRIGHT: Area = Area { x: 0.1, y: 0.2, width: 0.03, height: 0.04 };

    /// Where it lies in the file, by hand from the table of EXIF 2.32, 4.6.4: which side of the upright picture its
    /// first row and its first column are.
    const LYING: [Area; 8] = [
        UPRIGHT,
        Area { x: 0.9, y: 0.2, width: 0.03, height: 0.04 },
        Area { x: 0.9, y: 0.8, width: 0.03, height: 0.04 },
        Area { x: 0.1, y: 0.8, width: 0.03, height: 0.04 },
        Area { x: 0.2, y: 0.1, width: 0.04, height: 0.03 },
        Area { x: 0.2, y: 0.9, width: 0.04, height: 0.03 },
        Area { x: 0.8, y: 0.9, width: 0.04, height: 0.03 },
        Area { x: 0.8, y: 0.1, width: 0.04, height: 0.03 },
    ];

    fn near(found: Option<Area>, expected: Area) -> bool {
        let parts = |area: Area| [area.x, area.y, area.width, area.height];
        found.is_some_and(|found| parts(found).iter().zip(parts(expected)).all(|(a, b)| (a - b).abs() < 1e-6))
    }

    fn picture(orientation: u8, exif_orientation: u8) -> Metadata {
        Metadata {
            width: Some(300),
            height: Some(200),
            orientation,
            exif_orientation,
            ..Metadata::silent(Format::Jpeg)
        }
    }

    fn placed(picture: &Metadata, area: Area, marked: Option<(u32, u32)>) -> Option<Area> {
        let face = FaceRegion { name: Some("Ana".into()), area: Some(area) };
        let faces = picture.upright(vec![face], marked);
        assert_eq!((faces.len(), faces[0].name.as_deref()), (1, Some("Ana")));
        faces[0].area
    }

    #[test]
    fn faces_stand_where_the_picture_is_turned_to() {
        for (orientation, lying) in (1..=8).zip(LYING) {
            assert!(near(Some(UPRIGHT.lying(orientation)), lying), "{orientation}");
            let size = if orientation >= 5 { (200, 300) } else { (300, 200) };
            // As it lies, made smaller, as Lightroom notes it, and not told.
            for marked in [Some(size), Some((size.0 / 3, size.1 / 3)), Some((size.1, size.0)), None] {
                if marked == Some((200, 300)) && orientation < 5 {
                    continue;
                }
                let found = placed(&picture(orientation, orientation), lying, marked);
                assert!(near(found, UPRIGHT), "{orientation} {marked:?}: {found:?}");
            }
        }
    }

    #[test]
    fn a_picture_that_was_cropped_or_turned_since_has_names_without_places() {
        assert_eq!(placed(&picture(1, 1), UPRIGHT, Some((200, 300))), None);
        assert_eq!(placed(&picture(6, 6), UPRIGHT, Some((300, 300))), None);
        // 12 × 9 and 14 × 10 are one picture, rounded.
        let small = Metadata { width: Some(14), height: Some(10), ..picture(1, 1) };
        assert!(placed(&small, UPRIGHT, Some((12, 9))).is_some());
    }

    #[test]
    fn what_the_container_turns_is_marked_before_or_after_as_the_size_tells() {
        let turned = picture(1, 6);
        assert!(near(placed(&turned, LYING[5], Some((200, 300))), UPRIGHT));
        assert!(near(placed(&turned, UPRIGHT, Some((300, 200))), UPRIGHT));
        // Phones that were held upside down.
        assert!(near(placed(&picture(1, 3), LYING[2], Some((300, 200))), UPRIGHT));
    }
}
