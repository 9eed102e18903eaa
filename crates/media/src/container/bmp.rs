//! Windows bitmaps say their size at once.

use super::{Parts, bytes};
use crate::{MediaError, source::Source};

pub(super) fn read(source: &Source, parts: &mut Parts) -> Result<(), MediaError> {
    let head = source.head();
    let size = match bytes::le32(head, 14) {
        // OS/2's first.
        Some(12) => bytes::le16(head, 18).zip(bytes::le16(head, 20)).map(|(w, h)| (w.into(), h.into())),
        // A negative height means that the first row is the upper one.
        _ => {
            bytes::le32(head, 18).zip(bytes::le32(head, 22)).map(|(w, h)| (w, h.cast_signed().unsigned_abs()))
        }
    };
    if let Some((width, height)) = size {
        parts.size(width, height);
    }
    Ok(())
}
