//! How the parts are, for those who watch over them.

use queue::IndexerState;
use serde_json::Value;

use crate::client::Client;
use crate::house::House;
use crate::world::{World, index};

async fn health(client: &Client) -> (u16, Value) {
    let reply = client.get("/healthz").await;
    (reply.status.as_u16(), reply.json())
}

fn state(landlock_abi: u32, decodes: bool) -> IndexerState {
    IndexerState { version: "0.1.0".into(), landlock_abi, seccomp: true, decodes }
}

#[tokio::test]
async fn health_shows_each_part_and_what_is_to_be_done_about_it() {
    let house = House::new().await;
    let client = house.client();
    let (status, health_now) = health(&client).await;
    // It serves; but there is no index yet, in which nothing would have to be, and no indexer has been heard of.
    assert_eq!((status, &health_now["status"]), (200, &"degraded".into()));
    for (part, ok) in [
        ("database", true),
        ("queue", true),
        ("storage", true),
        ("search", false),
        ("feed", true),
        ("indexer", false),
    ] {
        assert_eq!(health_now["checks"][part]["ok"], ok, "{part}: {health_now}");
    }
    let words = health_now["checks"]["indexer"]["message"].as_str().unwrap();
    assert!(words.contains("is tessera-indexer running?"), "{words}");

    index(&house).await;
    house.app.queue.report(&state(4, true)).await.unwrap();
    let (_, well) = health(&client).await;
    assert_eq!((&well["status"], &well["feed_lag_seconds"]), (&"ok".into(), &0.0.into()), "{well}");
    assert_eq!(well["indexer"]["landlock_abi"], 4);
    assert!(well["storage_free_bytes"].as_u64().unwrap() > 0);
}

#[tokio::test]
async fn of_a_disk_that_is_too_full_is_told_what_is_left() {
    let house = House::with(&[("TESSERA_RESERVE_FREE_MB", "1000000000")]).await;
    let (status, full) = health(&house.client()).await;
    assert_eq!((status, &full["checks"]["storage"]["ok"]), (503, &false.into()), "{full}");
    assert!(full["storage_free_bytes"].as_u64().unwrap() > 0, "{full}");
}

#[tokio::test]
async fn an_indexer_without_landlock_is_shown_whether_it_decodes_or_not() {
    let house = House::new().await;
    index(&house).await;
    let indexer = async |state: IndexerState| {
        house.app.queue.report(&state).await.unwrap();
        health(&house.client()).await.1["checks"]["indexer"].clone()
    };
    let refuses = indexer(state(0, false)).await;
    assert_eq!(refuses["ok"], false);
    assert!(refuses["message"].as_str().unwrap().contains("no landlock"), "{refuses}");
    let open = indexer(state(0, true)).await;
    assert_eq!(open["ok"], true);
    assert!(open["message"].as_str().unwrap().contains("allow_unsandboxed"), "{open}");
    assert_eq!(indexer(state(1, true)).await["message"], Value::Null);
}

#[tokio::test]
async fn a_feed_that_nobody_follows_is_late() {
    let world = World::new().await;
    let house = &world.house;
    house.app.queue.report(&state(1, true)).await.unwrap();
    // The index is told of assets only: what else changed does not make it late.
    house.store.add_library("one", None).await.unwrap();
    let old = "UPDATE changes SET at = now() - interval '9 minutes' WHERE kind = 'library'";
    house.db.execute(old).await.unwrap();
    assert_eq!(health(&house.client()).await.1["checks"]["feed"]["ok"], true);
    let asset = "UPDATE changes SET xid = pg_current_xact_id(), at = now() - interval '5 minutes' WHERE kind = 'asset'";
    assert!(house.db.execute(asset).await.unwrap() > 0);
    let (status, late) = health(&house.client()).await;
    assert_eq!(
        (status, &late["status"], &late["checks"]["feed"]["ok"]),
        (200, &"degraded".into(), &false.into())
    );
    let lag = late["checks"]["feed"]["message"].as_str().unwrap();
    assert!(lag.contains("300 seconds behind") || lag.contains("301 seconds behind"), "{lag}");
}

