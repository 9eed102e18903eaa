//! Which part of the world a panorama shows.

use async_graphql::SimpleObject;
use domain::metadata;

/// What a panorama says of itself, so that a viewer can lay it around who looks at it.
#[derive(Debug, Clone, SimpleObject)]
pub struct Panorama {
    /// Which part of the whole the picture is; null if it does not say: then it is the whole.
    pub crop: Option<PanoramaCrop>,
    /// How the camera was held.
    pub pose: Option<PanoramaPose>,
    /// What is looked at first.
    pub view: Option<PanoramaView>,
}

/// The part of the whole panorama that a picture is, in pixels of the time when it was put together: a picture that was
/// made smaller since is still `width` × `height` of these.
#[derive(Debug, Clone, SimpleObject)]
pub struct PanoramaCrop {
    /// Width of the whole.
    pub full_width: u32,
    /// Height of the whole.
    pub full_height: u32,
    /// Width of the picture.
    pub width: u32,
    /// Height of the picture.
    pub height: u32,
    /// From the left of the whole to the picture.
    pub left: u32,
    /// From the top of the whole to the picture.
    pub top: u32,
}

/// How the camera was held, at the centre of the whole panorama; degrees.
#[derive(Debug, Clone, SimpleObject)]
pub struct PanoramaPose {
    /// Clockwise from north, 0 to 360.
    pub heading: Option<f64>,
    /// Up, −90 to 90.
    pub pitch: Option<f64>,
    /// Clockwise, −180 to 180.
    pub roll: Option<f64>,
}

/// What is looked at first; degrees.
#[derive(Debug, Clone, SimpleObject)]
pub struct PanoramaView {
    /// Clockwise from north, 0 to 360.
    pub heading: Option<f64>,
    /// Up, −90 to 90.
    pub pitch: Option<f64>,
    /// Horizontal field of view.
    pub fov: Option<f64>,
}

impl From<metadata::Panorama> for Panorama {
    fn from(panorama: metadata::Panorama) -> Self {
        Self {
            crop: panorama.crop.map(|crop| PanoramaCrop {
                full_width: crop.full_width,
                full_height: crop.full_height,
                width: crop.width,
                height: crop.height,
                left: crop.left,
                top: crop.top,
            }),
            pose: panorama.pose.map(|pose| PanoramaPose {
                heading: pose.heading,
                pitch: pose.pitch,
                roll: pose.roll,
            }),
            view: panorama.view.map(|view| PanoramaView {
                heading: view.heading,
                pitch: view.pitch,
                fov: view.fov,
            }),
        }
    }
}
