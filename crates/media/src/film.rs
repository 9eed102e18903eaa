//! Films, by libav: what is in them, and single pictures of them.

mod clock;
mod pixels;
mod tracks;

use std::fs::File;

use domain::metadata::Format;
use ffmpeg_next::{
    Discard, Error, Rational, Rescale, codec,
    codec::packet::side_data,
    format::{self, context::Input, context::StreamIo, stream::Stream},
    frame, media,
};

pub(crate) use clock::Clock;
pub(crate) use pixels::{matrix, shrunk};
pub(crate) use tracks::frame_rate;

use crate::{
    MediaError,
    container::{self, Parts, mp4},
    source::{At, Source},
    words,
};

/// What is opened: containers of films, not lists of other files.
const CONTAINERS: &str =
    "mov,mp4,matroska,webm,avi,mpeg,mpegvideo,mpegts,asf,flv,live_flv,mxf,ogg,rm,dv,h264,hevc,m4v";
/// libav's own clock, in which films as a whole are measured.
pub(crate) const MICROSECONDS: Rational = Rational(1, 1_000_000);
/// Packets of pictures that are read in search of one.
const PACKETS: usize = 3000;

/// Prepares the library, before the jail closes.
pub(crate) fn load() {
    // Without it, everything else works: each film will say why it does not.
    let _ = ffmpeg_next::init();
    ffmpeg_next::log::set_level(ffmpeg_next::log::Level::Quiet);
}

/// An open film with something to see.
pub(crate) struct Film {
    pub(crate) input: Input,
    /// The stream with the pictures.
    pub(crate) stream: usize,
    /// Something of it was read already.
    begun: bool,
}

/// What is enough of a film whose header says most: bytes of its tracks, and no pictures only to count them. Else libav
/// reads seconds, and decodes a dozen pictures, to be sure of what no one asks here.
const GLANCE: [(&str, &str); 2] = [("probesize", "100000"), ("fpsprobesize", "0")];

/// Opens a film and looks for its pictures.
pub(crate) fn open(source: &Source) -> Result<Film, MediaError> {
    open_with(source, &[])
}

/// The same, in a fraction of the time, for what the tracks are called. Where the pictures come late, their pixels'
/// format is not known.
pub(crate) fn glance(source: &Source) -> Result<Film, MediaError> {
    open_with(source, &GLANCE)
}

fn open_with(source: &Source, options: &[(&str, &str)]) -> Result<Film, MediaError> {
    let input = input_with(source.own_reader()?, options).map_err(|error| reason(source, error))?;
    let best = input.streams().best(media::Type::Video).map(|stream| stream.index());
    let stream = best.ok_or_else(|| reason(source, without_pictures(&input)))?;
    Ok(Film { input, stream, begun: false })
}

fn without_pictures(input: &Input) -> MediaError {
    if input.nb_streams() == 0 {
        return MediaError::Broken("there are no pictures and no sound in it".into());
    }
    MediaError::Unsupported("a recording without pictures".into())
}

/// Of a film whose header is cut off, libav says only that its parts make no sense, or that it has no pictures: its boxes
/// tell what is wrong.
fn reason(source: &Source, error: MediaError) -> MediaError {
    let may_be_cut = matches!(error, MediaError::Broken(_) | MediaError::Unsupported(_));
    if source.format() != Format::Mp4 || !may_be_cut {
        return error;
    }
    mp4::read(source, &mut Parts::default()).err().unwrap_or(error)
}

/// Opens a file of tracks.
pub(crate) fn input(file: At<File>) -> Result<Input, MediaError> {
    input_with(file, &[])
}

fn input_with(file: At<File>, options: &[(&str, &str)]) -> Result<Input, MediaError> {
    let io = StreamIo::from_read_seek(file).map_err(to_error)?;
    let mut all = ffmpeg_next::Dictionary::new();
    all.set("format_whitelist", CONTAINERS);
    for (name, value) in options {
        all.set(name, value);
    }
    format::input_from_stream(io, None, Some(all)).map_err(to_error)
}

impl Film {
    /// How long it plays, if the file says so.
    pub(crate) fn duration_ms(&self) -> Option<i64> {
        let microseconds = self.input.duration();
        (microseconds > 0).then_some(microseconds / 1000)
    }

    /// When the first of its tracks begins, in microseconds: recordings of broadcasts begin at any time.
    pub(crate) fn begin(&self) -> i64 {
        let medium = |stream: &Stream<'_>| stream.parameters().medium();
        let streams = self
            .input
            .streams()
            .filter(|stream| matches!(medium(stream), media::Type::Video | media::Type::Audio));
        let begins = streams.filter(|stream| stream.start_time() != ffmpeg_next::ffi::AV_NOPTS_VALUE);
        begins.map(|stream| stream.start_time().rescale(stream.time_base(), MICROSECONDS)).min().unwrap_or(0)
    }

