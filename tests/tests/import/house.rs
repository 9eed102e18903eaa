//! Surroundings for one test: database, Redis, data folder, and the two built programs with one person signed in.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use testkit::{Db, Redis};

pub const ANN: &str = "ann@example.org";
pub const PASSWORD: &str = "correct horse battery";

/// How long a program may take to come up, and whatever else should be soon.
pub const SOON: Duration = Duration::from_secs(30);

pub struct House {
    pub db: Db,
    pub port: u16,
    redis: Redis,
    data: PathBuf,
    pub folder: TempDir,
}

impl House {
    /// With one account, and nothing running.
    pub async fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let data = folder.path().join("data");
        Self::with_data(folder, data).await
    }

    /// As [`House::new`], with a data folder of the test's own choice.
    pub async fn with_data(folder: TempDir, data: PathBuf) -> Self {
        let port = e2e::free_port().unwrap();
        let (db, redis) = (Db::new().await.unwrap(), Redis::start().unwrap());
        let house = Self { db, port, redis, data, folder };
        house.add_user();
        house
    }

    fn add_user(&self) {
        let mut adding = self.api(&["user", "add", ANN, "--name", "Ann", "--password-stdin"]);
        let mut adding = adding.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        writeln!(adding.stdin.take().unwrap(), "{PASSWORD}").unwrap();
        assert!(adding.wait().unwrap().success());
    }

    pub fn data(&self) -> &Path {
        &self.data
    }

    pub fn api(&self, words: &[&str]) -> Command {
        self.program("tessera-api", words)
    }

    pub fn indexer(&self, words: &[&str]) -> Command {
        self.program("tessera-indexer", words)
    }

    fn program(&self, name: &str, words: &[&str]) -> Command {
        let mut command = Command::new(programs().join(name));
        command
            .args(words)
            .env("TESSERA_DATA", &self.data)
            .env("TESSERA_DATABASE_URL", self.db.url())
            .env("TESSERA_REDIS_URL", self.redis.url())
            .env("TESSERA_LISTEN", format!("127.0.0.1:{}", self.port))
            .env("TESSERA_DEFAULT_TIME_ZONE", "Europe/Lisbon")
            .env("TESSERA_WORKERS_CPU", "2")
            .env("TESSERA_RESERVE_FREE_MB", "0")
            .env("TESSERA_VIDEO_TRANSCODE", "never")
            .env("TESSERA_LOG", "warn")
            .stdin(Stdio::null());
        command
    }

    /// The API, once it answers.
    pub async fn serve(&self) -> Running {
        let mut api = Running(self.api(&["serve"]).spawn().unwrap());
        let since = Instant::now();
        while reqwest::get(format!("http://127.0.0.1:{}/readyz", self.port)).await.is_err() {
            assert!(api.lives(), "the API did not start");
            assert!(since.elapsed() < SOON, "the API does not answer");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        api
    }

    /// The indexer as a service.
    pub fn work(&self) -> Running {
        Running(self.indexer(&["run"]).spawn().unwrap())
    }

    /// `import` of a folder into Ann's library.
    pub fn import(&self, folder: &Path) -> Said {
        Said::from(self.indexer(&["import", "--owner", ANN]).arg(folder).output().unwrap())
    }
}

/// Where the programs lie that were built beside this test.
fn programs() -> PathBuf {
    let beside = || std::env::current_exe().unwrap().ancestors().nth(2).unwrap().to_owned();
    std::env::var_os("TESSERA_TEST_BIN").map_or_else(beside, PathBuf::from)
}

/// A program that runs until the value goes.
pub struct Running(pub Child);

impl Running {
    /// Whether it has not ended.
    pub fn lives(&mut self) -> bool {
        self.0.try_wait().unwrap().is_none()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// What a program said at its end.
#[derive(Debug)]
pub struct Said {
    pub code: Option<i32>,
    /// Standard output.
    pub text: String,
    /// Standard error.
    pub error: String,
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            text: String::from_utf8(output.stdout).unwrap(),
            error: String::from_utf8(output.stderr).unwrap(),
        }
    }
}
