//! A child that tries to break out, one attempt at a time. After each the pool must go on.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::{
    io::Read,
    os::fd::{AsFd, BorrowedFd},
    time::{Duration, Instant},
};

use sandbox::{Budget, Pool, SandboxError, Settings};

const BUDGET: Budget = Budget { wall: Duration::from_secs(90), cpu_seconds: 10 };

fn settings() -> Settings {
    Settings {
        arguments: vec!["child".into()],
        size: 1,
        ..Settings::new(env!("CARGO_BIN_EXE_sandbox-probe"))
    }
}

async fn attempt_with(
    pool: &Pool,
    budget: Budget,
    name: &str,
    size: u64,
    files: &[BorrowedFd<'_>],
) -> Result<String, SandboxError> {
    pool.run(1, budget, &(name, size), files).await
}

async fn attempt(pool: &Pool, name: &str, size: u64) -> Result<String, SandboxError> {
    attempt_with(pool, BUDGET, name, size, &[]).await
}

async fn assert_goes_on(pool: &Pool) {
    assert_eq!(attempt(pool, "echo", 5).await.unwrap(), "ok: 5");
}

/// What fails in an orderly way: the child lives and says "no".
#[tokio::test]
async fn opening_listing_writing_and_signalling_are_denied() {
    let pool = Pool::new(settings());
    let before = attempt(&pool, "pid", 0).await.unwrap();
    for name in ["open", "list", "write-outside", "write-scratch", "signal-parent"] {
        let answer = attempt(&pool, name, 1).await.unwrap();
        assert!(answer.starts_with("no: "), "{name}: {answer}");
    }
    assert!(!std::path::Path::new("/tmp/tessera-probe-was-here").exists());
    assert_eq!(attempt(&pool, "pid", 0).await.unwrap(), before, "the child should have lived on");
    assert_eq!(attempt(&pool, "environment", 0).await.unwrap(), "ok: MALLOC_ARENA_MAX");
    // Threads are allowed, and locked in like the first.
    assert_eq!(attempt(&pool, "threads", 5).await.unwrap(), "ok: 30");
}

/// What no decoder does by accident kills the child.
#[tokio::test]
async fn sockets_and_programs_kill_the_child() {
    let pool = Pool::new(settings());
    for name in ["tcp", "unix", "spawn", "exec"] {
        match attempt(&pool, name, 1).await {
            Err(SandboxError::Crashed { how, .. }) => assert!(how.starts_with("SIGSYS"), "{name}: {how}"),
            other => panic!("{name}: {other:?}"),
        }
        assert_goes_on(&pool).await;
    }
}

#[tokio::test]
async fn crashes_are_told_apart() {
    let pool = Pool::new(settings());
    let cases = [
        ("segfault", 0, "SIGSEGV", ""),
        ("abort", 0, "SIGABRT", ""),
        ("overflow-stack", 0, "SIGABRT", "overflowed its stack"),
        ("divide", 0, "exit status 101", "divide by zero"),
    ];
    for (name, size, expected, words) in cases {
        match attempt(&pool, name, size).await {
            Err(SandboxError::Crashed { how, stderr }) => {
                assert!(how.starts_with(expected) && stderr.contains(words), "{name}: {how}: {stderr}");
            }
            other => panic!("{name}: {other:?}"),
        }
        assert_goes_on(&pool).await;
    }
}

#[tokio::test]
async fn memory_time_and_output_are_bounded() {
    let mut settings = settings();
    settings.limits.address_space = 512 << 20;
    settings.limits.file_size = 1 << 20;
    let pool = Pool::new(settings);

    assert_eq!(attempt(&pool, "allocate", 100 << 20).await.unwrap(), format!("ok: {}", 100 << 20));
    let hungry = attempt(&pool, "allocate", 600 << 20).await;
    assert!(matches!(hungry, Err(SandboxError::OutOfMemory { limit: 0x2000_0000, .. })), "{hungry:?}");
    assert_goes_on(&pool).await;

    let spin = attempt_with(&pool, Budget { cpu_seconds: 1, ..BUDGET }, "spin", 0, &[]).await;
    assert!(matches!(spin, Err(SandboxError::CpuLimit(1))), "{spin:?}");
    assert_goes_on(&pool).await;

    let wall = Duration::from_millis(300);
    let start = Instant::now();
    let sleep = attempt_with(&pool, Budget { wall, ..BUDGET }, "sleep", 60_000, &[]).await;
    assert!(matches!(sleep, Err(SandboxError::TimedOut(time)) if time == wall), "{sleep:?}");
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    assert_goes_on(&pool).await;

    let (from, to) = (source(100_000), tempfile::tempfile().unwrap());
    let large = attempt_with(&pool, BUDGET, "copy", 20, &[from.as_fd(), to.as_fd()]).await;
    assert!(matches!(large, Err(SandboxError::OutputLimit(0x10_0000))), "{large:?}");
    assert_goes_on(&pool).await;

    // More than any answer may have: the child fails, the parent does not read without end.
    let long = attempt(&pool, "long-reply", 5 << 20).await;
    assert!(matches!(long, Err(SandboxError::Crashed { .. })), "{long:?}");
    assert_goes_on(&pool).await;
}

/// A file of so many bytes, opened for reading only.
fn source(length: usize) -> std::fs::File {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), vec![b'a'; length]).unwrap();
    std::fs::File::open(file.path()).unwrap()
}

#[tokio::test]
async fn files_travel_in_order_and_inputs_stay_read_only() {
    let pool = Pool::new(settings());
    let to = tempfile::NamedTempFile::new().unwrap();
    let output = to.reopen().unwrap();
    let answer =
        attempt_with(&pool, BUDGET, "copy", 3, &[source(1000).as_fd(), output.as_fd()]).await.unwrap();
    assert_eq!(answer, "ok: 1000 bytes, input read-only: true");
    let mut written = Vec::new();
    to.reopen().unwrap().read_to_end(&mut written).unwrap();
    assert_eq!(written, vec![b'a'; 3000]);
    // No descriptor of an earlier job is handed out again.
    assert_eq!(attempt(&pool, "copy", 1).await.unwrap(), "ok: files are missing");
}

#[tokio::test]
async fn scratch_is_usable_empty_for_each_job_and_bounded() {
    let base = tempfile::tempdir().unwrap();
    let pool =
        Pool::new(Settings { scratch: Some(base.path().to_owned()), scratch_bytes: 5 << 20, ..settings() });
    assert_eq!(attempt(&pool, "write-scratch", 1000).await.unwrap(), "ok: 10");
    assert_eq!(attempt(&pool, "count-scratch", 0).await.unwrap(), "ok: 0");
    for name in ["open", "list", "write-outside"] {
        let answer = attempt(&pool, name, 1).await.unwrap();
        assert!(answer.starts_with("no: "), "{name}: {answer}");
    }
    let filled = attempt(&pool, "write-scratch", 1 << 20).await;
    assert!(matches!(filled, Err(SandboxError::ScratchLimit(_))), "{filled:?}");
    assert_goes_on(&pool).await;
    drop(pool);
    assert_eq!(std::fs::read_dir(base.path()).unwrap().count(), 0);
}
