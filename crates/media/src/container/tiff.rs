//! TIFF: its directory is EXIF's, so that the reader of EXIF finds the rest.

mod small;

use super::{Parts, WHOLE};
use crate::{MediaError, source::Source};

pub(super) fn read(source: &Source, parts: &mut Parts) -> Result<(), MediaError> {
    let wide = matches!(source.head().get(2..4), Some([0x2B, 0] | [0, 0x2B]));
    parts.exif = Some(if wide || source.length() > WHOLE {
        small::of(&mut source.reader())?
    } else {
        source.all(WHOLE)?
    });
    Ok(())
}
