//! How a track's pictures are packed: what each codec's record in the header says of it.

use h264_reader::nal::{
    Nal, RefNal,
    sps::{ChromaFormat, FrameMbsFlags, SeqParameterSet, VideoSignalType},
};

use super::track::Track;
use crate::container::{
    boxes::{self, Walk},
    bytes,
};

/// What comes before the boxes in a description of pictures, in bytes.
const FIXED: usize = 78;

/// What a description says.
pub(super) struct Pictures {
    /// libav's name of the codec.
    pub codec: &'static str,
    /// libav's name of how a pixel is stored.
    pub pixels: String,
    /// PQ or HLG.
    pub hdr: bool,
}

/// What the container says of colours: transfer characteristic, and whether all values of a byte are used.
#[derive(Clone, Copy)]
struct Colours {
    transfer: u16,
    full: bool,
}

/// Reads the description of pictures that come whole, not in fields; none if it doesn't say all.
pub(super) fn of(walk: &mut Walk<'_>, track: &Track) -> Option<Pictures> {
    let boxes = track.only_description()?.get(FIXED..)?;
    if boxes::inside(boxes, b"fiel").is_some_and(|fields| fields.first() != Some(&1)) {
        return None;
    }
    let colours = boxes::inside(boxes, b"colr").and_then(colours);
    match &track.kind {
        b"avc1" => h264(boxes::inside(boxes, b"avcC")?, colours),
        b"hvc1" | b"hev1" => hevc(boxes::inside(boxes, b"hvcC")?, colours?),
        b"vp09" => {
            let (at, length) = *track.samples(walk, 1).ok()?.first()?;
            vp9(&walk.some(at..at.checked_add(length)?, 16).ok()?, boxes::inside(boxes, b"vpcC")?)
        }
        b"av01" => av1(boxes::inside(boxes, b"av1C")?, colours?),
        _ => None,
    }
}

/// ISO/IEC 14496-12, 12.1.5, and QuickTime's older kind, which says less.
fn colours(colr: &[u8]) -> Option<Colours> {
    let transfer = bytes::be16(colr, 6)?;
    match colr.first_chunk()? {
        b"nclx" => Some(Colours { transfer, full: colr.get(10)? & 0x80 != 0 }),
        b"nclc" => Some(Colours { transfer, full: false }),
        _ => None,
    }
}

/// ISO/IEC 14496-15, 5.3.3: after six bytes the one parameter set, with its length before it.
fn h264(record: &[u8], colours: Option<Colours>) -> Option<Pictures> {
    let one = record.get(5).is_some_and(|count| count & 0x1F == 1);
    let length = usize::from(bytes::be16(record, 6).filter(|length| one && *length > 0)?);
    let set = RefNal::new(record.get(8..8 + length)?, &[], true);
    let set = SeqParameterSet::from_bits(set.rbsp_bits()).ok()?;
    if set.frame_mbs_flags != FrameMbsFlags::Frames {
        return None;
    }
    let signal = set.vui_parameters.as_ref().and_then(|vui| vui.video_signal_type.as_ref());
    let said =
        |signal: &VideoSignalType| Some(signal.colour_description.as_ref()?.transfer_characteristics.into());
    let transfer = signal.and_then(said).or(colours.map(|colours| colours.transfer));
    let full = signal.is_some_and(|signal| signal.video_full_range_flag);
    let chroma = &set.chroma_info;
    let sampling = match chroma.chroma_format {
        ChromaFormat::YUV420 => "420",
        ChromaFormat::YUV422 => "422",
        _ => return None,
    };
    let depths = [chroma.bit_depth_luma_minus8, chroma.bit_depth_chroma_minus8];
    pictures("h264", sampling, depths, full, transfer)
}

/// ISO/IEC 14496-15, 8.3.3.
fn hevc(record: &[u8], colours: Colours) -> Option<Pictures> {
    let [chroma, luma_depth, chroma_depth] = *record.get(16..)?.first_chunk::<3>()?;
    let sampling = match chroma & 3 {
        1 => "420",
        2 => "422",
        _ => return None,
    };
    pictures("hevc", sampling, [luma_depth & 7, chroma_depth & 7], colours.full, Some(colours.transfer))
}

/// "VP9 Bitstream & Decoding Process Specification" 0.7, 6.2: the header of the first picture, because records have been
/// seen to say otherwise; the transfer characteristic stands in the record alone ("VP Codec ISO Media File Format
/// Binding" 1.0). libav has no name of its own for VP9's full range, nor for AV1's.
fn vp9(picture: &[u8], record: &[u8]) -> Option<Pictures> {
    let [first, 0x49, 0x83, 0x42, colours, ..] = *picture else { return None };
    // A marker of two bits, and a new picture that stands for itself.
    if first & 0xCC != 0x80 {
        return None;
    }
    let profile = (first >> 5 & 1) | (first >> 3 & 2);
    let (sampling, depth, space) = match (profile, colours) {
        (0, _) => ("420", 0, colours >> 5),
        (1, _) if colours & 0x0C == 0x08 => ("422", 0, colours >> 5),
        (2, 0..0x80) => ("420", 2, colours >> 4 & 7),
        _ => return None,
    };
    // Seven is red, green and blue.
    let transfer = record.get(8).map(|transfer| u16::from(*transfer));
    if space == 7 { None } else { pictures("vp9", sampling, [depth; 2], false, transfer) }
}

/// "AV1 Codec ISO Media File Format Binding" 1.3.0, 2.3.3.
fn av1(record: &[u8], colours: Colours) -> Option<Pictures> {
    let packed = record.get(2)?;
    let depth = match packed >> 5 & 3 {
        0 => 0,
        2 => 2,
        _ => return None,
    };
    let sampling = if packed >> 2 & 7 == 3 { "420" } else { return None };
    pictures("av1", sampling, [depth; 2], false, Some(colours.transfer))
}

/// The names; depths are bits beyond eight, PQ and HLG have their numbers from ITU-T H.273, table 3.
fn pictures(
    codec: &'static str,
    sampling: &str,
    depths: [u8; 2],
    full: bool,
    transfer: Option<u16>,
) -> Option<Pictures> {
    let pixels = match (depths, full) {
        ([0, 0], false) => format!("yuv{sampling}p"),
        ([0, 0], true) => format!("yuvj{sampling}p"),
        ([2, 2], _) => format!("yuv{sampling}p10le"),
        _ => return None,
    };
    Some(Pictures { codec, pixels, hdr: matches!(transfer, Some(16 | 18)) })
}
