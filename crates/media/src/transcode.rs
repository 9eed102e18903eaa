//! A film → films that every browser plays.
//!
//! A session decodes once and encodes each size that is wanted. It writes fragmented MP4, of which every fragment that
//! is whole is worth keeping: who comes after a crash goes on behind the last one. The child keeps its session between
//! requests, each of which asks for a second of work, so that the parent sees how far it is and can stop it.

mod encoder;
mod finish;
mod output;
mod pictures;
mod resume;
mod rung;
mod session;
mod sound;
mod table;

use std::{fmt, fs::File, time::Duration};

use domain::film::VideoCodec;
use ffmpeg_next::{Error, Rational};
use serde::{Deserialize, Serialize};

use crate::{MediaError, film::to_error, source::Source};
pub(crate) use finish::finish;
use session::Session;

/// What is made of a film.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The pictures' codec; the sound's is AAC.
    pub codec: VideoCodec,
    /// The constant rate factor of the codec: smaller is better and larger.
    pub quality: u8,
    /// How many bits a second it may take.
    pub rate: Rate,
    /// The short side of each film that is made, in pixels, the largest first. None is enlarged.
    pub short_sides: Vec<u32>,
}

impl fmt::Display for Plan {
    /// All that decides what comes of it: films of the same text are the same.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { codec, quality, rate, short_sides } = self;
        write!(f, "{codec}, quality {quality}")?;
        if *rate == Rate::Bounded {
            f.write_str(", bounded")?;
        }
        short_sides.iter().try_for_each(|side| write!(f, ", {side} px"))
    }
}

/// How many bits a second a film may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rate {
    /// As many as its pictures need.
    Free,
    /// At most what [`domain::film::ladder::most_bits`] says, so that what players are told of it holds.
    Bounded,
}

/// How far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Milliseconds of the film that are done.
    pub done_ms: i64,
    /// Its length, if it says so.
    pub total_ms: Option<i64>,
    /// There is no more to do.
    pub finished: bool,
}

impl Progress {
    /// Between 0 and 1; none where the film does not say how long it is.
    pub fn part(self) -> Option<f32> {
        let total = self.total_ms.filter(|total| *total > 0)?;
        #[expect(clippy::cast_precision_loss, reason = "for the eye")]
        Some((self.done_ms as f32 / total as f32).clamp(0.0, 1.0))
    }
}

/// The pictures' clock, in all that is made.
const PICTURES: Rational = Rational(1, 90_000);
/// The sound's clock and rate.
const SOUND: Rational = Rational(1, 48_000);
/// Seconds by which a fragmented film is late. Pictures that others refer to are decoded before the time at which they
/// are shown, and there is no time before 0 in a fragment.
const LATE_S: i64 = 1;
/// Seconds from one picture that stands for itself to the next, and so of a fragment.
const FRAGMENT_S: i64 = 4;
/// How long a child works before it says how far it is.
const TURN: Duration = Duration::from_secs(1);

/// The child's place of work: the session that it keeps between requests.
#[derive(Default)]
pub(crate) struct Bench {
    open: Option<(u64, Session)>,
}

impl Bench {
    /// Goes on with a session for a while. One of another number, or none, is begun anew behind what the outputs hold.
    pub(crate) fn go_on(
        &mut self,
        number: u64,
        source: &Source,
        plan: &Plan,
        outputs: Vec<File>,
    ) -> Result<Progress, MediaError> {
        let mut session = match self.open.take() {
            Some((open, session)) if open == number => session,
            // The earlier one is gone before the new one asks for memory.
            _ => Session::open(source, plan, outputs)?,
        };
        let progress = session.go_on(TURN)?;
        if !progress.finished {
            self.open = Some((number, session));
        }
        Ok(progress)
    }
}

/// What an encoder or a filter answers that does not take what it is given: that is no damage of the film.
fn refused(error: Error) -> MediaError {
    match to_error(error) {
        MediaError::TooLarge(why) => MediaError::TooLarge(why),
        _ => MediaError::Refused(
            "its pictures or its sound are of a size or kind that the encoder does not take".into(),
        ),
    }
}

/// A part of libav that every build of it should have.
fn missing() -> MediaError {
    MediaError::Machine("the libav of this machine lacks a filter".into())
}
