//! The child's side: warm up, lock, serve.

mod filter;
mod lock;

use std::{
    fs::File,
    io,
    os::{
        fd::{AsFd, OwnedFd},
        unix::net::UnixStream,
    },
};

use rustix::{
    process::{Resource, Rlimit, getrlimit, setrlimit},
    time::{ClockId, clock_gettime},
};
use serde::{Serialize, de::DeserializeOwned};

pub use lock::{LockError, lock};

use crate::wire::{self, Answer, Hello, Job, Welcome};

/// Runs as a child until the parent hangs up: greets the parent, calls `warm_up` (load libraries and tables
/// here: afterwards no file can be opened), locks itself in, and answers each request with `work`.
///
/// Call it first thing in `main`, before any thread is started: a thread that exists before the lock would
/// stay outside of it.
pub fn run<Req, Rep>(
    warm_up: impl FnOnce(),
    work: impl FnMut(Req, Vec<OwnedFd>) -> Rep,
) -> Result<(), ChildError>
where
    Req: DeserializeOwned,
    Rep: Serialize,
{
    close_inherited();
    let mut socket = take_socket()?;
    let Some((hello, _)) = wire::receive::<Hello>(&mut socket)? else { return Ok(()) };
    warm_up();
    let locked = lock(&hello.limits);
    // Only now is the parent's death a signal to us; it may have died before.
    let orphan = rustix::process::getppid().map(|pid| pid.as_raw_nonzero().get()) != Some(hello.parent);
    if orphan {
        return Ok(());
    }
    match locked {
        Ok(()) => wire::send(&mut socket, &Welcome::Ready)?,
        Err(error) => {
            wire::send(&mut socket, &Welcome::Refused(error.to_string()))?;
            return Err(error.into());
        }
    }
    serve(socket, work)
}

/// Why a child ended without being told to.
#[derive(Debug, thiserror::Error)]
pub enum ChildError {
    /// It could not lock itself in.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// It lost its parent, or was not started by one.
    #[error("cannot talk to the parent process (this command is started by the indexer, not by hand): {0}")]
    Talk(#[from] io::Error),
}

/// The parent opens everything so that it stays behind when a program starts, but the parent's own parent, or a
/// library, may have left something open that does not.
fn close_inherited() {
    #[expect(
        unsafe_code,
        reason = "nothing beyond the standard three is open yet that belongs to anyone here"
    )]
    // Where the call does not exist (before Linux 5.9), there is nothing more to be done.
    unsafe {
        libc::syscall(libc::SYS_close_range, 3, libc::c_uint::MAX, 0);
    }
}

/// The socket comes as standard input; from here on that is /dev/null.
fn take_socket() -> Result<UnixStream, ChildError> {
    let socket = io::stdin().as_fd().try_clone_to_owned()?;
    rustix::stdio::dup2_stdin(File::open("/dev/null")?).map_err(io::Error::from)?;
    Ok(UnixStream::from(socket))
}

fn serve<Req, Rep>(
    mut socket: UnixStream,
    mut work: impl FnMut(Req, Vec<OwnedFd>) -> Rep,
) -> Result<(), ChildError>
where
    Req: DeserializeOwned,
    Rep: Serialize,
{
    let maximum = getrlimit(Resource::Cpu).maximum;
    while let Some((job, files)) = wire::receive::<Job<Req>>(&mut socket)? {
        if files.len() != job.files {
            return Err(io::Error::other("not all files of a job arrived").into());
        }
        allow_cpu(job.cpu_seconds, maximum)?;
        let reply = work(job.request, files);
        wire::send(&mut socket, &Answer { number: job.number, reply })?;
    }
    Ok(())
}

/// The kernel counts a process's whole life, so each job's limit starts from what is used already.
fn allow_cpu(seconds: u64, maximum: Option<u64>) -> io::Result<()> {
    let used = u64::try_from(clock_gettime(ClockId::ProcessCPUTime).tv_sec).unwrap_or(0);
    // One more, because the part of a second already used would be taken from this job's.
    let current = Some(used.saturating_add(seconds).saturating_add(1));
    Ok(setrlimit(Resource::Cpu, Rlimit { current, maximum })?)
}
