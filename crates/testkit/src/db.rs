//! A database of its own for each test, copied from one that was migrated once.

use std::str::FromStr;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{AssertSqlSafe, Connection, PgConnection, PgPool, PgTransaction};
use store::{MIGRATOR, Store};
use tokio::runtime::Builder;
use tokio::time::sleep;

/// The address of a Postgres in which databases may be made and dropped.
const SERVER: &str = "TESSERA_TEST_DATABASE_URL";
/// Held while the template is made or copied: a database that somebody is connected to can't be copied.
const TEMPLATE_LOCK: i64 = 7_000;

/// A transaction that stays open until this is dropped, and is then undone.
pub struct Held {
    _tx: PgTransaction<'static>,
}

/// A migrated, empty database.
pub struct Db {
    server: PgConnectOptions,
    url: String,
    name: String,
    pool: PgPool,
}

impl Db {
    /// Makes one.
    ///
    /// # Errors
    /// If there is no Postgres to make it in: run the tests with `bin/test`.
    pub async fn new() -> Result<Self> {
        let url = std::env::var(SERVER)
            .with_context(|| format!("{SERVER} is not set: run the tests with bin/test"))?;
        let server = PgConnectOptions::from_str(&url)?;
        let mut connection = PgConnection::connect_with(&server).await?;
        sqlx::query("SELECT pg_advisory_lock($1)").bind(TEMPLATE_LOCK).execute(&mut connection).await?;
        let template = template(&server, &mut connection).await?;
        let name = format!("test_{}_{}", std::process::id(), nanoseconds());
        run(&mut connection, format!("CREATE DATABASE {name} TEMPLATE {template}")).await?;
        connection.close().await?;
        let pool =
            PgPoolOptions::new().max_connections(4).connect_with(server.clone().database(&name)).await?;
        Ok(Self { server, url: beside(&url, &name), name, pool })
    }

    /// A store over it.
    pub fn store(&self) -> Store {
        Store::from_pool(self.pool.clone())
    }

    /// Its address, for programs that are to use it.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Asks for one number, in words of the test's own.
    ///
    /// # Errors
    /// If Postgres does not like the question.
    pub async fn number(&self, sql: &str) -> Result<i64> {
        Ok(sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_one(&self.pool).await?)
    }

    /// Asks for a column of texts, in words of the test's own.
    ///
    /// # Errors
    /// If Postgres does not like the question.
    pub async fn texts(&self, sql: &str) -> Result<Vec<String>> {
        Ok(sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_all(&self.pool).await?)
    }

    /// Waits until everything that has been committed can be read in the feed. Other tests' transactions in the same
    /// cluster hold it up, too.
    ///
    /// # Errors
    /// If it takes more than half a minute.
    pub async fn level(&self) -> Result<()> {
        let now = self.number("SELECT pg_current_xact_id()::text::bigint").await?;
        for _ in 0..3_000 {
            let oldest = self.number("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint").await?;
            if oldest > now {
                return Ok(());
            }
            sleep(Duration::from_millis(10)).await;
        }
        bail!("a transaction that does not end holds up the feed")
    }

    /// Does something in a transaction that stays open, such as holding a lock.
    ///
    /// # Errors
    /// If Postgres does not like it.
    pub async fn hold(&self, sql: &str) -> Result<Held> {
        let mut tx = self.pool.begin().await?;
        sqlx::query(AssertSqlSafe(sql.to_owned())).execute(&mut *tx).await?;
        Ok(Held { _tx: tx })
    }

    /// Changes something behind everybody's back.
    ///
    /// # Errors
    /// If Postgres does not like it.
    pub async fn execute(&self, sql: &str) -> Result<u64> {
        Ok(sqlx::query(AssertSqlSafe(sql.to_owned())).execute(&self.pool).await?.rows_affected())
    }
}

impl Drop for Db {
    fn drop(&mut self) {
        let (server, name) = (self.server.clone(), self.name.clone());
        let dropping = thread::spawn(move || -> Result<()> {
            Builder::new_current_thread().enable_all().build()?.block_on(async {
                let mut connection = PgConnection::connect_with(&server).await?;
                run(&mut connection, format!("DROP DATABASE {name} WITH (FORCE)")).await
            })
        });
        // A database that stays goes with the cluster; a panic in a drop would hide why the test failed.
        drop(dropping.join());
    }
}

/// The migrated database that others are copied from, named after the migrations.
async fn template(server: &PgConnectOptions, connection: &mut PgConnection) -> Result<String> {
    let sum = MIGRATOR.iter().flat_map(|migration| migration.checksum.iter());
    let sum = sum.fold(0_u64, |sum, byte| sum.rotate_left(5).wrapping_mul(31) ^ u64::from(*byte));
    let name = format!("template_{sum:016x}");
    let there: bool = sqlx::query_scalar("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)")
        .bind(&name)
        .fetch_one(&mut *connection)
        .await?;
    if !there {
        // Under another name until it is whole.
        let raw = format!("{name}_raw");
        run(connection, format!("DROP DATABASE IF EXISTS {raw}")).await?;
        run(connection, format!("CREATE DATABASE {raw}")).await?;
        let mut inside = PgConnection::connect_with(&server.clone().database(&raw)).await?;
        MIGRATOR.run(&mut inside).await?;
        inside.close().await?;
        run(connection, format!("ALTER DATABASE {raw} RENAME TO {name}")).await?;
    }
    Ok(name)
}

async fn run(connection: &mut PgConnection, sql: String) -> Result<()> {
    sqlx::query(AssertSqlSafe(sql)).execute(connection).await?;
    Ok(())
}

/// The address of another database of the same server: `postgres:///tessera?host=/run` → `postgres:///name?host=/run`.
fn beside(url: &str, name: &str) -> String {
    let (address, query) = url.split_once('?').map_or((url, None), |(address, query)| (address, Some(query)));
    let (server, _) = address.rsplit_once('/').unwrap_or((address, ""));
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    format!("{server}/{name}{query}")
}

fn nanoseconds() -> u128 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_nanos())
}
