//! Faces that somebody marked in a picture.

use async_graphql::SimpleObject;
use domain::metadata;

/// A face that a person or a program marked in the picture, before it came here.
#[derive(Debug, Clone, SimpleObject)]
pub struct FaceRegion {
    /// Whose, if it was given a name.
    pub name: Option<String>,
    /// Where; null if the picture has been cropped or turned since.
    pub area: Option<FaceArea>,
}

/// A part of the upright picture, by its centre and size; 1 is its whole width or height.
#[derive(Debug, Clone, SimpleObject)]
pub struct FaceArea {
    /// Centre from the left.
    pub x: f32,
    /// Centre from the top.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

impl From<metadata::FaceRegion> for FaceRegion {
    fn from(face: metadata::FaceRegion) -> Self {
        Self { name: face.name, area: face.area.map(FaceArea::from) }
    }
}

impl From<metadata::Area> for FaceArea {
    fn from(area: metadata::Area) -> Self {
        let metadata::Area { x, y, width, height } = area;
        Self { x, y, width, height }
    }
}
