//! The family of ISO base media files: films, HEIF, AVIF and Canon's raw, told by their brands.

use crate::metadata::Format;

pub(super) fn sniff(head: &[u8]) -> Option<Format> {
    let length = u32::from_be_bytes(head.get(..4)?.try_into().ok()?);
    match head.get(4..8)? {
        b"ftyp" => Some(by_brands(head, usize::try_from(length).ok()?)),
        // QuickTime files older than ftyp.
        b"moov" | b"mdat" | b"wide" | b"pnot" if length == 1 || length >= 8 => Some(Format::Mp4),
        // A hole at the beginning; text has no zero byte where its length stands.
        b"free" | b"skip" if (8..1 << 24).contains(&length) => Some(Format::Mp4),
        _ => None,
    }
}

fn by_brands(head: &[u8], length: usize) -> Format {
    let Some(major) = head.get(8..12) else { return Format::Unknown };
    if let Some(format) = brand(major) {
        return format;
    }
    let compatible = head.get(16..length.min(head.len())).unwrap_or_default();
    // "mif1" alone says HEIF but not which codec; a file that also says "avif" is one.
    let told: Vec<Format> = compatible.chunks_exact(4).filter_map(brand).collect();
    let is_heif = matches!(major, b"mif1" | b"msf1" | b"mif2" | b"miaf" | b"heif")
        || compatible.chunks_exact(4).any(|brand| matches!(brand, b"mif1" | b"msf1"));
    match told.iter().find(|format| matches!(format, Format::Avif | Format::Heic)) {
        Some(format) if is_heif => *format,
        None if is_heif => Format::Heic,
        _ => Format::Mp4,
    }
}

/// Brands that settle it.
fn brand(brand: &[u8]) -> Option<Format> {
    match brand {
        b"avif" | b"avis" => Some(Format::Avif),
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"hevm" | b"hevs" => Some(Format::Heic),
        b"crx " => Some(Format::Raw),
        b"jp2 " | b"jpx " | b"jpm " => Some(Format::Jp2),
        b"jxl " => Some(Format::Jxl),
        // Sound.
        b"M4A " | b"M4B " | b"M4P " | b"F4A " | b"F4B " => Some(Format::Unknown),
        _ => None,
    }
}
