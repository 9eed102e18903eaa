//! A database, a Redis and a data folder of their own, and the programs over them.

use std::cell::Cell;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use testkit::{Db, Redis};

use crate::client::Client;
use crate::pairs::Pairs;
use crate::plan::Kill;
use crate::running::Running;

pub const ANN: &str = "ann@example.org";
pub const PASSWORD: &str = "correct horse battery";

/// How long everything may take to come to rest. Leases of the dead last half a minute.
const TO_REST: Duration = Duration::from_secs(120);

/// What is to be done with the files that become assets.
#[derive(Debug, Clone, Copy)]
pub enum Work {
    /// A third of it is that a file has its row, the others are its two stages.
    Imported { assets: usize },
    /// All of it is that a file has its row. How far the indexer is says nothing about what is still to be sent.
    Sent { assets: usize },
}

pub struct House {
    pub db: Db,
    pub redis: Redis,
    folder: TempDir,
    pairs: Pairs,
    address: String,
    starts: Cell<usize>,
}

impl House {
    /// With one person, and an empty folder of pictures.
    pub async fn new(pairs: Pairs) -> Self {
        let (db, redis) = (Db::new().await.unwrap(), Redis::start().unwrap());
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("pictures")).unwrap();
        fs::create_dir(folder.path().join("logs")).unwrap();
        let house = Self {
            db,
            redis,
            folder,
            pairs,
            address: format!("127.0.0.1:{}", e2e::free_port().unwrap()),
            starts: Cell::new(0),
        };
        let mut add = house.command("tessera-api", None);
        add.args(["user", "add", ANN, "--role", "admin", "--password-stdin"]).stdin(Stdio::piped());
        let mut adding = add.spawn().unwrap();
        writeln!(adding.stdin.take().unwrap(), "{PASSWORD}").unwrap();
        assert!(adding.wait().unwrap().success(), "no account could be made");
        house
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub fn pictures(&self) -> PathBuf {
        fs::canonicalize(self.folder.path().join("pictures")).unwrap()
    }

    /// The API's address.
    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Starts the API.
    pub fn api(&self, kill: Option<Kill>) -> Running {
        self.start("tessera-api", &["serve"], kill)
    }

    /// Starts the indexer's service.
    pub fn indexer(&self, kill: Option<Kill>) -> Running {
        self.start("tessera-indexer", &["run"], kill)
    }

    /// Starts the command that imports the pictures as copies.
    pub fn import_copies(&self, kill: Option<Kill>) -> Running {
        let pictures = self.pictures();
        self.start("tessera-indexer", &["import", pictures.to_str().unwrap(), "--owner", ANN, "--copy"], kill)
    }

    /// Makes the pictures a library whose files stay where they are.
    pub fn add_library(&self) {
        let mut command = self.command("tessera-indexer", None);
        let added = command.args(["library", "add", "--owner", ANN]).arg(self.pictures()).output().unwrap();
        assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
    }

    /// A program that dies at a point is of the pair with points; any other is as people run it.
    fn start(&self, program: &str, words: &[&str], kill: Option<Kill>) -> Running {
        let mut command = self.command(program, kill);
        command.args(words);
        self.starts.set(self.starts.get() + 1);
        let log = format!("{:03} {program}.log", self.starts.get());
        Running::start(command, self.folder.path().join("logs").join(log))
    }

    fn command(&self, program: &str, kill: Option<Kill>) -> Command {
        let (pair, fault) = match kill {
            Some(Kill::At(point, time)) => (&self.pairs.faulty, Some(format!("{point}:{time}"))),
            _ => (&self.pairs.ordinary, None),
        };
        let mut command = Command::new(pair.join(program));
        command
            .env("TESSERA_DATA", self.data())
            .env("TESSERA_DATABASE_URL", self.db.url())
            .env("TESSERA_REDIS_URL", self.redis.url())
            .env("TESSERA_LISTEN", &self.address)
            .env("TESSERA_DEFAULT_TIME_ZONE", "Europe/Lisbon")
            .env("TESSERA_WORKERS_CPU", "2")
            .env("TESSERA_RESERVE_FREE_MB", "0")
            .env("TESSERA_VIDEO_TRANSCODE", "never")
            .env("TESSERA_LOG", "info")
            .envs(fault.map(|fault| ("TESSERA_TEST_FAULT", fault)));
        command
    }

    /// Waits until the API serves, and signs in.
    pub async fn sign_in(&self) -> Client {
        Client::sign_in(&self.base(), ANN, PASSWORD).await
    }

    /// Which share of the work is done, in hundredths.
    pub async fn progress(&self, work: Work) -> u32 {
        let (sql, all) = match work {
            Work::Imported { assets } => (
                "SELECT (SELECT count(*) FROM assets) + (SELECT count(*) FROM stages WHERE state <> 'pending')",
                3 * assets,
            ),
            Work::Sent { assets } => ("SELECT count(*) FROM assets", assets),
        };
        let done = self.db.number(sql).await.unwrap();
        u32::try_from(done * 100).unwrap() / u32::try_from(all).unwrap()
    }

    /// Waits until nothing is left to be done.
    pub async fn comes_to_rest(&self, assets: usize) -> Duration {
        let since = Instant::now();
        loop {
            let left = self.left(assets).await;
            if left.is_empty() {
                return since.elapsed();
            }
            assert!(since.elapsed() < TO_REST, "it does not come to rest: {}", left.join("; "));
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// What is still to be done, in words.
    async fn left(&self, assets: usize) -> Vec<String> {
        let mut left = Vec::new();
        let there = self.db.number("SELECT count(*) FROM assets").await.unwrap();
        if there < assets as i64 {
            left.push(format!("{there} of {assets} files are assets"));
        }
        let pending = "SELECT concat_ws(' ', a.name, s.stage, 'is pending, tried', s.attempts, 'times, lease until',
            s.lease_until, s.error) FROM stages s JOIN assets a ON a.id = s.asset_id WHERE s.state = 'pending' LIMIT 5";
        left.extend(self.db.texts(pending).await.unwrap());
        let folders =
            "SELECT concat_ws(' ', 'a folder is', state, message) FROM folders WHERE state <> 'idle'";
        left.extend(self.db.texts(folders).await.unwrap());
        left
    }

    /// Everything below a part of the data folder.
    pub fn files(&self, part: &str) -> Vec<PathBuf> {
        files(&self.data().join(part))
    }
}

/// All files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}
