//! The parent's side of making films anew.

use std::{
    fs::File,
    os::fd::{AsFd, BorrowedFd},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use sandbox::{Budget, Limits, Pool};

use crate::{
    MediaError, Plan, Progress, Settings,
    child::{Reply, Request},
    decoder::{PROGRAM, Program, unexpected},
};

/// Bytes that one film may have.
const LARGEST: u64 = 1 << 40;
/// A session outlives so many requests: about a day of work. (Each is one film's.)
const TURNS: u32 = 100_000;
/// Copying a film's tracks is a matter of the disk, and films are large.
const COPYING: Budget = Budget { wall: Duration::from_secs(3600), cpu_seconds: 1800 };

/// Makes films anew in sandboxed children. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Transcoder {
    pool: Pool,
    turn: Budget,
    sessions: Arc<AtomicU64>,
    _program: Program,
}

impl Transcoder {
    /// Of the settings, `time` is what one turn of about a second may take before the child is given up.
    ///
    /// # Errors
    /// If the program is not there.
    pub fn new(settings: &Settings) -> Result<Self, MediaError> {
        let program = Program::open(&settings.program)?;
        let limits = Limits {
            // Pictures on their way through two codecs, some of them ahead of their time.
            address_space: settings.bounds.memory.saturating_mul(2).saturating_add(PROGRAM),
            file_size: LARGEST,
            allow_without_landlock: settings.allow_without_landlock,
            ..Limits::default()
        };
        let pool = sandbox::Settings {
            size: settings.children,
            jobs_per_child: TURNS,
            idle: settings.idle,
            limits,
            ..program.settings()
        };
        Ok(Self { pool: Pool::new(pool), turn: settings.time, sessions: Arc::default(), _program: program })
    }

    /// The number of a new session.
    pub fn session(&self) -> u64 {
        self.sessions.fetch_add(1, Ordering::Relaxed)
    }

    /// Works on a film for about a second, and says how far it is. What the outputs (one for each size, open for
    /// reading and writing) hold already is kept. If the returned future is dropped, the session is lost, not what it
    /// has written. The film is what stands in its file from a byte on.
    ///
    /// # Errors
    /// What is wrong with the film, or with the machine.
    pub async fn go_on(
        &self,
        owner: i64,
        session: u64,
        film: &File,
        from: u64,
        plan: &Plan,
        outputs: &[File],
    ) -> Result<Progress, MediaError> {
        let files: Vec<BorrowedFd<'_>> =
            std::iter::once(film.as_fd()).chain(outputs.iter().map(AsFd::as_fd)).collect();
        let request = Request::Transcode { number: session, from, plan: plan.clone() };
        match self.pool.run(owner, self.turn, &request, &files).await? {
            Reply::Progress(progress) => Ok(progress),
            other => Err(unexpected(other)),
        }
    }

    /// Makes a film that plays before all of it is there, of one in fragments.
    ///
    /// # Errors
    /// What is wrong with the fragments, or with the machine.
    pub async fn finish(&self, owner: i64, fragments: &File, whole: &File) -> Result<(), MediaError> {
        let files = [fragments.as_fd(), whole.as_fd()];
        match self.pool.run(owner, COPYING, &Request::Finish, &files).await? {
            Reply::Finished => Ok(()),
            other => Err(unexpected(other)),
        }
    }

    /// Ends the children that wait for work and takes no more.
    pub fn close(&self) {
        self.pool.close();
    }
}
