//! What a child died of.

use std::{os::unix::process::ExitStatusExt, process::ExitStatus};

use crate::{Budget, Limits, SandboxError};

/// Turns the way a child ended, and its last words, into the reason a job has no reply.
pub(super) fn verdict(status: ExitStatus, stderr: String, budget: Budget, limits: &Limits) -> SandboxError {
    match status.signal() {
        Some(libc::SIGXCPU) => return SandboxError::CpuLimit(budget.cpu_seconds),
        Some(libc::SIGXFSZ) => return SandboxError::OutputLimit(limits.file_size),
        // No child sends these: its own limits end it by others, and its jail lets it signal nobody.
        Some(signal @ (libc::SIGKILL | libc::SIGTERM | libc::SIGINT | libc::SIGHUP | libc::SIGQUIT)) => {
            return SandboxError::Killed { how: named(signal), starved: signal == libc::SIGKILL };
        }
        _ => {}
    }
    // What Rust's, C++'s and our own allocation failures say before they abort.
    let hungry = ["memory allocation of", "bad_alloc", "out of memory"];
    if hungry.iter().any(|words| stderr.contains(words)) {
        return SandboxError::OutOfMemory { limit: limits.address_space, stderr };
    }
    // The reason and the place of a panic, in the one line that a log has.
    let stderr = stderr.split_whitespace().collect::<Vec<_>>().join(" ");
    let how = match status.signal() {
        Some(signal) => named(signal),
        None => format!("exit status {}", status.code().unwrap_or_default()),
    };
    SandboxError::Crashed { how, stderr }
}

fn named(signal: i32) -> String {
    name(signal).map_or_else(|| format!("signal {signal}"), str::to_owned)
}

fn name(signal: i32) -> Option<&'static str> {
    Some(match signal {
        libc::SIGSEGV => "SIGSEGV (touched memory that is not its own)",
        libc::SIGBUS => "SIGBUS (touched memory that is not there)",
        libc::SIGABRT => "SIGABRT (gave up)",
        libc::SIGILL => "SIGILL (met an instruction that does not exist)",
        libc::SIGFPE => "SIGFPE (divided by zero)",
        libc::SIGSYS => "SIGSYS (tried what it must not do)",
        libc::SIGKILL => "SIGKILL (killed from outside, most likely because the machine ran out of memory)",
        libc::SIGTERM => "SIGTERM (told to end from outside)",
        libc::SIGINT => "SIGINT (interrupted from outside)",
        libc::SIGPIPE => "SIGPIPE",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_killed_from_outside_has_not_crashed() {
        let budget = Budget { wall: std::time::Duration::from_secs(1), cpu_seconds: 1 };
        let end = |signal| verdict(ExitStatus::from_raw(signal), String::new(), budget, &Limits::default());
        for (signal, memory) in [(libc::SIGKILL, true), (libc::SIGTERM, false), (libc::SIGINT, false)] {
            let ended = end(signal);
            assert!(
                matches!(ended, SandboxError::Killed { starved, .. } if starved == memory),
                "{signal}: {ended}"
            );
        }
        for signal in [libc::SIGABRT, libc::SIGSEGV, libc::SIGSYS] {
            assert!(matches!(end(signal), SandboxError::Crashed { .. }), "{signal}");
        }
        // Its own limit of memory ends a child by its own hand.
        let words = "memory allocation of 8589934592 bytes failed".to_owned();
        let hungry = verdict(ExitStatus::from_raw(libc::SIGABRT), words, budget, &Limits::default());
        assert!(matches!(hungry, SandboxError::OutOfMemory { .. }), "{hungry}");
    }

    #[test]
    fn the_log_names_the_place_of_a_panic() {
        let words =
            "thread 'main' (6534) panicked at src/decoders/mrw.rs:185:18:\nattempt to add with overflow\n";
        let budget = Budget { wall: std::time::Duration::from_secs(1), cpu_seconds: 1 };
        let gave_up = ExitStatus::from_raw(libc::SIGABRT);
        assert_eq!(
            verdict(gave_up, words.to_owned(), budget, &Limits::default()).to_string(),
            "the sandboxed process ended with SIGABRT (gave up), saying: thread 'main' (6534) panicked at \
             src/decoders/mrw.rs:185:18: attempt to add with overflow"
        );
    }
}
