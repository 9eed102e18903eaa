//! Who is where in the picture, as the Metadata Working Group writes it ("Guidelines for Handling Image Metadata 2.0",
//! image regions).

use domain::metadata::{Area, FaceRegion, Metadata};

use super::rational;
use super::tree::{Fields, Space};
use crate::meta::text;

/// A crowd.
const MOST: usize = 1_000;
/// No picture has a longer side, in pixels.
const LONGEST: f64 = 1_000_000.0;

/// As they are marked: in the picture as it lies in the file.
pub(super) fn apply(fields: &Fields, metadata: &mut Metadata) {
    let Some(regions) = fields.within(Space::Regions, "Regions") else { return };
    let size = regions.within(Space::Regions, "AppliedToDimensions").and_then(size);
    let listed =
        regions.items(Space::Regions, "RegionList").filter_map(|region| face(region.fields()?, size));
    metadata.faces.extend(listed.take(MOST));
    metadata.faces_size = size;
}

/// Of the picture when they were marked. The unit does not matter: what counts is its shape.
fn size(applied: &Fields) -> Option<(u32, u32)> {
    let side = |name| {
        let side = applied.text(Space::Dimensions, name).and_then(rational)?.round();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole, and checked")]
        (1.0..=LONGEST).contains(&side).then_some(side as u32)
    };
    side("w").zip(side("h"))
}

/// Regions of pets, focus points and bar codes are none. Their places are parts of the picture's sides, but some programs
/// count pixels.
fn face(region: &Fields, size: Option<(u32, u32)>) -> Option<FaceRegion> {
    let kind = region.text(Space::Regions, "Type").unwrap_or("Face");
    let area = region.within(Space::Regions, "Area")?;
    let in_pixels = area.text(Space::Area, "unit").is_some_and(|unit| unit.eq_ignore_ascii_case("pixel"));
    let (across, down) = if in_pixels { size? } else { (1, 1) };
    let number = |name| area.text(Space::Area, name)?.trim().parse::<f32>().ok();
    let part = |name, whole: u32| {
        number(name).map(|value| value / whole as f32).filter(|value| (0.0..=1.0).contains(value))
    };
    let (x, y) = (part("x", across)?, part("y", down)?);
    let (width, height) = (part("w", across)?, part("h", down)?);
    let name = region.text(Space::Regions, "Name").and_then(|name| text::clean(name, text::LINE));
    let real = kind.eq_ignore_ascii_case("face") && width > 0.0 && height > 0.0;
    real.then_some(FaceRegion { name, area: Some(Area { x, y, width, height }) })
}
