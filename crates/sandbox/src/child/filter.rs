//! Which system calls a locked child may make.
//!
//! Two filters. The first kills the process for what no decoder ever does by accident (start a program, open
//! a socket, look into another process): the parent sees SIGSYS and says so. The second lets through what
//! computing, threads and reading or writing open descriptors need, and answers "no such call" to all else,
//! so that libraries fall back or fail in an orderly way.

use std::collections::BTreeMap;

use libc::{c_long, pid_t};
use seccompiler::{
    BackendError, BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule, TargetArch, apply_filter,
};

type Rules = BTreeMap<c_long, Vec<SeccompRule>>;

/// Why the filters could not be set.
#[derive(Debug, thiserror::Error)]
pub enum FilterError {
    /// A filter could not be built.
    #[error(transparent)]
    Build(#[from] BackendError),
    /// The kernel did not take a filter.
    #[error(transparent)]
    Apply(#[from] seccompiler::Error),
}

/// Sets both filters for this thread and all that it will start.
pub(super) fn apply(scratch: bool) -> Result<(), FilterError> {
    set(deadly()?, SeccompAction::Allow, SeccompAction::KillProcess)?;
    let unknown = SeccompAction::Errno(libc::ENOSYS.unsigned_abs());
    set(harmless(scratch)?, unknown, SeccompAction::Allow)
}

fn set(rules: Rules, otherwise: SeccompAction, on_match: SeccompAction) -> Result<(), FilterError> {
    let arch = TargetArch::try_from(std::env::consts::ARCH)?;
    let program: BpfProgram = SeccompFilter::new(rules, otherwise, on_match, arch)?.try_into()?;
    Ok(apply_filter(&program)?)
}

/// What kills the child.
fn deadly() -> Result<Rules, BackendError> {
    let mut rules = unconditional(&[
        libc::SYS_execve,
        libc::SYS_execveat,
        libc::SYS_socket,
        libc::SYS_connect,
        libc::SYS_bind,
        libc::SYS_listen,
        libc::SYS_ptrace,
        libc::SYS_process_vm_readv,
        libc::SYS_process_vm_writev,
        libc::SYS_pidfd_getfd,
        libc::SYS_mount,
        libc::SYS_umount2,
        libc::SYS_pivot_root,
        libc::SYS_chroot,
        libc::SYS_setns,
        libc::SYS_unshare,
        libc::SYS_bpf,
        libc::SYS_perf_event_open,
        libc::SYS_userfaultfd,
        libc::SYS_io_uring_setup,
        libc::SYS_io_uring_enter,
        libc::SYS_keyctl,
        libc::SYS_add_key,
        libc::SYS_request_key,
        libc::SYS_init_module,
        libc::SYS_finit_module,
        libc::SYS_kexec_load,
        libc::SYS_open_by_handle_at,
    ]);
    #[cfg(target_arch = "x86_64")]
    rules.extend(unconditional(&[libc::SYS_fork, libc::SYS_vfork]));
    let thread = libc::CLONE_THREAD.unsigned_abs().into();
    rules.insert(libc::SYS_clone, vec![when(0, SeccompCmpOp::MaskedEq(thread), 0)?]);
    Ok(rules)
}

/// What the child may do.
fn harmless(scratch: bool) -> Result<Rules, BackendError> {
    let mut rules = unconditional(ALWAYS);
    #[cfg(target_arch = "x86_64")]
    rules.extend(unconditional(&[libc::SYS_poll, libc::SYS_time, libc::SYS_getrlimit]));
    if scratch {
        rules.extend(unconditional(WITH_SCRATCH));
        #[cfg(target_arch = "x86_64")]
        rules.extend(unconditional(&[libc::SYS_open, libc::SYS_unlink, libc::SYS_mkdir, libc::SYS_rmdir]));
    } else {
        // Asking about an open descriptor, not about a path.
        let empty_path = libc::AT_EMPTY_PATH.unsigned_abs().into();
        let about_fd = |flags_at| when(flags_at, SeccompCmpOp::MaskedEq(empty_path), empty_path);
        rules.insert(libc::SYS_newfstatat, vec![about_fd(3)?]);
        rules.insert(libc::SYS_statx, vec![about_fd(2)?]);
    }
    // Threads, not processes. clone3 hides its flags, so it stays unknown and libc falls back to clone.
    let thread = libc::CLONE_THREAD.unsigned_abs().into();
    rules.insert(libc::SYS_clone, vec![when(0, SeccompCmpOp::MaskedEq(thread), thread)?]);
    // Memory, but none that is code.
    let code = libc::PROT_EXEC.unsigned_abs().into();
    for call in [libc::SYS_mmap, libc::SYS_mprotect] {
        rules.insert(call, vec![when(2, SeccompCmpOp::MaskedEq(code), 0)?]);
    }
    // abort() sends a signal: to itself, and to nobody else.
    let me: pid_t = rustix::process::getpid().as_raw_nonzero().get();
    rules.insert(libc::SYS_tgkill, vec![when(0, SeccompCmpOp::Eq, me.unsigned_abs().into())?]);
    // Its own limits; without capabilities it can only lower the hard ones.
    rules.insert(libc::SYS_prlimit64, vec![when(0, SeccompCmpOp::Eq, 0)?]);
    rules.insert(libc::SYS_prctl, any_of(0, &[libc::PR_SET_NAME])?);
    // Not F_SETOWN and F_SETSIG: they send signals to others.
    let fcntl =
        [libc::F_DUPFD, libc::F_DUPFD_CLOEXEC, libc::F_GETFD, libc::F_SETFD, libc::F_GETFL, libc::F_SETFL];
    rules.insert(libc::SYS_fcntl, any_of(1, &fcntl)?);
    Ok(rules)
}

const ALWAYS: &[c_long] = &[
    // open descriptors
    libc::SYS_read,
    libc::SYS_readv,
    libc::SYS_pread64,
    libc::SYS_preadv,
    libc::SYS_write,
    libc::SYS_writev,
    libc::SYS_pwrite64,
    libc::SYS_pwritev,
    libc::SYS_lseek,
    libc::SYS_fstat,
    libc::SYS_ftruncate,
    libc::SYS_fallocate,
    libc::SYS_fadvise64,
    libc::SYS_fsync,
    libc::SYS_fdatasync,
    libc::SYS_dup,
    libc::SYS_close,
    libc::SYS_close_range,
    libc::SYS_ppoll,
    // the parent's socket
    libc::SYS_sendto,
    libc::SYS_sendmsg,
    libc::SYS_recvfrom,
    libc::SYS_recvmsg,
    // memory
    libc::SYS_brk,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_madvise,
    // threads
    libc::SYS_futex,
    libc::SYS_set_robust_list,
    libc::SYS_rseq,
    libc::SYS_sched_yield,
    libc::SYS_sched_getaffinity,
    libc::SYS_getpid,
    libc::SYS_getppid,
    libc::SYS_gettid,
    libc::SYS_exit,
    libc::SYS_exit_group,
    // time and chance
    libc::SYS_clock_gettime,
    libc::SYS_clock_getres,
    libc::SYS_clock_nanosleep,
    libc::SYS_nanosleep,
    libc::SYS_gettimeofday,
    libc::SYS_getrandom,
    libc::SYS_getrusage,
    // its own signals
    libc::SYS_sigaltstack,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_restart_syscall,
    // who and where am I
    libc::SYS_uname,
    libc::SYS_sysinfo,
    libc::SYS_getuid,
    libc::SYS_geteuid,
    libc::SYS_getgid,
    libc::SYS_getegid,
];

/// Landlock confines these to the scratch folder.
const WITH_SCRATCH: &[c_long] = &[
    libc::SYS_openat,
    libc::SYS_newfstatat,
    libc::SYS_statx,
    libc::SYS_faccessat,
    libc::SYS_faccessat2,
    libc::SYS_getdents64,
    libc::SYS_mkdirat,
    libc::SYS_unlinkat,
    libc::SYS_renameat,
    libc::SYS_renameat2,
];

fn unconditional(calls: &[c_long]) -> Rules {
    calls.iter().map(|call| (*call, Vec::new())).collect()
}

fn when(argument: u8, test: SeccompCmpOp, value: u64) -> Result<SeccompRule, BackendError> {
    // Plain comparisons here are of C ints, whose upper half is nobody's business.
    let length = match test {
        SeccompCmpOp::Eq => SeccompCmpArgLen::Dword,
        _ => SeccompCmpArgLen::Qword,
    };
    SeccompRule::new(vec![SeccompCondition::new(argument, length, test, value)?])
}

fn any_of(argument: u8, values: &[libc::c_int]) -> Result<Vec<SeccompRule>, BackendError> {
    values.iter().map(|value| when(argument, SeccompCmpOp::Eq, value.unsigned_abs().into())).collect()
}
