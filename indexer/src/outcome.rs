//! How a job ends.

use std::time::Duration;

use media::MediaError;

/// Tries after which a job that keeps failing is buried.
pub const MOST_TRIES: i16 = 5;
/// Claims after which a job is buried that never comes to an outcome, whatever the cause.
pub const MOST_CLAIMS: i16 = 12;
/// Tries that a file gets over which the decoder crashed or took too long.
const DECODER_TRIES: i16 = 2;

const FIRST_PAUSE: Duration = Duration::from_secs(5);
const LONGEST_PAUSE: Duration = Duration::from_secs(3600);
/// Pause while the machine is in trouble: a full disk, no memory for children.
const TROUBLE: Duration = Duration::from_secs(60);
/// Pause while a file is not where it should be. The next scan finds out more.
const AWAY: Duration = Duration::from_secs(600);

/// How a job ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It did what it should.
    Done,
    /// There is nothing that this version can do with the file, and why.
    Skip(String),
    /// It is to be tried again.
    Retry(Retry),
    /// It failed for good, and why.
    Bury(String),
    /// Somebody else has the lease now, or the asset is gone: nothing was written.
    Lost,
}

/// A job that is to be tried again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retry {
    /// After so long.
    pub after: Duration,
    /// Because of this.
    pub reason: String,
    /// Whether the try counts as one of the file's.
    pub counts: bool,
}

impl Outcome {
    /// What a decoder's answer means at this try, the first being 1.
    pub fn of(error: &MediaError, attempts: i16) -> Self {
        let reason = error.to_string();
        if error.blames_the_machine() {
            return Self::trouble(reason);
        }
        if matches!(error, MediaError::Unsupported(_)) {
            return Self::Skip(reason);
        }
        if error.worth_another_try() && attempts < DECODER_TRIES {
            return Self::Retry(Retry { after: pause(attempts), reason, counts: true });
        }
        Self::Bury(reason)
    }

    /// Something went wrong that may not happen again.
    pub fn again(reason: String, attempts: i16) -> Self {
        if attempts >= MOST_TRIES {
            return Self::Bury(reason);
        }
        Self::Retry(Retry { after: pause(attempts), reason, counts: true })
    }

    /// The machine is in trouble; the file can't help it.
    pub fn trouble(reason: String) -> Self {
        Self::Retry(Retry { after: TROUBLE, reason, counts: false })
    }

    /// The program is about to end; the next one goes on.
    pub fn stopped() -> Self {
        let reason = "stopped with the program; it goes on when that is started again".to_owned();
        Self::Retry(Retry { after: Duration::ZERO, reason, counts: false })
    }

    /// The file is not there, or not what it was.
    pub fn away(reason: String) -> Self {
        Self::Retry(Retry { after: AWAY, reason, counts: false })
    }

    /// One word for counting.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Skip(_) => "skipped",
            Self::Retry(_) => "retried",
            Self::Bury(_) => "buried",
            Self::Lost => "lost",
        }
    }
}

/// Five seconds, then four times as long each time, up to an hour.
pub fn pause(attempts: i16) -> Duration {
    let times = 4_u32.saturating_pow(u32::try_from(attempts.max(1) - 1).unwrap_or(0));
    FIRST_PAUSE.saturating_mul(times).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_blamed_only_for_what_is_its_fault() {
        let crashed = MediaError::Crashed("SIGSEGV".into());
        let Outcome::Retry(first) = Outcome::of(&crashed, 1) else { panic!("a crash may be bad luck once") };
        assert!(first.counts && first.after == FIRST_PAUSE);
        assert_eq!(Outcome::of(&crashed, 2), Outcome::Bury(crashed.to_string()));
        let full = MediaError::Output("no space left".into());
        for attempts in [1, 5, 99] {
            assert!(matches!(Outcome::of(&full, attempts), Outcome::Retry(retry) if !retry.counts));
        }
        let film = MediaError::Unsupported("film".into());
        assert_eq!(Outcome::of(&film, 1), Outcome::Skip("not readable yet: film".into()));
        assert!(matches!(Outcome::of(&MediaError::Empty, 1), Outcome::Bury(_)));
    }

    #[test]
    fn pauses_grow_to_an_hour() {
        let seconds: Vec<u64> = (1..=7).map(|attempts| pause(attempts).as_secs()).collect();
        assert_eq!(seconds, [5, 20, 80, 320, 1280, 3600, 3600]);
    }
}