#[tokio::test]
async fn a_server_that_lost_its_database_or_disk_is_alive_but_not_ready() {
    let house = House::new().await;
    let client = house.client();
    let statuses = async || {
        house.forget().await;
        let mut statuses = Vec::new();
        for path in ["/livez", "/readyz", "/healthz"] {
            statuses.push(client.get(path).await.status.as_u16());
        }
        statuses
    };
    assert_eq!(statuses().await, [200, 200, 200]);
    std::fs::rename(house.data(), house.folder.path().join("away")).unwrap();
    assert_eq!(statuses().await, [200, 503, 503]);
    std::fs::rename(house.folder.path().join("away"), house.data()).unwrap();
    assert_eq!(statuses().await, [200, 200, 200]);
    // The place where its disk is mounted is there, the disk is not.
    std::fs::rename(house.data().join(".tessera"), house.folder.path().join("away")).unwrap();
    assert_eq!(statuses().await, [200, 503, 503]);
    std::fs::rename(house.folder.path().join("away"), house.data().join(".tessera")).unwrap();
    house.db.execute("ALTER TABLE _sqlx_migrations RENAME TO away").await.unwrap();
    assert_eq!(statuses().await, [200, 503, 503]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_asks_whether_it_can_serve_waits_for_what_matters_and_all_for_one_look() {
    let house = House::new().await;
    index(&house).await;
    // How far behind the index is can't be told now.
    let lock = house.db.hold("LOCK TABLE changes IN ACCESS EXCLUSIVE MODE").await.unwrap();
    let (_, late) = health(&house.client()).await;
    assert_eq!(late["checks"]["feed"]["ok"], false, "{late}");
    assert_eq!(house.client().get("/readyz").await.status, 200);
    let waiting =
        "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = '_sqlx_migrations'::regclass";
    let _schema = house.db.hold("LOCK TABLE _sqlx_migrations IN ACCESS EXCLUSIVE MODE").await.unwrap();
    house.forget().await;
    let asking: Vec<_> = (0..20)
        .map(|_| {
            let client = house.client();
            tokio::spawn(async move { client.get("/readyz").await.status.as_u16() })
        })
        .collect();
    let mut most = 0;
    while !asking[0].is_finished() {
        most = most.max(house.db.number(waiting).await.unwrap());
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(most, 1);
    for asked in asking {
        assert_eq!(asked.await.unwrap(), 503);
    }
    drop(lock);
}

#[tokio::test]
async fn counts_are_offered_where_the_setting_says_so_and_name_nobody() {
    let off = House::new().await;
    let reply = off.client().get("/metrics").await;
    assert_eq!((reply.status.as_u16(), reply.header("cache-control")), (404, "no-store"));
    drop(off);
}

#[tokio::test]
async fn counts_tell_routes_not_addresses() {
    let house = House::with(&[("TESSERA_METRICS", "on")]).await;
    let client = house.client();
    for path in ["/media/asset_4711/thumbnail", "/graphql?query=%7Bserver%7Bname%7D%7D", "/photos/asset_4712"]
    {
        client.get(path).await;
    }
    let strange = reqwest::Method::from_bytes(b"STRANGE4713").unwrap();
    client.request(strange, "/livez").header("graphql-require-preflight", "1").send().await.unwrap();
    let reply = client.get("/metrics").await;
    assert_eq!(reply.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
    let text = reply.text();
    for (route, status) in [("/media/{asset}/{variant}", "401"), ("/graphql", "200"), ("web", "200")] {
        let line = format!("method=\"GET\",route=\"{route}\",status=\"{status}\"");
        assert!(text.contains(&line), "{line} is not in {text}");
    }
    assert!(!text.contains("asset_") && !text.contains("STRANGE"), "{text}");
}
