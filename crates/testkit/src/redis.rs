//! A Redis of its own for each test.

use std::fs;
use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use tempfile::TempDir;

/// A process that keeps nothing on disk.
pub struct Redis {
    folder: TempDir,
    process: Child,
}

impl Redis {
    /// Starts one and waits until it listens.
    ///
    /// # Errors
    /// If `redis-server` is not installed (bin/test sees to that) or does not start.
    pub fn start() -> Result<Self> {
        let folder = TempDir::new()?;
        let process = spawn(folder.path())?;
        let redis = Self { folder, process };
        redis.listens()?;
        Ok(redis)
    }

    /// Makes it forget everything.
    ///
    /// # Errors
    /// If it does not say that it did.
    pub fn flush(&self) -> Result<()> {
        let mut connection = UnixStream::connect(self.socket())?;
        connection.write_all(b"FLUSHALL\r\n")?;
        let mut answer = [0; 5];
        connection.read_exact(&mut answer)?;
        ensure!(&answer == b"+OK\r\n", "FLUSHALL was answered {}", String::from_utf8_lossy(&answer));
        Ok(())
    }

    /// Kills it. What it held is gone.
    ///
    /// # Errors
    /// If the operating system does not let us.
    pub fn kill(&mut self) -> Result<()> {
        self.process.kill()?;
        self.process.wait()?;
        Ok(())
    }

    /// Starts it again, empty, at the same address.
    ///
    /// # Errors
    /// As for [`Redis::start`].
    pub fn restart(&mut self) -> Result<()> {
        self.kill()?;
        drop(fs::remove_file(self.socket()));
        self.process = spawn(self.folder.path())?;
        self.listens()
    }

    fn listens(&self) -> Result<()> {
        for _ in 0..500 {
            if UnixStream::connect(self.socket()).is_ok() {
                return Ok(());
            }
            sleep(Duration::from_millis(10));
        }
        bail!("redis-server does not listen")
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("redis+unix://{}", self.socket().display())
    }

    fn socket(&self) -> PathBuf {
        self.folder.path().join("redis.sock")
    }
}

fn spawn(folder: &Path) -> Result<Child> {
    Command::new("redis-server")
        .current_dir(folder)
        .args(["--port", "0", "--unixsocket", "redis.sock", "--save", "", "--appendonly", "no"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .context("redis-server can't be started: run the tests with bin/test")
}

impl Drop for Redis {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
