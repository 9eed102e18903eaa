//! What people have said is none: an empty field, for one that is left out is looked up in the file.

use xmp_writer::XmpWriter;

use super::{alone, digikam, exif, lightroom};
use crate::edit::{Edit, EditedPosition};

pub(super) fn write(xmp: &mut XmpWriter<'_>, said: &Edit) {
    let none = |text: &Option<String>| text.as_ref().is_some_and(String::is_empty);
    if none(&said.title) {
        xmp.title(alone(""));
    }
    if none(&said.caption) {
        xmp.description(alone(""));
    }
    if none(&said.creator) {
        xmp.creator([""]);
    }
    if none(&said.copyright) {
        xmp.rights(alone(""));
    }
    if said.keywords.as_ref().is_some_and(Vec::is_empty) {
        xmp.subject([]);
        xmp.element("hierarchicalSubject", lightroom()).unordered_array([""; 0]);
        xmp.element("TagsList", digikam()).ordered_array([""; 0]);
    }
    if said.position == Some(EditedPosition::Nowhere) {
        xmp.element("GPSLatitude", exif()).value("");
        xmp.element("GPSLongitude", exif()).value("");
    }
    if said.rating == Some(0) {
        xmp.rating(0);
    }
}
