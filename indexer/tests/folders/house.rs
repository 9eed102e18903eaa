//! Surroundings for one test: database, Redis, data folder, a folder of pictures, and the program.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use domain::user::UserRole;
use tempfile::TempDir;
use testkit::{Db, Redis};

pub const ANN: &str = "ann@example.org";

const PATIENCE: Duration = Duration::from_secs(30);

pub struct House {
    pub db: Db,
    redis: Redis,
    folder: TempDir,
}

impl House {
    /// With one person, and an empty folder of pictures.
    pub async fn new() -> Self {
        let (db, redis) = (Db::new().await.unwrap(), Redis::start().unwrap());
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("pictures")).unwrap();
        db.store().add_user("Ann", ANN, "no password", UserRole::User).await.unwrap().unwrap();
        Self { db, redis, folder }
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub fn pictures(&self) -> PathBuf {
        fs::canonicalize(self.folder.path().join("pictures")).unwrap()
    }

    /// Puts a file of the test library among the pictures.
    pub fn put(&self, from: &Path, name: &str) {
        let to = self.pictures().join(name);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(from, &to).unwrap();
        // the test library is read-only
        #[expect(clippy::permissions_set_readonly_false, reason = "a throw-away copy")]
        let writable = {
            let mut now = fs::metadata(&to).unwrap().permissions();
            now.set_readonly(false);
            now
        };
        fs::set_permissions(&to, writable).unwrap();
    }

    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tessera-indexer"));
        command
            .args(words)
            .env("TESSERA_DATA", self.data())
            .env("TESSERA_DATABASE_URL", self.db.url())
            .env("TESSERA_REDIS_URL", self.redis.url())
            .env("TESSERA_DEFAULT_TIME_ZONE", "Europe/Lisbon")
            .env("TESSERA_WORKERS_CPU", "2")
            .env("TESSERA_RESERVE_FREE_MB", "0")
            .env("TESSERA_VIDEO_TRANSCODE", "never")
            .env("TESSERA_LOG", "warn,tessera_indexer=info");
        command
    }

    /// `import` of the pictures into Ann's library.
    pub fn import(&self, more: &[&str]) -> Said {
        let pictures = self.pictures();
        let mut command = self.command(&["import", "--owner", ANN]);
        Said::from(command.arg(pictures).args(more).output().unwrap())
    }

    /// `scan` of the pictures.
    pub fn scan(&self) -> Said {
        Said::from(self.command(&["scan"]).arg(self.pictures_path()).output().unwrap())
    }

    /// Also where they are not there at the moment.
    fn pictures_path(&self) -> PathBuf {
        fs::canonicalize(self.folder.path()).unwrap().join("pictures")
    }

    /// Waits until somebody waits for what another transaction holds.
    pub async fn somebody_waits(&self) {
        let waiting = "SELECT count(*) FROM pg_stat_activity
                       WHERE datname = current_database() AND wait_event_type = 'Lock'";
        self.until("nobody waits for the lock", async || self.db.number(waiting).await.unwrap() > 0).await;
    }

    /// Waits until something holds; says what went wrong if that takes too long.
    pub async fn until(&self, wrong: &str, holds: impl AsyncFn() -> bool) {
        let since = Instant::now();
        while !holds().await {
            assert!(since.elapsed() < PATIENCE, "{wrong}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    pub fn service(&self) -> Service {
        Service(self.command(&["run"]).stdin(Stdio::null()).spawn().unwrap())
    }

    /// The pictures' folder goes away, or comes back.
    pub fn unmount(&self) {
        fs::rename(self.pictures_path(), self.folder.path().join("elsewhere")).unwrap();
    }

    pub fn mount(&self) {
        fs::rename(self.folder.path().join("elsewhere"), self.pictures_path()).unwrap();
    }
}

/// What the program said at its end.
#[derive(Debug)]
pub struct Said {
    pub well: bool,
    pub text: String,
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        eprintln!("{}", String::from_utf8_lossy(&output.stderr));
        Self { well: output.status.success(), text: String::from_utf8(output.stdout).unwrap() }
    }
}

/// The running program.
pub struct Service(pub Child);

impl Drop for Service {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}
