//! The first directory points to that of EXIF and that of GPS. Some writers (DJI) give these pointers TIFF's
//! type for directories, where EXIF has plain numbers, and the reader passes over them.

const IFD: u16 = 13;
const LONG: u16 = 4;
const EXIF: u16 = 0x8769;
const GPS: u16 = 0x8825;

/// Makes the pointers of the first directory plain numbers, in place.
pub(super) fn plain(bytes: &mut [u8]) {
    // As long as nothing is missing.
    let _ = try_plain(bytes);
}

fn try_plain(bytes: &mut [u8]) -> Option<()> {
    let little = bytes.starts_with(b"II");
    let u16_at = |bytes: &[u8], at: usize| {
        let pair = *bytes.get(at..)?.first_chunk()?;
        Some(if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    };
    let offset = *bytes.get(4..)?.first_chunk()?;
    let start =
        usize::try_from(if little { u32::from_le_bytes(offset) } else { u32::from_be_bytes(offset) }).ok()?;
    for entry in 0..usize::from(u16_at(bytes, start)?) {
        let at = start.checked_add(2 + 12 * entry)?;
        if matches!(u16_at(bytes, at)?, EXIF | GPS) && u16_at(bytes, at + 2)? == IFD {
            let long = if little { LONG.to_le_bytes() } else { LONG.to_be_bytes() };
            bytes.get_mut(at + 2..at + 4)?.copy_from_slice(&long);
        }
    }
    Some(())
}
