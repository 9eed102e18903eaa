//! What a child may use: for its whole life, and for one job.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Bounds that hold for a child's whole life; the kernel enforces them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Bytes of address space (program, libraries and stacks included).
    pub address_space: u64,
    /// Bytes that any one file the child writes may have.
    pub file_size: u64,
    /// Descriptors that may be open at once.
    pub open_files: u64,
    /// Whether the working directory is a scratch folder that the child may use.
    pub scratch: bool,
    /// Go on where the kernel has no landlock; seccomp still stands.
    pub allow_without_landlock: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            address_space: 1536 << 20,
            file_size: 256 << 20,
            open_files: 64,
            scratch: false,
            allow_without_landlock: false,
        }
    }
}

/// What one job may use. Beyond it the child is killed and replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Time on the wall's clock, from sending the request to having the reply.
    pub wall: Duration,
    /// Processor time of all threads together, in whole seconds (the kernel counts no finer).
    pub cpu_seconds: u64,
}

impl Default for Budget {
    fn default() -> Self {
        Self { wall: Duration::from_secs(60), cpu_seconds: 30 }
    }
}
