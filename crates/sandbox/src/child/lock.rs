//! Locking a process in, for good.

use std::{
    fs::{self, File},
    io,
};

use landlock::{
    ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, PathBeneath, Ruleset, RulesetAttr,
    RulesetCreatedAttr, RulesetError, RulesetStatus, Scope,
};
use rustix::{
    process::{
        DumpableBehavior, Resource, Rlimit, Signal, set_dumpable_behavior, set_parent_process_death_signal,
        setrlimit,
    },
    thread::{CapabilitySet, CapabilitySets, set_capabilities, set_no_new_privs},
};

use super::filter;
use crate::Limits;

/// Why a process could not be locked in.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Landlock binds one thread only, so there must be no other.
    #[error("the process has {0} threads, and only a single thread can be locked in for all to come")]
    Threads(usize),
    /// The kernel has no landlock and nobody said that this is all right.
    #[error(
        "this kernel has no landlock: use Linux 5.13 or newer with landlock enabled, or allow decoding without it"
    )]
    NoLandlock,
    /// A limit could not be set.
    #[error("a limit could not be set: {0}")]
    Limit(#[from] io::Error),
    /// Landlock is there but failed.
    #[error("landlock failed: {0}")]
    Landlock(#[from] Box<RulesetError>),
    /// The system calls could not be filtered.
    #[error("seccomp failed: {0}")]
    Seccomp(#[from] filter::FilterError),
}

/// Locks the calling process in. There is no way back, and threads started later are locked in as well.
pub fn lock(limits: &Limits) -> Result<(), LockError> {
    let threads = fs::read_dir("/proc/self/task")?.count();
    if threads != 1 {
        return Err(LockError::Threads(threads));
    }
    drop_privileges().map_err(io::Error::from)?;
    set_limits(limits).map_err(io::Error::from)?;
    let scratch = limits.scratch.then(|| File::open(".")).transpose()?;
    let landlocked = shut_file_system(scratch).map_err(Box::new)?;
    if !landlocked && !limits.allow_without_landlock {
        return Err(LockError::NoLandlock);
    }
    filter::apply(limits.scratch)?;
    Ok(())
}

fn drop_privileges() -> rustix::io::Result<()> {
    let none = CapabilitySet::empty();
    set_capabilities(None, CapabilitySets { effective: none, permitted: none, inheritable: none })?;
    set_no_new_privs(true)?;
    set_dumpable_behavior(DumpableBehavior::NotDumpable)?;
    set_parent_process_death_signal(Some(Signal::KILL))
}

fn set_limits(limits: &Limits) -> rustix::io::Result<()> {
    let hard = |resource, value| setrlimit(resource, Rlimit { current: Some(value), maximum: Some(value) });
    hard(Resource::As, limits.address_space)?;
    hard(Resource::Fsize, limits.file_size)?;
    hard(Resource::Nofile, limits.open_files)?;
    hard(Resource::Core, 0)?;
    hard(Resource::Memlock, 0)
}

/// Landlock, as strict as the running kernel can; says whether anything is enforced.
fn shut_file_system(scratch: Option<File>) -> Result<bool, RulesetError> {
    let newest = ABI::V10;
    let mut ruleset = Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(newest))?
        .handle_access(AccessNet::from_all(newest))?
        .scope(Scope::from_all(newest))?
        .create()?;
    if let Some(folder) = scratch {
        // Plain files and folders only: no links, devices, sockets or programs.
        let use_it = AccessFs::ReadFile
            | AccessFs::WriteFile
            | AccessFs::Truncate
            | AccessFs::MakeReg
            | AccessFs::RemoveFile
            | AccessFs::ReadDir
            | AccessFs::MakeDir
            | AccessFs::RemoveDir;
        ruleset = ruleset.add_rule(PathBeneath::new(folder, use_it))?;
    }
    Ok(ruleset.restrict_self()?.ruleset != RulesetStatus::NotEnforced)
}
