//! Panoramas: which part of the world around a picture shows (Google's "Photo Sphere XMP Metadata").

use serde::{Deserialize, Serialize};

/// What a panorama says of itself, beside its projection.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Panorama {
    /// Which part of the whole it is; none if it does not say, or says what cannot be.
    pub crop: Option<Crop>,
    /// How the camera was held; none if it says nothing of it.
    pub pose: Option<Pose>,
    /// What is looked at first; none if it says nothing of it.
    pub view: Option<View>,
}

/// The part of the whole panorama that a picture is, in pixels of the time when it was put together: a picture that was
/// made smaller since has another size, and the parts stay what they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crop {
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

/// How the camera was held, at the centre of the whole panorama. In degrees.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Pose {
    /// Clockwise from north, 0 to 360.
    pub heading: Option<f64>,
    /// Up, −90 to 90.
    pub pitch: Option<f64>,
    /// Clockwise, −180 to 180.
    pub roll: Option<f64>,
}

/// What is looked at first. In degrees.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct View {
    /// Clockwise from north, 0 to 360, as the heading of the pose.
    pub heading: Option<f64>,
    /// Up, −90 to 90.
    pub pitch: Option<f64>,
    /// Horizontal field of view, over 0 to 360.
    pub fov: Option<f64>,
}

impl Crop {
    /// Whether there is such a part.
    pub fn fits(&self) -> bool {
        let within = |start: u32, length: u32, whole: u32| {
            length > 0 && start.checked_add(length).is_some_and(|end| end <= whole)
        };
        within(self.left, self.width, self.full_width) && within(self.top, self.height, self.full_height)
    }
}

impl Panorama {
    /// Whether it says anything.
    pub fn is_silent(&self) -> bool {
        *self == Self::default()
    }
}
