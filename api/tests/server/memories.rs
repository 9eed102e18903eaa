//! Memories over HTTP: of what is in the timeline that somebody sees, kept and hidden by each for themselves.

use chrono::{Days, NaiveDate};
use domain::LibraryId;
use domain::job::{Job, Stage};
use domain::metadata::Position;
use domain::user::UserRole;
use serde_json::{Value, json};
use store::{Described, Settled, Written};

use crate::client::Client;
use crate::house::House;
use crate::world::described;

const ASK: &str = "query ($day: Date!) { memories(day: $day) { key kind from to count place text saved yearsAgo(day: $day) } }";
const MARK: &str = "mutation ($input: MemoryUpdateInput!) { memoryUpdate(input: $input) { memory { saved } userErrors { code } } }";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Something that was taken at noon of a day, somewhere.
async fn taken(house: &House, library: LibraryId, number: u32, day: NaiveDate, at: (f64, f64), city: &str) {
    let mut hash = [0; 32];
    hash[..4].copy_from_slice(&number.to_le_bytes());
    let mut sha1 = [0; 20];
    sha1[..4].copy_from_slice(&number.to_le_bytes());
    let new = store::NewAsset {
        library,
        added_by: None,
        name: format!("{number}.jpg"),
        hash: domain::asset::ContentHash { blake3: hash, sha1 },
        size: 1,
        modified_at: chrono::DateTime::UNIX_EPOCH,
        location: store::NewLocation::Stored,
        priority: domain::job::Priority::Bulk,
    };
    let asset = house.store.insert_asset(&new).await.unwrap().asset();
    let claim = house.store.claim(Job { asset, stage: Stage::Metadata }, "test", 9.0).await.unwrap().unwrap();
    let mut told: Described = described();
    let local = day.and_hms_opt(12, 0, 0).unwrap();
    (told.taken.local, told.taken.utc) = (local, local.and_utc());
    told.metadata.position = Some(Position { latitude: at.0, longitude: at.1, altitude: None });
    if let Some(place) = &mut told.place {
        place.city = Some(city.to_owned());
    }
    assert_eq!(house.store.describe(&claim, &told, &Settled::Done).await.unwrap(), Written::Done);
}

async fn ask(client: &Client, day: &str) -> Vec<Value> {
    let answer = client.data(ASK, json!({ "day": day })).await["memories"].take();
    answer.as_array().cloned().unwrap()
}

fn keys(memories: &[Value]) -> Vec<&str> {
    memories.iter().map(|memory| memory["key"].as_str().unwrap()).collect()
}

const LISBON: (f64, f64) = (38.72, -9.14);
const BERLIN: (f64, f64) = (52.52, 13.40);

#[tokio::test]
async fn the_same_day_and_trips_of_earlier_years_are_shown_to_who_sees_them() {
    let house = House::new().await;
    let (_, library, ann) = house.owner("ann").await;
    // At home each third day; a week in Lisbon; home again.
    let mut number = 0;
    for n in (0..90).step_by(3) {
        number += 1;
        taken(&house, library, number, day("2024-02-01") + Days::new(n), BERLIN, "Berlin").await;
    }
    for n in 0..12 {
        number += 1;
        taken(&house, library, number, day("2024-05-14") + Days::new(n % 6), LISBON, "Lisbon").await;
    }
    number += 1;
    taken(&house, library, number, day("2024-05-19"), BERLIN, "Berlin").await;

    let shown = ask(&ann, "2026-05-17").await;
    assert_eq!(keys(&shown), ["day-2024-05-17-2024-05-17", "trip-2024-05-14-2024-05-19"], "{shown:?}");
    assert_eq!(
        (&shown[0]["count"], &shown[0]["place"], &shown[0]["yearsAgo"]),
        (&json!(2), &json!("Lisbon"), &json!(2))
    );
    // What was taken at home on the last day is no part of it.
    assert_eq!((&shown[1]["count"], &shown[1]["kind"]), (&json!(12), &json!("TRIP")), "{shown:?}");
    assert!(shown[1]["text"].as_str().unwrap().starts_with("taken:2024-05-14..2024-05-19 -near:"));

    // What leaves the timeline leaves it; who sees nothing of it is shown nothing.
    house.db.execute("UPDATE assets SET state = 'archived' WHERE day = '2024-05-17'").await.unwrap();
    house.db.execute("UPDATE assets SET state = 'trashed' WHERE day = '2024-05-16'").await.unwrap();
    assert_eq!(keys(&ask(&ann, "2026-05-17").await), ["trip-2024-05-14-2024-05-19"]);
    let bob = house.user("bob", UserRole::User).await;
    let bob = house.sign_in(bob).await;
    assert!(ask(&bob, "2026-05-17").await.is_empty());
}

#[tokio::test]
async fn each_keeps_and_hides_memories_for_themselves() {
    let house = House::new().await;
    let (_, library, ann) = house.owner("ann").await;
    let bob = house.user("bob", UserRole::User).await;
    house.member(library, bob, "viewer").await;
    let bob = house.sign_in(bob).await;
    taken(&house, library, 1, day("2024-05-17"), BERLIN, "Berlin").await;
    let key = "day-2024-05-17-2024-05-17";
    let mark = async |input: Value| ann.data(MARK, json!({ "input": input })).await["memoryUpdate"].take();
    assert_eq!(mark(json!({ "key": key, "saved": true })).await["memory"]["saved"], true);
    let kept = ann.data("{ savedMemories { key } }", json!({})).await;
    assert_eq!(kept["savedMemories"], json!([{ "key": key }]));
    mark(json!({ "key": key, "hidden": true })).await;
    assert!(ask(&ann, "2025-05-17").await.is_empty());
    assert_eq!(ask(&bob, "2025-05-17").await[0]["saved"], false);
    assert_eq!(mark(json!({ "key": "day-2024" })).await["userErrors"], json!([{ "code": "INVALID" }]));
    let one = "query ($key: String!) { memory(key: $key) { key } }";
    assert_eq!(ann.data(one, json!({ "key": key })).await["memory"]["key"], key);
    assert_eq!(ann.data(one, json!({ "key": "day-2023-05-17-2023-05-17" })).await["memory"], Value::Null);
}
