//! What an earlier session has left: whole fragments are kept, the rest is cut off.

use std::{fs::File, os::unix::fs::FileExt};

use ffmpeg_next::{Packet, Rational, Rescale};

use super::{
    LATE_S, PICTURES, SOUND,
    output::{TRACK_OF_PICTURES, TRACK_OF_SOUND},
};
use crate::{
    MediaError,
    film::{input, to_error},
    source::At,
};

/// Samples of a packet of sound.
const AAC_FRAME: i64 = 1024;

/// Where a film in the making goes on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// What is kept of the file.
    pub bytes: u64,
    /// The time after the last picture's, on their clock.
    pub pictures: i64,
    /// Where the sound ends, on its clock.
    pub sound: i64,
}

/// Cuts all films in the making where the same fragment ends, and says where each goes on.
pub(super) fn places(files: &[File]) -> Result<Vec<Place>, MediaError> {
    let ends: Vec<_> = files.iter().map(fragments).collect::<Result<_, _>>()?;
    let common = ends.iter().map(Vec::len).min().unwrap_or(0);
    files
        .iter()
        .zip(ends)
        .map(|(file, ends)| {
            let kept = common.checked_sub(1).and_then(|last| ends.get(last)).copied().unwrap_or(0);
            file.set_len(kept).map_err(|error| output(&error))?;
            // The position is shared with whoever wrote it.
            std::io::Seek::seek(&mut &*file, std::io::SeekFrom::End(0)).map_err(|error| output(&error))?;
            if kept == 0 { Ok(Place::default()) } else { place(file, kept) }
        })
        .collect()
}

/// Where each whole fragment ends.
pub(super) fn fragments(file: &File) -> Result<Vec<u64>, MediaError> {
    let length = file.metadata()?.len();
    let (mut at, mut ends) = (0, Vec::new());
    let mut header = [0; 8];
    while length - at >= 8 {
        file.read_exact_at(&mut header, at)?;
        let [a, b, c, d, kind @ ..] = header;
        let size = u64::from(u32::from_be_bytes([a, b, c, d]));
        // A fragment of four seconds has no need of lengths of 64 bits.
        if size < 8 || at + size > length {
            break;
        }
        at += size;
        if kind == *b"mdat" {
            ends.push(at);
        }
    }
    Ok(ends)
}

fn place(file: &File, bytes: u64) -> Result<Place, MediaError> {
    let mut input = input(At::start(file.try_clone()?))?;
    let clocks: Vec<Rational> = input.streams().map(|track| track.time_base()).collect();
    let mut place = Place { bytes, ..Place::default() };
    let mut packet = Packet::empty();
    while packet.read(&mut input).is_ok() {
        let track = packet.stream();
        let (Some(clock), Some(at)) = (clocks.get(track), packet.pts()) else { continue };
        // Of the last packet of a fragment, the demuxer does not always tell how long it lasts.
        let on = |own: Rational| at.rescale(*clock, own) - LATE_S * i64::from(own.denominator());
        match track {
            TRACK_OF_PICTURES => place.pictures = place.pictures.max(on(PICTURES) + 1),
            TRACK_OF_SOUND => place.sound = place.sound.max(on(SOUND) + AAC_FRAME),
            _ => {}
        }
    }
    if place.pictures == 0 {
        return Err(to_error(ffmpeg_next::Error::InvalidData));
    }
    Ok(place)
}

fn output(error: &std::io::Error) -> MediaError {
    MediaError::Output(error.to_string())
}
