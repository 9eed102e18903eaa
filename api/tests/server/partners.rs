//! What a partner sees of another's photos, and what not; and that it ends at once.

use std::time::Duration;

use domain::deed::Deed;
use domain::{AssetId, UserId};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::client::Client;
use crate::world::{TAG, World, index};

const ADD: &str = "mutation ($input: PartnerAddInput!) { partnerAdd(input: $input) \
    { viewer { partnersLooking { inTimeline user { name } } } userErrors { code } } }";
const REMOVE: &str =
    "mutation ($input: PartnerRemoveInput!) { partnerRemove(input: $input) { userErrors { code } } }";
const LEAVE: &str =
    "mutation ($input: PartnerLeaveInput!) { partnerLeave(input: $input) { userErrors { code } } }";
const SHOW: &str = "mutation ($input: PartnerUpdateInput!) { partnerUpdate(input: $input) \
    { viewer { partners { inTimeline user { name } } } userErrors { code } } }";

/// A stranger, whom the owner lets look.
async fn partners(world: &World) -> (Client, Client) {
    let (looker, owner) = (world.people[3].clone(), world.people[10].clone());
    let added = owner.data(ADD, json!({ "input": { "userId": world.ours.other } })).await;
    assert_eq!(added["partnerAdd"]["userErrors"], json!([]), "{added}");
    assert_eq!(added["partnerAdd"]["viewer"]["partnersLooking"][0]["inTimeline"], Value::Null);
    (looker, owner)
}

/// How often each way of looking finds the owner's asset.
async fn found(client: &Client, world: &World) -> Vec<(&'static str, i64)> {
    let document = "query ($asset: ID!) { asset(id: $asset) { id } \
        search(filter: { text: \"tag:secret\" }) { totalCount } \
        timeline { count } \
        map(bbox: { west: -20, south: 30, east: 0, north: 45 }, zoom: 3) { cells { count } points { id } } }";
    let answer = client.data(document, json!({ "asset": world.ours.asset })).await;
    let rows = |value: &Value| i64::try_from(value.as_array().unwrap().len()).unwrap();
    let media = client.get(&format!("/media/{}/thumbnail?v={TAG}", world.ours.asset)).await;
    vec![
        ("asset", i64::from(!answer["asset"].is_null())),
        ("search", answer["search"]["totalCount"].as_i64().unwrap()),
        ("timeline", answer["timeline"]["count"].as_i64().unwrap()),
        ("map", rows(&answer["map"]["cells"]) + rows(&answer["map"]["points"])),
        ("media", i64::from(media.status == StatusCode::OK)),
    ]
}

