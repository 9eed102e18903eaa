//! How a job ends.

use std::time::Duration;

use media::MediaError;
use store::{Blame, Claim};

/// Tries after which a job that keeps failing is buried.
pub const MOST_TRIES: i16 = 5;
/// Claims in a row of which nobody said what came of them, after which a job is buried, whatever the cause. That the
/// process was killed over other work so often is less likely than that this job kills it.
pub const MOST_CLAIMS: i16 = 12;
/// Tries that a file gets over which the decoder crashed or took too long.
const DECODER_TRIES: i16 = 2;

const FIRST_PAUSE: Duration = Duration::from_secs(5);
const LONGEST_PAUSE: Duration = Duration::from_secs(3600);
/// Pause while the machine is in trouble: a full disk, no memory for children.
const TROUBLE: Duration = Duration::from_secs(60);
/// Pause after a file's bytes could not be had as often as is tried in a row: disks are not mended in minutes.
const RARELY: Duration = Duration::from_secs(6 * 3600);
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
    /// The file's bytes can't be had, and why: it is shown as one that can't be read, and tried again from time to time.
    Unread(String, Duration),
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
    /// Whose fault it was.
    pub blame: Blame,
}

impl Outcome {
    /// What a decoder's answer means.
    pub fn of(error: &MediaError, claim: &Claim) -> Self {
        let (reason, attempts) = (error.to_string(), claim.attempts);
        if let MediaError::Input(why) = error {
            return Self::unread(by_the_disk(why), claim);
        }
        if matches!(error, MediaError::Killed(_)) {
            return Self::killed(&reason, claim);
        }
        if error.blames_the_machine() {
            return Self::trouble(reason);
        }
        if matches!(error, MediaError::Unsupported(_)) {
            return Self::Skip(reason);
        }
        if error.worth_another_try() && attempts < DECODER_TRIES {
            return Self::Retry(Retry { after: pause(attempts), reason, blame: Blame::File });
        }
        Self::Bury(reason)
    }

    /// The file's bytes can't be had. Disks and shares come back: it counts only when it has happened a few times.
    pub fn unread(reason: String, claim: &Claim) -> Self {
        let times = claim.unread.saturating_add(1);
        if times >= MOST_TRIES {
            return Self::Unread(reason, RARELY);
        }
        Self::Retry(Retry { after: pause(times), reason, blame: Blame::Disk })
    }

    /// The decoder was ended from outside. One that was ended over the same file as often as a job may be claimed without
    /// a result is not unlucky: it is what uses up the machine.
    fn killed(reason: &str, claim: &Claim) -> Self {
        if claim.claims >= MOST_CLAIMS {
            let what_to_do = "give the machine more memory, and try it again";
            return Self::Bury(format!("{reason}, {MOST_CLAIMS} times in a row; {what_to_do}"));
        }
        let reason = format!("{reason}; it is tried again by itself");
        Self::Retry(Retry { after: pause(claim.claims), reason, blame: Blame::Unknown })
    }

    /// Something went wrong that may not happen again.
    pub fn again(reason: String, attempts: i16) -> Self {
        if attempts >= MOST_TRIES {
            return Self::Bury(reason);
        }
        Self::Retry(Retry { after: pause(attempts), reason, blame: Blame::File })
    }

    /// The machine is in trouble; the file can't help it.
    pub fn trouble(reason: String) -> Self {
        Self::Retry(Retry { after: TROUBLE, reason, blame: Blame::Machine })
    }

    /// The program is about to end; the next one goes on.
    pub fn stopped() -> Self {
        let reason = "stopped with the program; it goes on when that is started again".to_owned();
        Self::Retry(Retry { after: Duration::ZERO, reason, blame: Blame::Machine })
    }

    /// The file is not there, or not what it was.
    pub fn away(reason: String) -> Self {
        Self::Retry(Retry { after: AWAY, reason, blame: Blame::Machine })
    }

    /// One word for counting.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Skip(_) => "skipped",
            Self::Retry(_) => "retried",
            Self::Bury(_) => "buried",
            Self::Unread(..) => "unread",
            Self::Lost => "lost",
        }
    }
}

