//! A server of its own for one test.

use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use boot::{Settings, Shutdown};
use domain::access::Viewer;
use domain::user::UserRole;
use domain::{LibraryId, UserId};
use store::Store;
use tempfile::TempDir;
use tessera_api::app::{App, Parts};
use tessera_api::auth::token;
use tessera_api::commands::serve::background;
use tessera_api::router::router;
use testkit::{Db, Redis};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::client::Client;

pub struct House {
    pub db: Db,
    pub store: Store,
    pub app: App,
    pub url: String,
    pub folder: TempDir,
    _redis: Redis,
    tasks: [JoinHandle<()>; 2],
}

impl House {
    pub async fn new() -> Self {
        Self::with(&[]).await
    }

    /// With settings that differ from the defaults.
    pub async fn with(settings: &[(&str, &str)]) -> Self {
        let (db, redis, folder) =
            (Db::new().await.unwrap(), Redis::start().unwrap(), TempDir::new().unwrap());
        fs::create_dir(folder.path().join("web")).unwrap();
        fs::write(folder.path().join("web/index.html"), "<!doctype html><title>Tessera</title>").unwrap();
        let path = |name: &str| folder.path().join(name).into_os_string().into_string().unwrap();
        let mut vars = vec![
            ("TESSERA_DATA".to_owned(), path("data")),
            ("TESSERA_WEB_ROOT".to_owned(), path("web")),
            ("TESSERA_DATABASE_URL".to_owned(), db.url().to_owned()),
            ("TESSERA_REDIS_URL".to_owned(), redis.url()),
            ("TESSERA_RESERVE_FREE_MB".to_owned(), "0".to_owned()),
            ("TESSERA_DEFAULT_TIME_ZONE".to_owned(), "UTC".to_owned()),
        ];
        vars.retain(|(name, _)| !settings.iter().any(|(given, _)| given == name));
        vars.extend(settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let settings = Settings::from_vars(vars).unwrap();
        let store = Store::connect(db.url(), 16).await.unwrap();
        let queue =
            queue::Queue::connect(settings.redis_url.expose(), settings.redis_prefix.as_str()).await.unwrap();
        files::Files::create(&settings.data).await.unwrap();
        let files = files::Files::open(&settings.data, settings.reserve_free_mb << 20).await.unwrap();
        let metrics = boot::metrics::init(settings.metrics).ok();
        let app = App::new(Parts {
            settings,
            store: store.clone(),
            queue,
            files,
            metrics,
            shutdown: Shutdown::manual(),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let service = router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
        let tasks = [
            tokio::spawn(async move { axum::serve(listener, service).await.unwrap() }),
            tokio::spawn(background(app.clone())),
        ];
        Self { db, store, app, url, folder, _redis: redis, tasks }
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A client that nobody has signed in.
    pub fn client(&self) -> Client {
        Client::new(&self.url, None)
    }

    /// Somebody with an account, but without a library.
    pub async fn user(&self, name: &str, role: UserRole) -> UserId {
        let email = format!("{name}@example.org");
        let user = self.store.add_user(name, &email, "no password", role).await.unwrap().unwrap();
        self.db.execute(&format!("DELETE FROM library_members WHERE user_id = {}", user.id.0)).await.unwrap();
        user.id
    }

    /// Signs a person in behind the server's back; answers their client.
    pub async fn sign_in(&self, user: UserId) -> Client {
        let (token, hash) = token::new();
        self.store.open_session(user, &hash, Some("a test"), 30, None).await.unwrap();
        Client::new(&self.url, Some(token))
    }

    pub async fn member(&self, library: LibraryId, user: UserId, role: &str) {
        let sql = format!("INSERT INTO library_members VALUES ({}, {}, '{role}')", library.0, user.0);
        self.db.execute(&sql).await.unwrap();
    }

    /// A person with a library of their own; with their client.
    pub async fn owner(&self, name: &str) -> (UserId, LibraryId, Client) {
        let user = self.user(name, UserRole::User).await;
        let library = self.store.add_library(&format!("{name}'s"), Some(user)).await.unwrap();
        (user, library, self.sign_in(user).await)
    }

    /// The whole database, table by table, and the names of all files: what a denied call must not change.
    pub async fn dump(&self) -> Vec<String> {
        let tables = "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY 1";
        let mut dump = Vec::new();
        for table in self.db.texts(tables).await.unwrap() {
            // Who was refused is noted, which is all that a refusal may change.
            let noted = if table == "audit_entries" { "WHERE action NOT LIKE '%.refused'" } else { "" };
            let rows = format!("SELECT '{table}: ' || t::text FROM {table} t {noted} ORDER BY 1");
            dump.extend(self.db.texts(&rows).await.unwrap());
        }
        for part in ["originals", "uploads", "derived", "incoming"] {
            gather(&self.data().join(part), &mut dump);
        }
        dump
    }

    /// Long enough for what the server believes to be asked anew.
    pub async fn forget(&self) {
        self.app.cache.viewers.invalidate_all();
        self.app.cache.libraries.invalidate_all();
        self.app.cache.scopes.invalidate_all();
        self.app.cache.assets.invalidate_all();
        self.app.cache.ready.invalidate_all();
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

fn gather(folder: &std::path::Path, names: &mut Vec<String>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            gather(&path, names);
        } else {
            names.push(path.display().to_string());
        }
    }
}

impl Drop for House {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

/// Who a viewer is, for questions that are put without the server.
pub fn viewer(id: UserId, role: UserRole) -> Viewer {
    Viewer::User(domain::access::UserViewer::signed_in(id, role, domain::SessionId(1)))
}
