//! Parents for the tests that need a process of their own.

use std::{collections::BTreeMap, io::Write, time::Duration};

use sandbox::{Budget, Pool, SandboxError, Settings};
use seccompiler::{BpfProgram, SeccompAction, SeccompFilter, TargetArch, apply_filter};
use tokio::runtime::{Builder, Runtime};

type Ended = Result<(), String>;

fn runtime() -> Result<Runtime, String> {
    Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())
}

fn say(text: &str) -> Ended {
    let mut out = std::io::stdout();
    writeln!(out, "{text}").and_then(|()| out.flush()).map_err(|error| error.to_string())
}

async fn echo(pool: &Pool) -> Result<String, SandboxError> {
    pool.run(1, Budget::default(), &("echo", 7), &[]).await
}

/// The running program as its own child.
fn this_program() -> Settings {
    Settings { arguments: vec!["child".into()], ..Settings::new("/proc/self/exe") }
}

/// The ordinary case.
pub(crate) fn own_child() -> Ended {
    let answer = runtime()?.block_on(async { echo(&Pool::new(this_program())).await });
    say(&answer.map_err(|error| error.to_string())?)
}

/// A kernel without landlock, as far as this process and its children can see.
pub(crate) fn without_landlock() -> Ended {
    hide_landlock().map_err(|error| error.to_string())?;
    say(&format!("abi {}", sandbox::support().landlock_abi))?;
    let strict = this_program();
    let mut lenient = strict.clone();
    lenient.limits.allow_without_landlock = true;
    runtime()?.block_on(async {
        for settings in [strict, lenient] {
            let pool = Pool::new(settings);
            say(&echo(&pool).await.unwrap_or_else(|error| error.to_string()))?;
            let open: Result<String, _> = pool.run(1, Budget::default(), &("open", 0), &[]).await;
            say(&open.unwrap_or_else(|error| error.to_string()))?;
        }
        Ok(())
    })
}

fn hide_landlock() -> Result<(), Box<dyn std::error::Error>> {
    let absent = SeccompAction::Errno(libc::ENOSYS.unsigned_abs());
    let rules = BTreeMap::from([(libc::SYS_landlock_create_ruleset, Vec::new())]);
    let arch = TargetArch::try_from(std::env::consts::ARCH)?;
    let program: BpfProgram = SeccompFilter::new(rules, SeccompAction::Allow, absent, arch)?.try_into()?;
    Ok(apply_filter(&program)?)
}

/// Says its child's process id, has it spin, and waits to be killed.
pub(crate) fn lose_parent() -> Ended {
    runtime()?.block_on(async {
        let pool = Pool::new(this_program());
        let budget = Budget { wall: Duration::from_secs(120), cpu_seconds: 120 };
        let pid: String = pool.run(1, budget, &("pid", 0), &[]).await.map_err(|error| error.to_string())?;
        say(&pid)?;
        let spun: Result<String, _> = pool.run(1, budget, &("spin", 0), &[]).await;
        spun.map(drop).map_err(|error| error.to_string())
    })
}
