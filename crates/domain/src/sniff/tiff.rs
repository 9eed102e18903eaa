//! TIFF, and the many camera raws that are TIFF on the outside.

use crate::metadata::Format;

const NEW_SUBFILE_TYPE: u16 = 0x00FE;
const COMPRESSION: u16 = 0x0103;
const PHOTOMETRIC: u16 = 0x0106;
const MAKE: u16 = 0x010F;
const SUB_IFDS: u16 = 0x014A;
const DNG_VERSION: u16 = 0xC612;
const CFA: u16 = 32803;
const LINEAR_RAW: u16 = 34892;
/// Sony, Nikon, Samsung, Pentax, Kodak.
const RAW_COMPRESSIONS: [u16; 6] = [32767, 34713, 32770, 65535, 65000, 65024];

pub(super) fn sniff(head: &[u8]) -> Option<Format> {
    match head.get(..4)? {
        b"II\x2A\x00" | b"MM\x00\x2A" => {}
        // BigTIFF
        b"II\x2B\x00" | b"MM\x00\x2B" => return Some(Format::Tiff),
        _ => return None,
    }
    let canon = head.get(8..10) == Some(b"CR");
    // Phase One and Leaf: their own numbers begin where others have their first directory.
    let phase_one = matches!((&head[..2], head.get(8..12)), (b"II", Some(b"IIII")) | (b"MM", Some(b"MMMM")));
    let directory = directory(head).and_then(|at| head.get(usize::try_from(at).ok()?..));
    let raw =
        canon || phase_one || directory.is_some_and(|directory| is_raw(directory, head.starts_with(b"II")));
    Some(if raw { Format::Raw } else { Format::Tiff })
}

/// Where the first directory lies: mostly near the beginning, but some raws have it at their end.
pub fn directory(head: &[u8]) -> Option<u64> {
    Bytes { head, little: head.starts_with(b"II") }.u32(4).map(u64::from)
}

/// Does a directory describe a raw?
pub fn is_raw(directory: &[u8], little: bool) -> bool {
    scan(&Bytes { head: directory, little }).unwrap_or(false)
}

fn scan(bytes: &Bytes<'_>) -> Option<bool> {
    let count = usize::from(bytes.u16(0)?).min(200);
    let (mut thumbnail, mut make, mut more) = (false, false, false);
    for entry in 0..count {
        let at = 2 + 12 * entry;
        let Some(tag) = bytes.u16(at) else { break };
        // Short values lie in the first two bytes, whatever the byte order.
        let value = bytes.u16(at + 8)?;
        match tag {
            DNG_VERSION => return Some(true),
            PHOTOMETRIC if value == CFA || value == LINEAR_RAW => return Some(true),
            COMPRESSION if RAW_COMPRESSIONS.contains(&value) => return Some(true),
            NEW_SUBFILE_TYPE => thumbnail = bytes.u32(at + 8)? == 1,
            MAKE => make = true,
            SUB_IFDS => more = true,
            _ => {}
        }
    }
    // A camera's name, and the first picture is only a small one of another: NEF, ARW, SRW …
    Some(thumbnail && make && more)
}

struct Bytes<'a> {
    head: &'a [u8],
    little: bool,
}

impl Bytes<'_> {
    fn u16(&self, at: usize) -> Option<u16> {
        let bytes = self.head.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    }

    fn u32(&self, at: usize) -> Option<u32> {
        let bytes = self.head.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if self.little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }
}
