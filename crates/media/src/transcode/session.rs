//! One film being made anew, from its packets to the files.

use std::{
    fs::File,
    time::{Duration, Instant},
};

use ffmpeg_next::{Error, Packet, Rational, Rescale, media};

use super::{
    PICTURES, Plan, Progress,
    output::Output,
    pictures::{Pictures, Shown},
    resume,
    sound::Sound,
};
use crate::{
    MediaError,
    film::{self, Clock, Film, MICROSECONDS},
    render::film::Bright,
    source::Source,
};

/// Where a film can't be wound, what lies so far before the place where it goes on is not decoded again, in
/// microseconds: there is a picture that stands for itself in between.
const BEFORE: i64 = 30_000_000;
/// A film is given up after so many places in a row that can't be read.
const HOLES: u32 = 100;

/// A film being made anew.
pub(super) struct Session {
    film: Film,
    clock: Clock,
    /// The tracks' own clocks.
    units: Vec<Rational>,
    /// Nothing before this time is decoded, in microseconds.
    from: Option<i64>,
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
        let began = film.begin();
        let bright = film.tracks().filter(|tracks| tracks.hdr).and_then(|_| {
            // One of its own, so that this one stays at its beginning.
            Bright::of(&mut film::open(source).ok()?)
        });
        let shown = Shown { orientation: film.orientation(), bright };
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
        let pictures = Pictures::new(&stream, plan, shown, (start, from), |encoder| {
            let opened = files.next().map(|(file, place)| Output::open(file, place, encoder, voice));
            opened.transpose().map(|output| outputs.extend(output))
        })?;
        let (clock, units) =
            (Clock::of(&film), film.input.streams().map(|stream| stream.time_base()).collect());
        let at = began + from.rescale(PICTURES, MICROSECONDS);
        let skipped = (from > 0 && clock.jumps()).then_some(at - BEFORE);
        if from > 0 && !clock.jumps() {
            // Films that can't be wound are read again from the beginning.
            let _ = film.input.seek(at, ..at + 1);
        }
        Ok(Self { film, clock, units, from: skipped, pictures, sound, outputs, holes: 0 })
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
        let of_pictures = packet.stream() == self.film.stream;
        if (of_pictures || self.is_sound(&packet)) && !self.is_skipped(&mut packet) {
            if of_pictures {
                self.pictures.take(&packet, &mut self.outputs)?;
            } else if let Some((_, sound)) = &mut self.sound {
                sound.take(&packet, &mut self.outputs)?;
            }
        }
        Ok(true)
    }

    fn is_sound(&self, packet: &Packet) -> bool {
        self.sound.as_ref().is_some_and(|(track, _)| packet.stream() == *track)
    }

    /// Sets a packet's times right. Whether it lies before all that is to be decoded.
    fn is_skipped(&mut self, packet: &mut Packet) -> bool {
        let Some(unit) = self.units.get(packet.stream()).copied() else { return true };
        self.clock.set(packet, unit);
        let at = packet.dts().or(packet.pts()).map(|at| at.rescale(unit, MICROSECONDS));
        self.from.zip(at).is_some_and(|(from, at)| at < from)
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
