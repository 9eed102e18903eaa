//! Devices tell how they stand, to their owner alone; and what is stored is promised so that anybody can check it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::access::Permission;
use ring::signature::{ED25519, UnparsedPublicKey};
use serde_json::{Value, json};

use crate::client::{Client, code};
use crate::house::House;
use crate::sync::acts::upload;
use crate::world::World;

const REGISTER: &str = "mutation ($input: DeviceRegisterInput!) { deviceRegister(input: $input) { device { id name connected \
                        health lastStoredAt } userErrors { code field } } }";
const REPORT: &str = "mutation ($input: DeviceReportInput!) { deviceReport(input: $input) { device { pendingCount health \
                      oldestUnsavedAt } userErrors { code field } } }";
const DEVICES: &str =
    "{ viewer { devices { id name connected health lastStoredAt pendingCount oldestUnsavedAt } } }";

async fn register(client: &Client, input: Value) -> Value {
    client.data(REGISTER, json!({ "input": input })).await["deviceRegister"].take()
}

async fn devices(client: &Client) -> Vec<Value> {
    client.data(DEVICES, json!({})).await["viewer"]["devices"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_session_is_one_device_which_keeps_its_name_when_it_signs_in_again() {
    let house = House::new().await;
    let (user, library, client) = house.owner("ann").await;
    let made = register(&client, json!({ "name": "Phone", "platform": "Android 16" })).await;
    let id = made["device"]["id"].clone();
    assert_eq!(
        (&made["device"]["health"], &made["device"]["lastStoredAt"]),
        (&json!("UNKNOWN"), &Value::Null)
    );
    assert_eq!(register(&client, json!({ "name": "My phone" })).await["device"]["id"], id);
    assert_eq!(devices(&client).await.len(), 1);
    // Where something waits is told, and nothing from tomorrow.
    for (pending, oldest, health, told) in [
        (0, json!("2020-01-01T00:00:00Z"), "SAVED", Value::Null),
        (3, Value::Null, "WAITING", Value::Null),
        (3, json!("2020-01-01T00:00:00Z"), "BEHIND", json!("2020-01-01T00:00:00Z")),
    ] {
        let input = json!({ "id": id, "pendingCount": pending, "oldestUnsavedAt": oldest });
        let device = client.data(REPORT, json!({ "input": input })).await["deviceReport"]["device"].take();
        assert_eq!(device, json!({ "pendingCount": pending, "health": health, "oldestUnsavedAt": told }));
    }
    let input = json!({ "id": id, "pendingCount": -1 });
    let refused = client.data(REPORT, json!({ "input": input })).await;
    assert_eq!(
        refused["deviceReport"]["userErrors"],
        json!([{ "code": "INVALID", "field": "pendingCount" }])
    );
    upload(&client, &library.to_string(), 1).await;
    assert!(devices(&client).await[0]["lastStoredAt"].is_string(), "what its session stores is the device's");
    // Another session is another device, until it says that it is the same.
    let again = house.sign_in(user).await;
    house.db.execute("DELETE FROM sessions WHERE id = (SELECT min(id) FROM sessions)").await.unwrap();
    assert_eq!(devices(&again).await[0]["connected"], json!(false));
    assert_eq!(
        register(&again, json!({ "id": id, "name": "Phone" })).await["device"]["connected"],
        json!(true)
    );
    assert_eq!(devices(&again).await.len(), 1);
}

#[tokio::test]
async fn a_key_that_may_upload_is_a_device_and_speaks_for_no_other() {
    let world = World::new().await;
    let owner = &world.people[10];
    let none = world.key(&[Permission::AssetRead]).await;
    let refused = none.ask(REGISTER, json!({ "input": { "name": "Program" } })).await;
    assert_eq!(code(&refused), "FORBIDDEN");
    let key = world.key(&[Permission::LibraryUpload]).await;
    let made = register(&key, json!({ "name": "Program" })).await["device"]["id"].clone();
    let other = json!({ "id": world.ours.device, "name": "Program" });
    assert_eq!(register(&key, other).await["userErrors"][0]["code"], "NOT_FOUND");
    for (id, there) in [(&made, true), (&json!(world.ours.device), false)] {
        let answer = key.data(REPORT, json!({ "input": { "id": id, "pendingCount": 1 } })).await;
        assert_eq!(answer["deviceReport"]["userErrors"].as_array().unwrap().is_empty(), there);
    }
    assert_eq!(code(&key.ask(DEVICES, json!({})).await), "FORBIDDEN");
    assert!(
        devices(owner).await.iter().any(|device| device["id"] == made && device["pendingCount"] == json!(1))
    );
}

#[tokio::test]
async fn receipts_are_verified_by_the_key_of_the_server_and_by_no_other_content() {
    let world = World::new().await;
    let owner = &world.people[10];
    let document = "query ($ids: [ID!]!) { receiptKey receipts(assetIds: $ids) { assetId blake3 bytes storedAt signature } \
                    assets(ids: $ids) { blake3 bytes } }";
    let ids = [&world.ours.asset, &world.never.asset];
    let answer = owner.data(document, json!({ "ids": ids })).await;
    let receipt = &answer["receipts"][0];
    assert_eq!(answer["receipts"][1], Value::Null);
    assert_eq!(
        (&receipt["blake3"], &receipt["bytes"]),
        (&answer["assets"][0]["blake3"], &answer["assets"][0]["bytes"])
    );
    let bytes = |value: &Value| STANDARD.decode(value.as_str().unwrap()).unwrap();
    let public = UnparsedPublicKey::new(&ED25519, bytes(&answer["receiptKey"]));
    let stored: chrono::DateTime<chrono::Utc> = receipt["storedAt"].as_str().unwrap().parse().unwrap();
    let text = |size: i64| {
        let (asset, hash) = (receipt["assetId"].as_str().unwrap(), receipt["blake3"].as_str().unwrap());
        format!("tessera-receipt-1 {asset} {hash} {size} {}", stored.timestamp_millis())
    };
    let size = receipt["bytes"].as_i64().unwrap();
    let signature = bytes(&receipt["signature"]);
    assert!(public.verify(text(size).as_bytes(), &signature).is_ok());
    assert!(public.verify(text(size + 1).as_bytes(), &signature).is_err());
    // The key stays the same, also for another process over the same database.
    let seeds = "SELECT count(*) FROM receipt_keys";
    assert_eq!(world.house.db.number(seeds).await.unwrap(), 1);
    // What lies in a folder is the folder's.
    world.house.db.execute("DELETE FROM locations").await.unwrap();
    assert_eq!(owner.data(document, json!({ "ids": ids })).await["receipts"][0], Value::Null);
}
