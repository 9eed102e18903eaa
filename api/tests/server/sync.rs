//! A client that keeps a copy has in the end what its person sees by query, whatever several people did meanwhile and however often
//! its connection broke; and on the way nothing refers to what it has not got.

pub mod acts;
mod mirror;
mod truth;

use domain::UserId;
use domain::user::UserRole;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};

use crate::client::Client;
use crate::house::House;
use acts::Acts;
use mirror::Mirror;

const NAMES: [&str; 4] = ["ann", "ben", "cleo", "dan"];

struct Person {
    id: UserId,
    client: Client,
    mirror: Mirror,
}

async fn people(house: &House) -> Vec<Person> {
    let mut people = Vec::new();
    for name in NAMES {
        let (id, _, client) = house.owner(name).await;
        let mirror = Mirror::new(client.clone());
        people.push(Person { id, client, mirror });
    }
    people
}

/// Brings everybody's copy to rest, and looks whether it is what they see.
async fn compare(house: &House, people: &mut [Person], when: &str) {
    house.db.level().await.unwrap();
    house.forget().await;
    for (person, name) in people.iter_mut().zip(NAMES) {
        while person.mirror.fetch(50).await {}
        let (copy, seen) = (person.mirror.all(), truth::all(house, &person.client).await);
        for (table, seen) in seen {
            let copy = &copy[table];
            let lacks: Vec<_> = seen.difference(copy).collect();
            let extra: Vec<_> = copy.difference(&seen).collect();
            assert!(
                lacks.is_empty() && extra.is_empty(),
                "{name}, {table}, {when}: the copy lacks {lacks:#?} and has besides {extra:#?}"
            );
        }
    }
}

async fn run(seed: u64, rounds: usize) {
    let house = House::new().await;
    let mut random = StdRng::seed_from_u64(seed);
    let mut people = people(&house).await;
    let clients: Vec<(UserId, Client)> =
        people.iter().map(|person| (person.id, person.client.clone())).collect();
    let mut acts = Acts::new(&house, clients).await;
    for round in 0..rounds {
        acts.act(&mut random).await;
        let person = &mut people[random.random_range(0..NAMES.len())];
        let first = random.random_range(1..9);
        match random.random_range(0..10) {
            // The answer was lost on its way.
            0 => drop(person.mirror.ask(first).await),
            // It was written down, but where one stood then was not.
            1 => person.mirror.fetch_and_forget(first).await,
            2..6 => {
                person.mirror.fetch(first).await;
            }
            _ => {}
        }
        if round % 60 == 59 {
            compare(&house, &mut people, &format!("seed {seed}, after {round} acts")).await;
        }
    }
    // Who was told to start anew has the same in the end.
    house.store.begin_epoch().await.unwrap();
    acts.act(&mut random).await;
    compare(&house, &mut people, &format!("seed {seed}, after a restore")).await;
    let table = people[0].mirror.all();
    assert!(
        ["assets", "albums", "entries", "members"].iter().all(|name| !table[*name].is_empty()),
        "nothing was done"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn copies_are_what_their_people_see_after_whatever_was_done() {
    run(1, 300).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn copies_are_what_their_people_see_after_something_else_was_done() {
    run(7, 300).await;
}

const PAGE: &str = "query ($after: String!, $first: Int!) { changes(after: $after, first: $first) { position reset hasMore \
                    items { kind id gone albumId assetId } } }";

async fn page(client: &Client, after: &str, first: i32) -> Value {
    client.data(PAGE, json!({ "after": after, "first": first })).await["changes"].take()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_position_that_is_too_old_is_told_so_within_a_round_too() {
    let house = House::new().await;
    let (_, library, client) = house.owner("ann").await;
    house.store.add_folder(library, b"/a", true).await.unwrap();
    house.db.level().await.unwrap();
    let begin = page(&client, "0", 500).await;
    assert_eq!(
        (&begin["reset"], &begin["hasMore"], &begin["items"]),
        (&json!(true), &json!(true), &json!([]))
    );
    let first = page(&client, begin["position"].as_str().unwrap(), 1).await;
    assert_eq!((&first["reset"], &first["hasMore"]), (&json!(false), &json!(true)));
    assert_eq!(first["items"][0]["kind"], "LIBRARY");
    let within = first["position"].as_str().unwrap().to_owned();
    let rest = page(&client, &within, 500).await;
    assert_eq!(rest["hasMore"], json!(false));
    let at_rest = rest["position"].as_str().unwrap().to_owned();
    assert_eq!(page(&client, &at_rest, 500).await["items"], json!([]));
    // What is begun from nothing needs no tombstones; everything else does.
    house.db.execute("UPDATE feed SET pruned_xid = pg_snapshot_xmax(pg_current_snapshot())").await.unwrap();
    assert_eq!(page(&client, &within, 500).await["reset"], json!(false));
    assert_eq!(page(&client, &at_rest, 500).await["reset"], json!(true));
    house.store.begin_epoch().await.unwrap();
    for position in [&within, &at_rest] {
        assert_eq!(page(&client, position, 500).await["reset"], json!(true), "{position}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_of_a_library_comes_with_a_membership_and_its_end_is_one_tombstone() {
    let house = House::new().await;
    let (_, library, owner) = house.owner("ann").await;
    let friend = house.user("ben", UserRole::User).await;
    let client = house.sign_in(friend).await;
    let mut assets = Vec::new();
    for number in 0..5 {
        assets.push(acts::upload(&owner, &library.to_string(), number).await);
    }
    house.db.level().await.unwrap();
    let mut mirror = Mirror::new(client);
    while mirror.fetch(50).await {}
    assert!(mirror.all()["assets"].is_empty());
    house.member(library, friend, "viewer").await;
    house.db.level().await.unwrap();
    while mirror.fetch(2).await {}
    assert_eq!(mirror.all()["assets"].len(), 5);
    house.db.execute(&format!("DELETE FROM library_members WHERE user_id = {}", friend.0)).await.unwrap();
    house.db.level().await.unwrap();
    let answer = mirror.ask(50).await;
    let items = answer["items"].as_array().unwrap();
    assert_eq!(items.len(), 1, "{answer}");
    assert_eq!((&items[0]["kind"], &items[0]["gone"]), (&json!("LIBRARY"), &json!(true)));
    while mirror.fetch(50).await {}
    assert!(mirror.all().values().all(std::collections::BTreeSet::is_empty), "{:?}", mirror.all());
}
