//! What the running kernel offers to lock a child in.

use std::path::Path;

use serde::{Deserialize, Serialize};

/// What the running kernel offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Support {
    /// Version of landlock's interface; 0 where the kernel has none or it is switched off.
    pub landlock_abi: u32,
    /// Whether system calls can be filtered.
    pub seccomp: bool,
}

/// Asks the running kernel.
pub fn support() -> Support {
    Support { landlock_abi: landlock_abi(), seccomp: seccomp() }
}

fn seccomp() -> bool {
    // The file stands where filters are built in; prctl answers even where /proc/sys is hidden.
    Path::new("/proc/sys/kernel/seccomp/actions_avail").exists()
        || rustix::thread::secure_computing_mode().is_ok()
}

fn landlock_abi() -> u32 {
    const VERSION: libc::c_uint = 1;
    #[expect(
        unsafe_code,
        reason = "the landlock crate has no way to ask for the version; no memory is passed"
    )]
    let answer = unsafe {
        libc::syscall(libc::SYS_landlock_create_ruleset, std::ptr::null::<libc::c_void>(), 0_usize, VERSION)
    };
    u32::try_from(answer).unwrap_or(0)
}
