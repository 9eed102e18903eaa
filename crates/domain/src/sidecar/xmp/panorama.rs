//! How the world was laid flat, and which part of it shows (Google's "Photo Sphere XMP Metadata").

use xmp_writer::{Namespace, XmpWriter};

use super::{custom, printable};
use crate::asset::Asset;
use crate::metadata::{Crop, Panorama};

pub(super) fn write(xmp: &mut XmpWriter<'_>, asset: &Asset) {
    if let Some(projection) = &asset.projection {
        xmp.element("ProjectionType", google()).value(printable(projection).as_str());
    }
    let Some(Panorama { crop, pose, view }) = asset.panorama else { return };
    if let Some(crop) = crop {
        for (name, pixels) in pixels(&crop) {
            xmp.element(name, google()).value(i64::from(pixels));
        }
    }
    let (pose, view) = (pose.unwrap_or_default(), view.unwrap_or_default());
    for (name, degrees) in [
        ("PoseHeadingDegrees", pose.heading),
        ("PosePitchDegrees", pose.pitch),
        ("PoseRollDegrees", pose.roll),
        ("InitialViewHeadingDegrees", view.heading),
        ("InitialViewPitchDegrees", view.pitch),
        ("InitialHorizontalFOVDegrees", view.fov),
    ] {
        if let Some(degrees) = degrees {
            xmp.element(name, google()).value(degrees);
        }
    }
}

fn pixels(crop: &Crop) -> [(&'static str, u32); 6] {
    [
        ("FullPanoWidthPixels", crop.full_width),
        ("FullPanoHeightPixels", crop.full_height),
        ("CroppedAreaImageWidthPixels", crop.width),
        ("CroppedAreaImageHeightPixels", crop.height),
        ("CroppedAreaLeftPixels", crop.left),
        ("CroppedAreaTopPixels", crop.top),
    ]
}

fn google() -> Namespace<'static> {
    custom("GPano", "http://ns.google.com/photos/1.0/panorama/")
}
