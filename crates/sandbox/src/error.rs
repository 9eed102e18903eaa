//! Why a job has no reply.

use std::{io, time::Duration};

/// Why a job in a child came to nothing. The pool itself goes on with the next job.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// The process could not be started at all.
    #[error("the sandboxed process could not be started: {0}")]
    Start(#[source] io::Error),
    /// The child would not work because it could not be locked in.
    #[error("the sandboxed process refused to work: {0}")]
    Refused(String),
    /// The child ended in the middle of the job.
    #[error("the sandboxed process ended with {how}{}", last_words(.stderr))]
    Crashed {
        /// The signal's name, or the exit status.
        how: String,
        /// The end of what it wrote to standard error.
        stderr: String,
    },
    /// Somebody else ended the child in the middle of the job: the kernel, a person, whoever ends programs.
    #[error("the sandboxed process was ended by {how}")]
    Killed {
        /// The signal's name.
        how: String,
        /// Whether it is the signal by which the kernel gets memory back when there is none left.
        starved: bool,
    },
    /// The job took longer than its budget allows.
    #[error("the job took longer than {} s", .0.as_secs_f64())]
    TimedOut(Duration),
    /// The job used more processor time than its budget allows.
    #[error("the job used more than {0} s of processor time")]
    CpuLimit(u64),
    /// The job needed more memory than the child may have.
    #[error("the job needed more memory than the {} MiB allowed{}", .limit >> 20, last_words(.stderr))]
    OutOfMemory {
        /// Bytes of address space allowed.
        limit: u64,
        /// The end of what the child wrote to standard error.
        stderr: String,
    },
    /// The job wrote a file larger than a child may write.
    #[error("the job wrote a file of more than {0} bytes")]
    OutputLimit(u64),
    /// The job filled its scratch folder.
    #[error("the job filled its scratch folder of {0} bytes")]
    ScratchLimit(u64),
    /// The child's answer made no sense, or could not be sent or read.
    #[error("the sandboxed process broke the protocol: {0}")]
    Protocol(String),
    /// The pool was closed.
    #[error("the pool of sandboxed processes is closed")]
    Closed,
}

fn last_words(stderr: &str) -> String {
    if stderr.is_empty() { String::new() } else { format!(", saying: {stderr}") }
}
