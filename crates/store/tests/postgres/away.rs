//! A database that is not there right now is told from faults of our own.

use std::time::Duration;

use sqlx::postgres::PgPoolOptions;
use store::{Store, StoreError};
use testkit::Db;

fn is_away<T>(asked: &store::Result<T>) -> bool {
    matches!(asked, Err(StoreError::Unreachable(_)))
}

#[tokio::test]
async fn a_database_that_goes_away_can_not_be_reached() {
    let (db, other) = (Db::new().await.unwrap(), Db::new().await.unwrap());
    let store = Store::connect(db.url(), 2).await.unwrap();
    assert!(store.ready().await.unwrap());

    // In the middle of a question.
    let lock = db.hold("LOCK TABLE _sqlx_migrations IN ACCESS EXCLUSIVE MODE").await.unwrap();
    let asked = tokio::spawn({
        let store = store.clone();
        async move { store.ready().await }
    });
    let name = db.url().split('?').next().unwrap().rsplit('/').next().unwrap();
    let end = format!(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
         WHERE datname = '{name}' AND wait_event_type = 'Lock'"
    );
    while other.number(&end).await.unwrap() == 0 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert!(is_away(&asked.await.unwrap()));
    drop(lock);
    assert!(store.ready().await.unwrap(), "it is there again");

    // It takes nobody in.
    other.execute(&format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false")).await.unwrap();
    let all =
        format!("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '{name}'");
    while other.number(&all).await.unwrap() > 0 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert!(is_away(&store.ready().await));
    store.close().await;
    assert!(is_away(&store.ready().await));
}

#[tokio::test]
async fn nobody_listens() {
    let pool = PgPoolOptions::new().acquire_timeout(Duration::from_millis(300));
    let store = Store::from_pool(pool.connect_lazy("postgres://nobody@127.0.0.1:1/none").unwrap());
    assert!(is_away(&store.ready().await));
}

#[tokio::test]
async fn a_question_that_makes_no_sense_is_a_fault_of_ours() {
    let db = Db::new().await.unwrap();
    db.execute("ALTER TABLE _sqlx_migrations RENAME TO away").await.unwrap();
    assert!(matches!(db.store().ready().await, Err(StoreError::Database(_))));
}