/// Why a disk did not give a file's bytes, and what to do, in the system's words but for its number.
pub fn by_the_disk(why: &str) -> String {
    let why = why.split(" (os error").next().unwrap_or(why);
    format!("the disk could not read it: {why}; check the disk, or restore it from a backup")
}

/// Five seconds, then four times as long each time, up to an hour.
pub fn pause(attempts: i16) -> Duration {
    let times = 4_u32.saturating_pow(u32::try_from(attempts.max(1) - 1).unwrap_or(0));
    FIRST_PAUSE.saturating_mul(times).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A claim at this try of the file, whose bytes could not be had so often before.
    fn claim(attempts: i16, unread: i16) -> Claim {
        Claim {
            asset: domain::AssetId(1),
            stage: domain::job::Stage::Renditions,
            by: String::new(),
            attempts,
            claims: 1,
            unread,
            priority: domain::job::Priority::Bulk,
            wanted: false,
        }
    }

    #[test]
    fn the_file_is_blamed_only_for_what_is_its_fault() {
        let crashed = MediaError::Crashed("SIGSEGV".into());
        let Outcome::Retry(first) = Outcome::of(&crashed, &claim(1, 4)) else {
            panic!("a crash may be bad luck once")
        };
        assert_eq!((first.blame, first.after), (Blame::File, FIRST_PAUSE));
        assert_eq!(Outcome::of(&crashed, &claim(2, 0)), Outcome::Bury(crashed.to_string()));
        let full = MediaError::Output("no space left".into());
        for attempts in [1, 5, 99] {
            let outcome = Outcome::of(&full, &claim(attempts, 0));
            assert!(matches!(outcome, Outcome::Retry(retry) if retry.blame == Blame::Machine));
        }
        let film = MediaError::Unsupported("film".into());
        assert_eq!(Outcome::of(&film, &claim(1, 0)), Outcome::Skip("not readable yet: film".into()));
        assert!(matches!(Outcome::of(&MediaError::Empty, &claim(1, 0)), Outcome::Bury(_)));
    }

    #[test]
    fn a_decoder_killed_from_outside_is_started_again_for_hours_but_not_for_ever() {
        let killed = MediaError::Killed("most likely because the machine ran out of memory".into());
        let mut waited = Duration::ZERO;
        for claims in 1..MOST_CLAIMS {
            let outcome = Outcome::of(&killed, &Claim { claims, ..claim(4, 0) });
            let Outcome::Retry(retry) = outcome else { panic!("{claims}: {outcome:?}") };
            assert_eq!(retry.blame, Blame::Unknown, "the file's tries are its own, but these are counted");
            assert!(retry.reason.contains("out of memory") && !retry.reason.contains("damaged"));
            waited += retry.after;
        }
        assert!(waited >= Duration::from_secs(5 * 3600), "{waited:?}");
        let last = Outcome::of(&killed, &Claim { claims: MOST_CLAIMS, ..claim(1, 0) });
        assert!(matches!(&last, Outcome::Bury(why) if why.contains("12 times in a row")), "{last:?}");
    }

    #[test]
    fn what_a_disk_can_not_read_is_tried_five_times_and_then_rarely() {
        let error = MediaError::from(std::io::Error::from_raw_os_error(5));
        for (unread, after_s) in [(0, 5), (1, 20), (2, 80), (3, 320)] {
            let Outcome::Retry(retry) = Outcome::of(&error, &claim(9, unread)) else { panic!("{unread}") };
            assert_eq!((retry.blame, retry.after.as_secs()), (Blame::Disk, after_s));
        }
        let said =
            "the disk could not read it: Input/output error; check the disk, or restore it from a backup";
        for unread in [4, 5, i16::MAX] {
            assert_eq!(Outcome::of(&error, &claim(1, unread)), Outcome::Unread(said.to_owned(), RARELY));
        }
    }

    #[test]
    fn pauses_grow_to_an_hour() {
        let seconds: Vec<u64> = (1..=7).map(|attempts| pause(attempts).as_secs()).collect();
        assert_eq!(seconds, [5, 20, 80, 320, 1280, 3600, 3600]);
    }
}
