//! One film that is made: fragmented MP4, written as it comes.

use std::{fs::File, io::Write};

use ffmpeg_next::{
    Dictionary, Error, Packet, Rational, encoder,
    format::{self, context::StreamIo},
};

use super::{LATE_S, PICTURES, SOUND, resume::Place};
use crate::{MediaError, film::to_error};

/// Where the tracks lie in each film that is made.
pub(super) const TRACK_OF_PICTURES: usize = 0;
/// The sound's.
pub(super) const TRACK_OF_SOUND: usize = 1;

/// How the muxer writes: a fragment for each picture that stands for itself, each with its own time.
const FRAGMENTED: &str = "empty_moov+frag_keyframe+default_base_moof+frag_discont+skip_trailer";

/// A film in the making.
pub(super) struct Output {
    muxer: format::context::Output,
    /// The tracks' clocks.
    clocks: Vec<Rational>,
    /// Sound before this is there already.
    sound_from: i64,
}

impl Output {
    /// Goes on behind what the file holds already, of which `place` tells the end.
    pub(super) fn open(
        file: File,
        place: Place,
        pictures: &encoder::Video,
        sound: Option<&encoder::Audio>,
    ) -> Result<Self, MediaError> {
        let goes_on = place.bytes > 0;
        let writer = Fragments { file, header: goes_on.then(Vec::new) };
        let io = StreamIo::from_write(writer).map_err(to_error)?;
        let mut muxer = format::output_to_stream(io, None, Some("mp4")).map_err(to_error)?;
        {
            let mut track = muxer.add_stream_with(pictures).map_err(to_error)?;
            track.set_time_base(PICTURES);
        }
        if let Some(sound) = sound {
            let mut track = muxer.add_stream_with(sound).map_err(to_error)?;
            track.set_time_base(SOUND);
        }
        let mut options = Dictionary::new();
        options.set("movflags", FRAGMENTED);
        options.set("use_editlist", "0");
        // Every packet keeps the time that it was given.
        options.set("avoid_negative_ts", "disabled");
        muxer.write_header_with(options).map_err(written)?;
        let clocks = muxer.streams().map(|track| track.time_base()).collect();
        Ok(Self { muxer, clocks, sound_from: place.sound })
    }

    /// Writes a packet of pictures.
    pub(super) fn picture(&mut self, packet: &mut Packet) -> Result<(), MediaError> {
        self.write(packet, TRACK_OF_PICTURES, PICTURES)
    }

    /// Writes a packet of sound, unless it is there already.
    pub(super) fn sound(&mut self, packet: &Packet) -> Result<(), MediaError> {
        // The first packets of an encoder are for its own warming up, before the time at which it begins.
        if packet.pts().is_none_or(|at| at < self.sound_from) {
            return Ok(());
        }
        self.write(&mut packet.clone(), TRACK_OF_SOUND, SOUND)
    }

    fn write(&mut self, packet: &mut Packet, track: usize, clock: Rational) -> Result<(), MediaError> {
        let late = LATE_S * i64::from(clock.denominator());
        packet.set_pts(packet.pts().map(|at| at + late));
        packet.set_dts(packet.dts().map(|at| at + late));
        packet.set_stream(track);
        packet.set_position(-1);
        let own = self.clocks.get(track).copied().unwrap_or(clock);
        packet.rescale_ts(clock, own);
        packet.write_interleaved(&mut self.muxer).map_err(written)
    }

    /// Writes what is still held back.
    pub(super) fn end(&mut self) -> Result<(), MediaError> {
        self.muxer.write_trailer().map_err(written)
    }
}

/// A failure to write is the disk's, not the film's.
pub(super) fn written(error: Error) -> MediaError {
    match error {
        Error::Other { errno } => MediaError::Output(std::io::Error::from_raw_os_error(errno).to_string()),
        error => MediaError::Output(error.to_string()),
    }
}

/// Writes fragments. Where a file already begins with a header, the second one is left out.
struct Fragments {
    file: File,
    /// What came of the header so far, as long as it is to be left out.
    header: Option<Vec<u8>>,
}

impl Write for Fragments {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let Some(header) = &mut self.header else {
            self.file.write_all(bytes)?;
            return Ok(bytes.len());
        };
        header.extend_from_slice(bytes);
        if let Some(end) = end_of_header(header) {
            self.file.write_all(header.get(end..).unwrap_or_default())?;
            self.header = None;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

/// Where `ftyp` and `moov` end, once all of them is there.
fn end_of_header(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        let length = bytes.get(at..at + 4)?.try_into().map(u32::from_be_bytes).ok()?;
        let last = bytes.get(at + 4..at + 8)? == b"moov";
        at += usize::try_from(length).ok()?.max(8);
        if last {
            return (at <= bytes.len()).then_some(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::end_of_header;

    #[test]
    fn a_header_ends_with_its_last_box() {
        let bytes = b"\0\0\0\x0cftypiso5\0\0\0\x0amoov\0\0\0\0\0\x08moof";
        assert_eq!(end_of_header(bytes), Some(22));
        assert_eq!(end_of_header(&bytes[..22]), Some(22));
        assert_eq!(end_of_header(&bytes[..21]), None);
        assert_eq!(end_of_header(&bytes[..5]), None);
    }
}
