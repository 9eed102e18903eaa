//! One film being made anew, from its packets to the files.

use std::{
    fs::File,
    time::{Duration, Instant},
};

use ffmpeg_next::{Error, Packet, Rational, Rescale, media};

use super::{Plan, Progress, output::Output, pictures::Pictures, resume, sound::Sound};
use crate::{
    MediaError,
    film::{self, Film},
    source::Source,
};

/// libav's own clock, in which films as a whole are measured.
const MICROSECONDS: Rational = Rational(1, 1_000_000);
/// A film is given up after so many places in a row that can't be read.
const HOLES: u32 = 100;

/// A film being made anew.
pub(super) struct Session {
    film: Film,
    pictures: Pictures,
    /// With the number of its track.
    sound: Option<(usize, Sound)>,
    outputs: Vec<Output>,
    holes: u32,
}

impl Session {
    /// Opens a film, and goes on behind what the files hold already.
    pub(super) fn open(source: &Source, plan: &Plan, files: Vec<File>) -> Result<Self, MediaError> {
        if files.is_empty() || files.len() != plan.short_sides.len() {
            return Err(MediaError::Machine("there is not one file for each size".into()));
        }
        let places = resume::places(&files)?;
        let from = places.iter().map(|place| place.pictures).min().unwrap_or(0);
        let sound_from = places.iter().map(|place| place.sound).min().unwrap_or(0);
        let mut film = film::open(source)?;
        film.size()?;
        let began = begin(&film);
        let orientation = film.orientation();
        let gone = || MediaError::Broken("its pictures are gone".into());
        let stream = film.input.stream(film.stream).ok_or_else(gone)?;
        let start = began.rescale(MICROSECONDS, stream.time_base());
        let sound = match film.input.streams().best(media::Type::Audio) {
            Some(stream) => {
                let start = began.rescale(MICROSECONDS, stream.time_base());
                Sound::new(&stream, start, sound_from)?.map(|sound| (stream.index(), sound))
            }
            None => None,
        };
        let voice = sound.as_ref().map(|(_, sound)| sound.encoder());
        let mut outputs = Vec::with_capacity(files.len());
        let mut files = files.into_iter().zip(places);
        let pictures = Pictures::new(&stream, plan, orientation, (start, from), |encoder| {
            let opened = files.next().map(|(file, place)| Output::open(file, place, encoder, voice));
            opened.transpose().map(|output| outputs.extend(output))
        })?;
        if from > 0 {
            let at = began + from.rescale(super::PICTURES, MICROSECONDS);
            // Films that can't be wound are read again from the beginning.
            let _ = film.input.seek(at, ..at + 1);
        }
        Ok(Self { film, pictures, sound, outputs, holes: 0 })
    }

    /// Works for a while.
    pub(super) fn go_on(&mut self, time: Duration) -> Result<Progress, MediaError> {
        let until = Instant::now() + time;
        while Instant::now() < until {
            if !self.step()? {
                self.end()?;
                return Ok(self.progress(true));
            }
        }
        Ok(self.progress(false))
    }

    /// Takes the next packet; false at the end.
    fn step(&mut self) -> Result<bool, MediaError> {
        let mut packet = Packet::empty();
        match packet.read(&mut self.film.input) {
            Ok(()) => self.holes = 0,
            Err(Error::Eof) => return Ok(false),
            // What is damaged is passed over; a film that was cut off ends where it does.
            Err(_) => {
                self.holes += 1;
                return Ok(self.holes < HOLES);
            }
        }
        if packet.stream() == self.film.stream {
            self.pictures.take(&packet, &mut self.outputs)?;
        } else if let Some((track, sound)) = &mut self.sound
            && packet.stream() == *track
        {
            sound.take(&packet, &mut self.outputs)?;
        }
        Ok(true)
    }

    fn end(&mut self) -> Result<(), MediaError> {
        self.pictures.end(&mut self.outputs)?;
        if let Some((_, sound)) = &mut self.sound {
            sound.end(&mut self.outputs)?;
        }
        if !self.pictures.seen() {
            return Err(MediaError::Broken("no picture of it can be decoded".into()));
        }
        self.outputs.iter_mut().try_for_each(Output::end)
    }

    fn progress(&self, finished: bool) -> Progress {
        Progress { done_ms: self.pictures.done_ms(), total_ms: self.film.duration_ms(), finished }
    }
}

/// When the first of the tracks begins, in microseconds: recordings of broadcasts begin at any time.
fn begin(film: &Film) -> i64 {
    let streams = film
        .input
        .streams()
        .filter(|stream| matches!(stream.parameters().medium(), media::Type::Video | media::Type::Audio));
    let begins = streams.filter(|stream| stream.start_time() != ffmpeg_next::ffi::AV_NOPTS_VALUE);
    begins.map(|stream| stream.start_time().rescale(stream.time_base(), MICROSECONDS)).min().unwrap_or(0)
}
