//! Who serves whom, for how long, and what is left behind.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::{
    collections::BTreeSet,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use sandbox::{Budget, Pool, SandboxError, Settings};

const PROBE: &str = env!("CARGO_BIN_EXE_sandbox-probe");

fn settings(size: usize) -> Settings {
    Settings { arguments: vec!["child".into()], size, ..Settings::new(PROBE) }
}

async fn pid(pool: &Pool, owner: i64) -> String {
    let answer: String = pool.run(owner, Budget::default(), &("pid", 0), &[]).await.unwrap();
    answer.trim_start_matches("ok: ").to_owned()
}

fn alive(pid: &str) -> bool {
    // A zombie has ended.
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit_once(") ").is_some_and(|(_, rest)| !rest.starts_with(['Z', 'X']))
}

async fn gone(pid: &str) -> bool {
    let start = Instant::now();
    while alive(pid) && start.elapsed() < Duration::from_secs(10) {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    !alive(pid)
}

#[tokio::test]
async fn a_child_serves_one_owner_and_so_many_jobs() {
    let pool = Pool::new(Settings { jobs_per_child: 3, ..settings(2) });
    let mut served = Vec::new();
    for _ in 0..7 {
        served.push(pid(&pool, 1).await);
    }
    assert!(served[0] == served[2] && served[2] != served[3] && served[3] == served[5], "{served:?}");
    assert!(gone(&served[0]).await, "a used-up child must end");
    assert_ne!(pid(&pool, 2).await, served[6]);
    assert_eq!(pid(&pool, 1).await, served[6], "there is room for a child of each");
    // A third owner takes the place of the one that was idle longest: owner 2.
    pid(&pool, 3).await;
    let owners: BTreeSet<i64> = pool.idle_children().iter().map(|child| child.owner).collect();
    assert_eq!(owners, BTreeSet::from([1, 3]));
}

#[tokio::test]
async fn no_more_children_than_the_pool_has_places() {
    let pool = Pool::new(settings(2));
    let start = Instant::now();
    let job = |owner| {
        let pool = pool.clone();
        async move { pool.run::<_, String>(owner, Budget::default(), &("sleep", 300), &[]).await.unwrap() }
    };
    tokio::join!(job(1), job(1), job(2), job(3));
    assert!(start.elapsed() >= Duration::from_millis(600), "four jobs of 0.3 s in two places");
    assert!(pool.idle_children().len() <= 2);
}

#[tokio::test]
async fn idle_children_end_and_a_dead_one_is_not_used() {
    let pool = Pool::new(Settings { idle: Duration::from_millis(400), ..settings(1) });
    let first = pid(&pool, 1).await;
    assert!(alive(&first));
    assert!(gone(&first).await);
    let second = pid(&pool, 1).await;
    let raw = rustix::process::Pid::from_raw(second.parse().unwrap()).unwrap();
    rustix::process::kill_process(raw, rustix::process::Signal::KILL).unwrap();
    assert!(gone(&second).await);
    assert_ne!(pid(&pool, 1).await, second);
}

/// By the kernel when memory runs out, or by a person: not by what it works on.
#[tokio::test]
async fn a_child_killed_over_a_job_is_told_from_one_that_crashed() {
    let pool = Pool::new(settings(1));
    for (signal, memory) in [(rustix::process::Signal::KILL, true), (rustix::process::Signal::TERM, false)] {
        let id = pid(&pool, 1).await;
        let raw = rustix::process::Pid::from_raw(id.parse().unwrap()).unwrap();
        let job = pool.run::<_, String>(1, Budget::default(), &("sleep", 20_000), &[]);
        let kill = async {
            tokio::time::sleep(Duration::from_millis(200)).await;
            rustix::process::kill_process(raw, signal).unwrap();
        };
        let (ended, ()) = tokio::join!(job, kill);
        assert!(matches!(ended, Err(SandboxError::Killed { starved, .. }) if starved == memory), "{ended:?}");
    }
}

#[tokio::test]
async fn a_job_given_up_is_killed_and_a_closed_pool_says_so() {
    let pool = Pool::new(settings(1));
    let id = pid(&pool, 1).await;
    let run = pool.run::<_, String>(1, Budget::default(), &("spin", 0), &[]);
    assert!(tokio::time::timeout(Duration::from_millis(200), run).await.is_err());
    assert!(gone(&id).await, "dropping the future must kill the child");
    let id = pid(&pool, 1).await;
    pool.close();
    assert!(gone(&id).await);
    let refused = pool.run::<_, String>(1, Budget::default(), &("echo", 1), &[]).await;
    assert!(matches!(refused, Err(SandboxError::Closed)), "{refused:?}");
}

/// Standard input, output and error, and the socket; not what somebody left open in the parent.
#[tokio::test]
async fn nothing_else_that_is_open_reaches_the_child() {
    let secret = std::fs::File::open("/etc/passwd").unwrap();
    rustix::io::fcntl_setfd(&secret, rustix::io::FdFlags::empty()).unwrap();
    let pool = Pool::new(settings(1));
    let open: String = pool.run(1, Budget::default(), &("descriptors", 0), &[]).await.unwrap();
    assert_eq!(open, "ok: 4");
}

#[tokio::test]
async fn what_cannot_start_says_so() {
    let missing = Pool::new(Settings { program: PathBuf::from("/nonexistent/program"), ..settings(1) });
    let error = missing.run::<_, String>(1, Budget::default(), &("echo", 1), &[]).await;
    assert!(matches!(error, Err(SandboxError::Start(_))), "{error:?}");
    let confused = Pool::new(Settings { arguments: vec!["nothing".into()], ..settings(1) });
    let error = confused.run::<_, String>(1, Budget::default(), &("echo", 1), &[]).await;
    let Err(SandboxError::Crashed { how, stderr }) = error else { panic!("{error:?}") };
    assert!(how == "exit status 1" && stderr.contains("say what to be"), "{how}: {stderr}");
}

fn probe(role: &str) -> String {
    let output = Command::new(PROBE).arg(role).output().unwrap();
    String::from_utf8(output.stdout).unwrap() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn the_running_program_is_its_own_child() {
    assert_eq!(probe("own-child"), "ok: 7\n");
}

#[test]
fn without_landlock_nothing_is_decoded_unless_allowed() {
    let said = probe("without-landlock");
    let lines: Vec<&str> = said.lines().collect();
    let [abi, strict, strict_open, lenient, lenient_open] = lines[..] else { panic!("{said}") };
    assert_eq!(abi, "abi 0");
    assert!(strict.contains("refused") && strict.contains("no landlock"), "{strict}");
    assert_eq!(strict_open, strict);
    assert_eq!(lenient, "ok: 7");
    assert!(lenient_open.starts_with("no: "), "seccomp alone must still keep files shut: {lenient_open}");
}

#[tokio::test]
async fn children_die_with_their_parent() {
    let mut parent = Command::new(PROBE).arg("lose-parent").stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(parent.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let child = line.trim().trim_start_matches("ok: ").to_owned();
    assert!(alive(&child), "{line}");
    parent.kill().unwrap();
    parent.wait().unwrap();
    assert!(gone(&child).await, "the child spins on without its parent");
}

#[tokio::test]
async fn health_and_children_agree_on_what_the_kernel_offers() {
    let strict = Pool::new(settings(1)).run::<_, String>(1, Budget::default(), &("echo", 1), &[]).await;
    let support = sandbox::support();
    assert_eq!(support.landlock_abi > 0, strict.is_ok(), "{support:?}, {strict:?}");
    assert_eq!(support.seccomp, Path::new("/proc/sys/kernel/seccomp/actions_avail").exists());
}
