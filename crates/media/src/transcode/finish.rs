//! A film in fragments → one whole, with its table of contents in front, so that it plays before all of it is there.

use std::{
    fs::File,
    io::{self, Seek, SeekFrom, Write},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use ffmpeg_next::{
    Dictionary, Packet, Rational, codec,
    format::{self, context::StreamIo},
};

use super::{LATE_S, output::written};
use crate::{
    MediaError,
    film::{input, to_error},
    source::Source,
};

/// Copies the tracks, without the second by which fragments are late.
pub(crate) fn finish(fragments: &Source, whole: File) -> Result<(), MediaError> {
    // The table's size is known only when all is written: once into the void, then in earnest.
    let void = Void::default();
    let (before, after) = copy(fragments, void.clone(), None, &void)?;
    let table = after - before;
    // Places beyond four gigabytes take twice the room.
    let room = table + table / 2 + 1024;
    copy(fragments, whole, Some(room), &void)?;
    Ok(())
}

/// Copies all tracks; answers how long the file was before the table of contents, and after it.
fn copy<W: Write + Seek + Send + 'static>(
    fragments: &Source,
    to: W,
    room_for_table: Option<u64>,
    void: &Void,
) -> Result<(u64, u64), MediaError> {
    let mut film = input(fragments.own_reader()?)?;
    let io = StreamIo::from_write_seek_with_capacity(to, 256 << 10).map_err(to_error)?;
    let mut muxer = format::output_to_stream(io, None, Some("mp4")).map_err(to_error)?;
    let mut clocks = Vec::new();
    for stream in film.streams() {
        let mut context = codec::Context::from_parameters(stream.parameters()).map_err(to_error)?;
        context.set_time_base(stream.time_base());
        let mut track = muxer.add_stream_with(&context).map_err(to_error)?;
        track.set_time_base(stream.time_base());
        clocks.push(stream.time_base());
    }
    let mut options = Dictionary::new();
    if let Some(room) = room_for_table {
        options.set("moov_size", &room.to_string());
    }
    muxer.write_header_with(options).map_err(written)?;
    let own: Vec<Rational> = muxer.streams().map(|track| track.time_base()).collect();
    let mut packet = Packet::empty();
    while packet.read(&mut film).is_ok() {
        let track = packet.stream();
        let (Some(clock), Some(own)) = (clocks.get(track), own.get(track)) else { continue };
        let second = i64::from(clock.denominator()) / i64::from(clock.numerator().max(1));
        let late = LATE_S * second;
        // Of a fragment with one picture the demuxer does not tell how long that is shown.
        if packet.duration() == 0 {
            packet.set_duration(second / 25);
        }
        packet.set_pts(packet.pts().map(|at| at - late));
        packet.set_dts(packet.dts().map(|at| at - late));
        packet.set_position(-1);
        packet.rescale_ts(*clock, *own);
        packet.write_interleaved(&mut muxer).map_err(written)?;
    }
    let before = void.length();
    muxer.write_trailer().map_err(written)?;
    drop(muxer);
    Ok((before, void.length()))
}

/// Counts what is written to it.
#[derive(Clone, Default)]
struct Void {
    position: Arc<AtomicU64>,
    length: Arc<AtomicU64>,
}

impl Void {
    fn length(&self) -> u64 {
        self.length.load(Ordering::Relaxed)
    }
}

impl Write for Void {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let end = self.position.fetch_add(bytes.len() as u64, Ordering::Relaxed) + bytes.len() as u64;
        self.length.fetch_max(end, Ordering::Relaxed);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Void {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let (base, offset) = match to {
            SeekFrom::Start(position) => (position, 0),
            SeekFrom::Current(offset) => (self.position.load(Ordering::Relaxed), offset),
            SeekFrom::End(offset) => (self.length(), offset),
        };
        let place = base.checked_add_signed(offset).ok_or(io::ErrorKind::InvalidInput)?;
        self.position.store(place, Ordering::Relaxed);
        Ok(place)
    }
}
