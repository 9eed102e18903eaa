//! What the child tries. Each request is the name of an attempt and a number.

use std::{
    fs::{self, File},
    hint::black_box,
    io::{Read, Write},
    net::TcpStream,
    os::{
        fd::OwnedFd,
        unix::{net::UnixStream, process::CommandExt},
    },
    process::Command,
    thread,
    time::Duration,
};

/// Makes one attempt and says how it went: "ok: …" or "no: …".
pub(crate) fn make((attempt, size): (String, u64), files: Vec<OwnedFd>) -> String {
    let count = usize::try_from(size).unwrap_or(usize::MAX);
    let outcome = match attempt.as_str() {
        "echo" => Ok(size.to_string()),
        "open" => fs::read_to_string("/etc/passwd"),
        "list" => fs::read_dir("/").map(|entries| entries.count().to_string()),
        "write-outside" => fs::write("/tmp/tessera-probe-was-here", "x").map(|()| String::new()),
        "write-scratch" => write_scratch(count),
        "count-scratch" => fs::read_dir(".").map(|entries| entries.count().to_string()),
        "tcp" => TcpStream::connect("127.0.0.1:9").map(|_| String::new()),
        "unix" => UnixStream::connect("/run/nothing").map(|_| String::new()),
        "spawn" => Command::new("/bin/true").status().map(|status| status.to_string()),
        "exec" => Err(Command::new("/bin/true").exec()),
        "signal-parent" => signal_parent(),
        "allocate" => Ok(black_box(vec![1_u8; count]).len().to_string()),
        "threads" => Ok(threads(size).to_string()),
        "spin" => spin(),
        "sleep" => {
            thread::sleep(Duration::from_millis(size));
            Ok(String::new())
        }
        "segfault" => segfault(),
        "abort" => std::process::abort(),
        "overflow-stack" => Ok(deeper(size).to_string()),
        "divide" => Ok((1 / size).to_string()),
        "environment" => Ok(std::env::vars().map(|(name, _)| name).collect::<Vec<_>>().join(" ")),
        "copy" => copy(files, count),
        "descriptors" => Ok(descriptors().to_string()),
        "pid" => Ok(std::process::id().to_string()),
        "long-reply" => Ok("x".repeat(count)),
        _ => Ok("unknown attempt".into()),
    };
    outcome.map_or_else(|error| format!("no: {error}"), |text| format!("ok: {text}"))
}

fn write_scratch(size: usize) -> std::io::Result<String> {
    fs::create_dir("folder")?;
    for number in 0..10 {
        fs::write(format!("folder/{number}"), vec![b'x'; size])?;
        thread::sleep(Duration::from_millis(100));
    }
    fs::read_dir("folder").map(|entries| entries.count().to_string())
}

/// Reads the first file, writes it `times` into the second.
fn copy(files: Vec<OwnedFd>, times: usize) -> std::io::Result<String> {
    let mut files = files.into_iter().map(File::from);
    let (Some(mut from), Some(mut to)) = (files.next(), files.next()) else {
        return Ok("files are missing".into());
    };
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes)?;
    for _ in 0..times {
        to.write_all(&bytes)?;
    }
    let denied = from.write_all(b"x").is_err();
    Ok(format!("{} bytes, input read-only: {denied}", bytes.len()))
}

/// How many are open.
fn descriptors() -> usize {
    #[expect(unsafe_code, reason = "asks about a number, whoever owns it")]
    let is_open = |fd: &i32| unsafe { libc::fcntl(*fd, libc::F_GETFD) } >= 0;
    (0..64).filter(is_open).count()
}

fn signal_parent() -> std::io::Result<String> {
    if let Some(parent) = rustix::process::getppid() {
        rustix::process::kill_process(parent, rustix::process::Signal::TERM)?;
    }
    Ok(String::new())
}

fn threads(count: u64) -> u64 {
    let workers: Vec<_> = (0..count).map(|n| thread::spawn(move || n * n)).collect();
    workers.into_iter().filter_map(|worker| worker.join().ok()).sum()
}

fn spin() -> ! {
    let mut n = 0_u64;
    loop {
        n = black_box(n.wrapping_add(1));
    }
}

fn segfault() -> ! {
    #[expect(unsafe_code, reason = "the test needs a real one")]
    unsafe {
        black_box(std::ptr::null_mut::<u8>()).write_volatile(1);
    }
    std::process::exit(0)
}

#[expect(unconditional_recursion, reason = "that is the attempt")]
fn deeper(n: u64) -> u64 {
    let room = black_box([n; 512]);
    deeper(n + 1) + room[0]
}