    /// A tag of the file as a whole, else of its pictures.
    pub(crate) fn tag(&self, name: &str) -> Option<String> {
        let of_film = self.input.metadata();
        let of_pictures = self.input.stream(self.stream)?;
        let of_pictures = of_pictures.metadata();
        of_film.get(name).or_else(|| of_pictures.get(name)).map(str::to_owned)
    }

    /// How it is to be turned to be upright: EXIF's number.
    pub(crate) fn orientation(&self) -> u8 {
        let Some(stream) = self.input.stream(self.stream) else { return 1 };
        let matrix = stream.side_data().find(|data| data.kind() == side_data::Type::DisplayMatrix);
        let number = |bytes: &[u8], at: usize| {
            bytes.get(at * 4..)?.first_chunk().map(|four| i32::from_ne_bytes(*four).signum())
        };
        let turn = matrix.and_then(|matrix| {
            let matrix = matrix.data();
            Some([number(matrix, 0)?, number(matrix, 1)?, number(matrix, 3)?, number(matrix, 4)?])
        });
        match turn {
            Some([1, 0, 0, -1]) => 4,
            Some([-1, 0, 0, 1]) => 2,
            Some([-1, 0, 0, -1]) => 3,
            Some([0, 1, -1, 0]) => 6,
            Some([0, -1, 1, 0]) => 8,
            Some([0, 1, 1, 0]) => 5,
            Some([0, -1, -1, 0]) => 7,
            _ => 1,
        }
    }

    /// The pictures' size as it is shown, before it is turned: pixels need not be square.
    pub(crate) fn size(&self) -> Result<(u32, u32), MediaError> {
        let decoder = self.decoder(Discard::NonKey)?;
        let (width, height) = (decoder.width(), decoder.height());
        let aspect = decoder.aspect_ratio();
        let shown = stretched(width, aspect);
        container::sides(shown, height)
            .ok_or_else(|| MediaError::Broken("it does not say how large it is".into()))
    }

    fn decoder(&self, skipped: Discard) -> Result<codec::decoder::Video, MediaError> {
        let gone = || MediaError::Broken("its pictures are gone".into());
        let stream = self.input.stream(self.stream).ok_or_else(gone)?;
        let mut decoder = codec::Context::from_parameters(stream.parameters()).map_err(to_error)?.decoder();
        decoder.skip_frame(skipped);
        decoder.video().map_err(to_error)
    }

    /// The first picture at or after a time that can be decoded. Those that stand for themselves are quickly had. A film
    /// that was trimmed may have none that is shown: the only one lies before its beginning, and the others need it.
    pub(crate) fn picture_at(&mut self, ms: i64) -> Result<frame::Video, MediaError> {
        match self.first_from(ms, Discard::NonKey) {
            Err(MediaError::Broken(_)) => self.first_from(ms, Discard::Default),
            found => found,
        }
    }

    fn first_from(&mut self, ms: i64, skipped: Discard) -> Result<frame::Video, MediaError> {
        if ms > 0 || self.begun {
            // Films that can't be wound go on where they are.
            let at = self.begin() + ms * 1000;
            let _ = self.input.seek(at, ..at + 1);
        }
        self.begun = true;
        let mut decoder = self.decoder(skipped)?;
        let mut picture = frame::Video::empty();
        let stream = self.stream;
        let packets = self.input.packets().filter(|(from, _)| from.index() == stream);
        for (_, packet) in packets.take(PACKETS) {
            if decoder.send_packet(&packet).is_err() {
                continue;
            }
            if decoder.receive_frame(&mut picture).is_ok() {
                return Ok(picture);
            }
        }
        // Some decoders hold pictures back until they hear that there is no more.
        decoder.send_eof().and_then(|()| decoder.receive_frame(&mut picture)).map_err(
            |error| match error {
                Error::Eof => MediaError::Broken("no picture of it can be decoded".into()),
                error => to_error(error),
            },
        )?;
        Ok(picture)
    }
}

/// A width of pixels that are not square, in square ones.
pub(crate) fn stretched(width: u32, aspect: Rational) -> u32 {
    let (across, down) = (i64::from(aspect.numerator()), i64::from(aspect.denominator()));
    let sane = across > 0 && down > 0 && across < 20 * down && down < 20 * across;
    let shown = if sane { (i64::from(width) * across + down / 2) / down } else { width.into() };
    u32::try_from(shown).unwrap_or(width)
}

/// The library's reasons, in our words.
pub(crate) fn to_error(error: Error) -> MediaError {
    match error {
        Error::DecoderNotFound | Error::DemuxerNotFound | Error::PatchWelcome => MediaError::rare("film"),
        Error::Other { errno: libc_enomem } if libc_enomem == rustix::io::Errno::NOMEM.raw_os_error() => {
            MediaError::no_memory()
        }
        error => words::error("film", &error.to_string()),
    }
}
