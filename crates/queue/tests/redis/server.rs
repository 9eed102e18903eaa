//! A throw-away Redis.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use domain::AssetId;
use domain::job::{Job, Stage};
use queue::{Queue, QueueError};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

pub const PREFIX: &str = "test";

pub struct Server {
    folder: TempDir,
    options: Vec<String>,
    process: Child,
}

impl Server {
    /// None, and a line that says so, where no Redis is installed.
    pub fn start(options: &[&str]) -> Option<Self> {
        if Command::new("redis-server").arg("--version").stdout(Stdio::null()).status().is_err() {
            eprintln!("SKIPPED: redis-server is not installed");
            return None;
        }
        let folder = TempDir::new().unwrap();
        let options: Vec<String> = options.iter().map(ToString::to_string).collect();
        let process = spawn(&folder, &options);
        Some(Self { folder, options, process })
    }

    pub fn url(&self) -> String {
        format!("redis+unix://{}", self.socket().display())
    }

    pub fn socket(&self) -> PathBuf {
        self.folder.path().join("redis.sock")
    }

    /// Waits until it answers.
    pub async fn queue(&self) -> Queue {
        for _ in 0..200 {
            match Queue::connect(&self.url(), PREFIX).await {
                Ok(queue) => return queue,
                Err(QueueError::Away(_)) => tokio::time::sleep(Duration::from_millis(20)).await,
                Err(error) => panic!("{error}"),
            }
        }
        panic!("redis-server did not start");
    }

    pub async fn command(&self, words: &[&str]) -> redis::Value {
        let client = redis::Client::open(self.url()).unwrap();
        let mut connection = client.get_multiplexed_async_connection().await.unwrap();
        redis::cmd(words[0]).arg(&words[1..]).query_async(&mut connection).await.unwrap()
    }

    pub fn stop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// A new process at the same address; what the old one held in memory is gone.
    pub fn start_again(&mut self) {
        self.process = spawn(&self.folder, &self.options);
    }

    pub fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.process), signal).unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn spawn(folder: &TempDir, options: &[String]) -> Child {
    Command::new("redis-server")
        .current_dir(folder)
        .args(["--port", "0", "--unixsocket", "redis.sock", "--save", "", "--appendonly", "no"])
        .args(options)
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

pub fn job(asset: i64) -> Job {
    Job { asset: AssetId(asset), stage: Stage::Renditions }
}

pub fn jobs(assets: std::ops::Range<i64>) -> Vec<Job> {
    assets.map(job).collect()
}
