//! Sigma's raws (X3F): sections, listed at the end. All but the first cameras put a JPEG with EXIF in; the first have
//! properties of their own.
//!
//! Format: as exiftool's documentation has it (exiftool.org/TagNames/SigmaRaw.html).

use super::{
    bytes::{self, le32},
    jpeg,
    said::{self, Said},
};
use crate::{MediaError, source::Source};

/// Sections that are looked at; there are about five.
const SECTIONS: u32 = 100;
/// The longest list of properties, in bytes.
const PROPERTIES: u32 = 1 << 20;

/// What a file says, as EXIF.
pub(super) fn exif(source: &Source) -> Result<Option<Vec<u8>>, MediaError> {
    let last = source.piece(source.length().saturating_sub(4), 4)?;
    let list = u64::from(le32(&last, 0).unwrap_or(0));
    let head = source.piece(list, 12)?;
    if !head.starts_with(b"SECd") {
        return Err(MediaError::Broken("the list of its parts is missing".into()));
    }
    let count = le32(&head, 8).unwrap_or(0).min(SECTIONS);
    let sections = source.piece(list + 12, 12 * u64::from(count))?;
    let mut said = Said::default();
    // Newer ones have another header, and a JPEG.
    let old = le32(source.head(), 4).is_some_and(|version| version >> 16 < 4);
    if let (true, Some(degrees)) = (old, le32(source.head(), 36)) {
        said.turned(degrees.cast_signed());
    }
    for section in sections.as_chunks::<12>().0 {
        let (Some(offset), Some(length)) = (le32(section, 0), le32(section, 4)) else { continue };
        match &section[8..] {
            b"IMA2" | b"IMAG" => {
                if let Some(exif) = of_picture(source, offset.into())? {
                    return Ok(Some(exif));
                }
            }
            b"PROP" => {
                let properties = source.piece(offset.into(), length.min(PROPERTIES).into())?;
                properties_of(&properties, &mut said);
            }
            _ => {}
        }
    }
    Ok(said.into_tiff())
}

/// The EXIF data of a picture, if it is a JPEG that has some.
fn of_picture(source: &Source, offset: u64) -> Result<Option<Vec<u8>>, MediaError> {
    const HEAD: u64 = 28;
    let head = source.piece(offset, HEAD)?;
    if !head.starts_with(b"SECi") || (le32(&head, 8), le32(&head, 12)) != (Some(2), Some(18)) {
        return Ok(None);
    }
    let mut reader = source.reader();
    bytes::skip(&mut reader, offset + HEAD)?;
    Ok(jpeg::Header::read(&mut reader)?.exif)
}

/// Names and values, all of them texts.
fn properties_of(section: &[u8], said: &mut Said) {
    let count = section.starts_with(b"SECp").then(|| le32(section, 8)).flatten().unwrap_or(0).min(1000);
    let places = section.get(24..).unwrap_or_default().as_chunks::<8>().0;
    let texts = section.get(24 + 8 * count as usize..).unwrap_or_default();
    for place in places.iter().take(count as usize) {
        let (Some(name), Some(value)) = (text(texts, le32(place, 0)), text(texts, le32(place, 4))) else {
            continue;
        };
        let number = || value.trim().parse().unwrap_or(0.0);
        match name.as_str() {
            "CAMMANUF" => said.text(said::MAKE, value.as_bytes()),
            "CAMMODEL" => said.text(said::MODEL, value.as_bytes()),
            "TIME" => said.taken(value.trim().parse().unwrap_or(0)),
            "ISO" => said.whole(said::ISO, value.trim().parse().unwrap_or(0)),
            "APERTURE" => said.number(said::F_NUMBER, number()),
            "SHUTTER" => said.number(said::EXPOSURE_TIME, number()),
            "FLENGTH" => said.number(said::FOCAL_LENGTH, number()),
            "FLEQ35MM" => said.number(said::FOCAL_LENGTH_35MM, number()),
            _ => {}
        }
    }
}

/// UTF-16 up to a zero; the place is counted in its letters.
fn text(texts: &[u8], place: Option<u32>) -> Option<String> {
    let start = usize::try_from(place?).ok()?.checked_mul(2)?;
    let letters: Vec<u16> = texts
        .get(start..)?
        .as_chunks::<2>()
        .0
        .iter()
        .map(|pair| u16::from_le_bytes(*pair))
        .take_while(|letter| *letter != 0)
        .take(256)
        .collect();
    Some(String::from_utf16_lossy(&letters))
}
