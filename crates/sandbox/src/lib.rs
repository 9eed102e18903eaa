//! Start, jail, limit, talk to and kill a child process.
//!
//! Bytes that strangers made are decoded in a child that can do nothing but compute: no network, no file
//! system but the descriptors it is handed (and one empty scratch folder, if asked for), no other process,
//! bounded memory, processor time and output. It may crash; its parent says why and goes on.
//!
//! The parent owns a [`Pool`]. The child is a program that does nothing but [`child::run`]. A request and its reply are small JSON messages over a Unix socket pair; files travel
//! beside them as open descriptors.

#[cfg(not(target_os = "linux"))]
compile_error!("the sandbox is made of Linux parts: landlock, seccomp and /proc");

pub mod child;
mod error;
mod limits;
mod pool;
mod support;
mod wire;

pub use child::{LockError, lock};
pub use error::SandboxError;
pub use limits::{Budget, Limits};
pub use pool::{ChildInfo, Pool, Settings};
pub use support::{Support, support};

/// The part of the log that tells how children ended. Whoever wanted something of them is told why it came to nothing.
pub const POOL_LOG: &str = "sandbox::pool";
