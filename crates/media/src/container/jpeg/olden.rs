//! What cameras older than EXIF say in segments of their own, said again as EXIF: Canon's CIFF, and the lines of text of
//! Olympus and Agfa (exiftool.org/TagNames/APP12.html).

use crate::container::{
    ciff,
    said::{self, Said},
};

/// What a segment with Canon's structure for JPEGs begins with.
const CIFF: &[u8] = b"II\x1A\0\0\0HEAPJPGM";
/// What stands before the lines about the picture.
const LINES: &[u8] = b"[picture info]";

/// Canon's, in APP0.
pub(super) fn canon(packet: &[u8]) -> Option<Vec<u8>> {
    if packet.starts_with(CIFF) { ciff::exif(packet) } else { None }
}

/// Lines of `name=value`, in APP12: seconds since 1970 by the camera's clock, millionths of a second, and `F2.8`.
pub(super) fn lines(packet: &[u8]) -> Option<Vec<u8>> {
    let start = packet.windows(LINES.len()).position(|bytes| bytes == LINES)?;
    let text = String::from_utf8_lossy(&packet[start..]);
    let value = |name: &str| {
        let mut pairs = text.lines().filter_map(|line| line.split_once('='));
        pairs.find(|(found, _)| found.trim() == name).map(|(_, value)| value.trim())
    };
    let mut said = Said::default();
    if let Some(seconds) = value("TimeDate").and_then(|seconds| seconds.parse().ok()) {
        said.taken(seconds);
    }
    if let Some(millionths) = value("Shutter").and_then(|millionths| millionths.parse::<f64>().ok()) {
        said.number(said::EXPOSURE_TIME, millionths / 1e6);
    }
    let aperture = value("FNumber").map(|aperture| aperture.trim_start_matches(['F', 'f']));
    if let Some(aperture) = aperture.and_then(|aperture| aperture.parse().ok()) {
        said.number(said::F_NUMBER, aperture);
    }
    said.into_tiff()
}

#[cfg(test)]
mod tests {
    use domain::metadata::{Format, Metadata};

    use crate::{container::tests::parts, meta};

    fn read(marker: u8, packet: &[u8]) -> Metadata {
        let length = u16::try_from(packet.len() + 2).unwrap().to_be_bytes();
        let frame = b"\xFF\xC0\0\x0B\x08\0\x10\0\x20\x01\x01\x11\0\xFF\xD9";
        let jpeg = [b"\xFF\xD8\xFF".as_slice(), &[marker], &length, packet, frame].concat();
        meta::assemble(Format::Jpeg, parts(Format::Jpeg, &jpeg))
    }

    fn taken(metadata: &Metadata) -> Vec<String> {
        metadata.times.iter().map(|time| time.local.to_string()).collect()
    }

    /// The beginning of what an Olympus D-320L writes, and what `exiftool` reads of it.
    #[test]
    fn lines_of_olympus_are_read() {
        let packet =
            b"OLYMPUS OPTICAL CO.,LTD.   \0 713\r\n[picture info]\r\nTimeDate=909698819\r\nShutter=33363\r\n\
                       Flash=1\r\nFNumber=F2.8\r\n[camera info]\r\nType=SR55\r\n";
        let metadata = read(0xEC, packet);
        assert_eq!(taken(&metadata), ["1998-10-29 22:06:59"]);
        assert_eq!((metadata.camera.exposure_s, metadata.camera.f_number), (Some(0.033_363), Some(2.8)));
        let nothing = read(0xEC, b"[picture info]\r\nTimeDate=-1\r\nShutter=NaN\r\nFNumber=F\r\n=");
        assert_eq!((taken(&nothing).len(), nothing.camera.f_number, nothing.notes.len()), (0, None, 0));
        assert!(taken(&read(0xEC, b"Ducky\0TimeDate=909698819")).is_empty());
    }

    /// One heap with names, a date, a focal length, and where they are.
    #[test]
    fn structures_of_canon_are_read() {
        let head = b"II\x1A\0\0\0HEAPJPGM\0\0\x01\0\0\0\0\0\0\0\0\0";
        let values = b"Canon\0PowerShot A5\0\x1A\x08\xFA\x39\x01\0\x05\0";
        let entry = |tag: u16, length: u32, at: u32| {
            [&tag.to_le_bytes()[..], &length.to_le_bytes(), &at.to_le_bytes()].concat()
        };
        let entries = [entry(0x080A, 19, 0), entry(0x180E, 4, 19), entry(0x1029, 4, 23)].concat();
        let end = u32::try_from(values.len()).unwrap().to_le_bytes();
        let metadata = read(0xE0, &[&head[..], values, &[3, 0], &entries, &end].concat());
        let camera = &metadata.camera;
        assert_eq!((camera.make.as_deref(), camera.model.as_deref()), (Some("Canon"), Some("PowerShot A5")));
        assert_eq!((taken(&metadata), camera.focal_mm), (vec!["2000-10-27 22:56:26".to_owned()], Some(5.0)));
        assert!(read(0xE0, &[&head[..], b"\xFF\xFF\xFF\xFF"].concat()).times.is_empty());
    }
}
