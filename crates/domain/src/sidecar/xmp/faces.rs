//! Who is where, as the Metadata Working Group writes it ("Guidelines for Handling Image Metadata 2.0", image regions):
//! in the picture as it lies in the file.

use xmp_writer::{Namespace, RdfCollectionType, XmpWriter};

use super::{custom, printable};
use crate::asset::Asset;
use crate::metadata::{Area, is_sideways};

/// Nothing where it is not known how the picture lies, or the faces have lost their places.
pub(super) fn write(xmp: &mut XmpWriter<'_>, asset: &Asset) {
    let Some(orientation) = asset.exif_orientation else { return };
    let Some((width, height)) = asset.width.zip(asset.height) else { return };
    let places = asset.faces.iter().filter_map(|face| Some((&face.name, face.area?.lying(orientation))));
    let places: Vec<(&Option<String>, Area)> = places.collect();
    if places.is_empty() {
        return;
    }
    let (width, height) = if is_sideways(orientation) { (height, width) } else { (width, height) };
    let mut regions = xmp.element("Regions", working_group()).obj();
    let mut applied = regions.element("AppliedToDimensions", working_group()).obj();
    applied.element("w", Namespace::XmpDimensions).value(width);
    applied.element("h", Namespace::XmpDimensions).value(height);
    applied.element("unit", Namespace::XmpDimensions).value("pixel");
    drop(applied);
    let mut list = regions.element("RegionList", working_group()).array(RdfCollectionType::Bag);
    for (name, Area { x, y, width, height }) in places {
        let mut region = list.element().obj();
        if let Some(name) = name {
            region.element("Name", working_group()).value(printable(name).as_str());
        }
        region.element("Type", working_group()).value("Face");
        let mut place = region.element("Area", working_group()).obj();
        for (side, part) in [("x", x), ("y", y), ("w", width), ("h", height)] {
            place.element(side, area()).value(part);
        }
        place.element("unit", area()).value("normalized");
    }
}

fn working_group() -> Namespace<'static> {
    custom("mwg-rs", "http://www.metadataworkinggroup.com/schemas/regions/")
}

fn area() -> Namespace<'static> {
    custom("stArea", "http://ns.adobe.com/xmp/sType/Area#")
}
