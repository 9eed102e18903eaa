//! A Redis of its own for each test.

use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, Result, bail};
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
        let process = Command::new("redis-server")
            .current_dir(&folder)
            .args(["--port", "0", "--unixsocket", "redis.sock", "--save", "", "--appendonly", "no"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .context("redis-server can't be started: run the tests with bin/test")?;
        let redis = Self { folder, process };
        for _ in 0..500 {
            if UnixStream::connect(redis.socket()).is_ok() {
                return Ok(redis);
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

impl Drop for Redis {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