fn counts(found: &[(&'static str, i64)]) -> Vec<i64> {
    found.iter().map(|(_, count)| *count).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_partner_sees_everything_everywhere_until_either_of_both_ends_it() {
    let world = World::new().await;
    index(&world.house).await;
    let (looker, owner) = partners(&world).await;
    assert_eq!(counts(&found(&looker, &world).await), [1, 1, 1, 1, 1]);
    // Off the timeline and the map, and still found.
    let show = |shown: bool| json!({ "input": { "userId": world.ours.user, "inTimeline": shown } });
    looker.data(SHOW, show(false)).await;
    assert_eq!(counts(&found(&looker, &world).await), [1, 1, 0, 0, 1]);
    looker.data(SHOW, show(true)).await;
    owner.data(REMOVE, json!({ "input": { "userId": world.ours.other } })).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(counts(&found(&looker, &world).await), [0; 5]);
    partners(&world).await;
    looker.data(LEAVE, json!({ "input": { "userId": world.ours.user } })).await;
    assert_eq!(counts(&found(&looker, &world).await), [0; 5]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_partner_sees_nothing_that_is_archived_trashed_or_locked() {
    let world = World::new().await;
    let (looker, _) = partners(&world).await;
    let store = &world.house.store;
    let owner: UserId = world.ours.user.parse().unwrap();
    let asset: AssetId = world.ours.asset.parse().unwrap();
    for (deed, back) in
        [(Deed::Archive, Deed::Unarchive), (Deed::Trash, Deed::Restore), (Deed::Lock, Deed::Unlock)]
    {
        let act = store.begin_act(owner, deed).await.unwrap();
        store.act(act, owner, deed, &[asset], chrono::Utc::now()).await.unwrap();
        index(&world.house).await;
        world.house.forget().await;
        assert_eq!(counts(&found(&looker, &world).await), [0; 5], "{deed:?}");
        let document = "{ archived: search(filter: { text: \"archived:yes\" }) { totalCount } \
            any: search(filter: { text: \"state:archived OR state:trashed\" }) { totalCount } \
            trash { assets { nodes { id } } } }";
        let told = looker.data(document, json!({})).await;
        assert_eq!((&told["archived"]["totalCount"], &told["any"]["totalCount"]), (&json!(0), &json!(0)));
        assert_eq!(told["trash"]["assets"]["nodes"], json!([]), "{deed:?}");
        let act = store.begin_act(owner, back).await.unwrap();
        store.act(act, owner, back, &[asset], chrono::Utc::now()).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_partner_learns_no_paths_folders_or_members_and_changes_nothing() {
    let world = World::new().await;
    let (looker, _) = partners(&world).await;
    let ids = json!({ "asset": world.ours.asset, "library": world.ours.library });
    let document = "query ($asset: ID!, $library: ID!) { asset(id: $asset) { path paths sidecar } \
        library(id: $library) { role folders { path } members { role user { id } } } \
        jobs { buried { nodes { name } } } searchSuggestions(text: \"city:secr\") { label } }";
    let told = looker.data(document, ids).await;
    assert_eq!(told["asset"], json!({ "path": null, "paths": [], "sidecar": null }));
    assert_eq!((&told["library"]["role"], &told["library"]["folders"]), (&json!("PARTNER"), &json!([])));
    let members = told["library"]["members"].as_array().unwrap();
    assert!(members.iter().all(|member| member["role"] == "OWNER"), "{members:?}");
    assert_eq!(told["jobs"]["buried"]["nodes"], json!([]));
    assert!(!told["searchSuggestions"].to_string().contains("Secret city"), "{told}");
    let archive = "mutation ($id: ID!) { assetsArchive(input: { assetIds: [$id] }) { userErrors { code } } }";
    let before = world.house.dump().await;
    looker.ask(archive, json!({ "id": world.ours.asset })).await;
    let add = "mutation ($input: LibraryMemberSetInput!) { libraryMemberSet(input: $input) { userErrors { code } } }";
    let input =
        json!({ "libraryId": world.ours.library, "userIds": [world.ours.bystander], "role": "EDITOR" });
    looker.ask(add, json!({ "input": input })).await;
    assert_eq!(world.house.dump().await, before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_partner_who_follows_is_told_of_what_is_archived_that_it_is_gone() {
    let world = World::new().await;
    let (looker, _) = partners(&world).await;
    let store = &world.house.store;
    let (owner, asset): (UserId, AssetId) =
        (world.ours.user.parse().unwrap(), world.ours.asset.parse().unwrap());
    let mut after = looker.data("{ changes { position } }", json!({})).await["changes"]["position"].take();
    for (deed, gone) in [(Deed::Archive, true), (Deed::Unarchive, false)] {
        let act = store.begin_act(owner, deed).await.unwrap();
        store.act(act, owner, deed, &[asset], chrono::Utc::now()).await.unwrap();
        world.house.db.level().await.unwrap();
        let read = "query ($after: String!) { changes(after: $after) { position items { id gone } } }";
        let told = looker.data(read, json!({ "after": after })).await["changes"].take();
        let item =
            told["items"].as_array().unwrap().iter().find(|item| item["id"] == world.ours.asset.as_str());
        assert_eq!(item.unwrap()["gone"], gone, "{told}");
        after = told["position"].clone();
    }
}
