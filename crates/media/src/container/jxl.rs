//! JPEG XL, by jxl-oxide, which is given the codestream alone: of the boxes behind it, it has only what it happened to
//! read with the last pixels, and takes that for all of them.

use std::{
    collections::VecDeque,
    error::Error,
    io::{self, BufReader, Read},
    ops::Range,
};

use jxl_oxide::{AllocTracker, JxlImage};

use super::{
    Parts, WHOLE,
    boxes::{Found, Walk},
    jxl_boxes,
};
use crate::{MediaError, source::Source, words};

/// Reads a file without decoding its pixels; the decoder gets no more memory than this.
pub(crate) fn open(source: &Source, memory: u64) -> Result<JxlImage, MediaError> {
    if source.length() > WHOLE {
        return Err(MediaError::too_many_bytes(source.length(), WHOLE));
    }
    let tracker = AllocTracker::with_limit(usize::try_from(memory).unwrap_or(usize::MAX));
    let codestream = BufReader::new(Codestream::of(source)?);
    JxlImage::builder().alloc_tracker(tracker).read(codestream).map_err(to_error)
}

/// For the metadata. The sizes are those of the upright picture: the file says how it is to be turned.
pub(super) fn read(source: &Source, parts: &mut Parts) -> Result<(), MediaError> {
    let image = open(source, 256 << 20)?;
    parts.upright = true;
    parts.size(image.width(), image.height());
    if let Some(animation) = &image.image_header().metadata.animation
        && animation.tps_numerator > 0
    {
        let frames = (0..image.num_loaded_keyframes()).filter_map(|frame| image.frame_header(frame));
        let ticks: u64 = frames.map(|frame| u64::from(frame.duration)).sum();
        let ms = u128::from(ticks) * u128::from(animation.tps_denominator) * 1000
            / u128::from(animation.tps_numerator);
        parts.duration_ms = i64::try_from(ms).ok();
    }
    jxl_boxes::read(source, parts)
}

/// The pieces of the codestream, one after the other.
struct Codestream<'a> {
    source: &'a Source,
    /// What is left of each.
    pieces: VecDeque<Range<u64>>,
}

impl<'a> Codestream<'a> {
    /// What is damaged behind it is not missed; of a file that is cut off, this is what is there.
    fn of(source: &'a Source) -> Result<Self, MediaError> {
        let mut pieces = VecDeque::new();
        let walked = jxl_boxes::each(source, &mut Walk::over(source), |_, found| {
            pieces.extend(piece(&found));
            Ok(())
        });
        match walked {
            Ok(()) | Err(MediaError::Broken(_)) => Ok(Self { source, pieces }),
            Err(error) => Err(error),
        }
    }
}

/// Where a box has a piece of the codestream, if it has one.
fn piece(found: &Found) -> Option<Range<u64>> {
    match &found.kind {
        b"jxlc" => Some(found.inside.clone()),
        // Its number comes first; they stand in their order.
        b"jxlp" => Some(found.inside.start.saturating_add(4)..found.inside.end),
        _ => None,
    }
}

impl Read for Codestream<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.pieces.front().is_some_and(Range::is_empty) {
            self.pieces.pop_front();
        }
        let Some(piece) = self.pieces.front_mut() else { return Ok(0) };
        let bytes = self.source.some(piece.start, (piece.end - piece.start).min(buffer.len() as u64))?;
        buffer[..bytes.len()].copy_from_slice(&bytes);
        piece.start += bytes.len() as u64;
        Ok(bytes.len())
    }
}

/// The library's reasons, in our words.
#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
pub(crate) fn to_error(error: Box<dyn Error + Send + Sync>) -> MediaError {
    let said = error.to_string();
    if said.contains("ut of memory") || said.contains("llocat") {
        return MediaError::no_memory();
    }
    words::error("JPEG XL", &said)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn boxed(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
        let length = u32::try_from(content.len() + 8).unwrap().to_be_bytes();
        [&length, kind.as_slice(), content].concat()
    }

    #[test]
    fn pieces_of_the_codestream_become_one() {
        let begin = [boxed(b"JXL ", b"\r\n\x87\n"), boxed(b"jxlp", b"\0\0\0\0\xFF\x0Ab")].concat();
        let more = |content: &[u8]| boxed(b"jxlp", &[b"\x80\0\0\x01", content].concat());
        let whole = [begin.clone(), boxed(b"Exif", b"-"), more(b"cde"), boxed(b"xml ", b"-")].concat();
        let cut = [begin, more(b"cdefgh")].concat();
        let odd = [whole.as_slice(), b"\0\0\0\x03odd-"].concat();
        for (bytes, expected) in [
            (&whole[..], &b"\xFF\x0Abcde"[..]),
            (&cut[..cut.len() - 3], b"\xFF\x0Abcde"),
            (&odd[..], b"\xFF\x0Abcde"),
            (b"\xFF\x0Abare", b"\xFF\x0Abare"),
        ] {
            let mut file = tempfile::tempfile().unwrap();
            file.write_all(bytes).unwrap();
            let source = Source::open(file.into()).unwrap();
            let mut read = Vec::new();
            Codestream::of(&source).unwrap().read_to_end(&mut read).unwrap();
            assert_eq!(read, expected);
        }
    }
}
