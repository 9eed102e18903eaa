//! Who is let into a library sees it at once, and who is let out sees it no more.

use std::time::Duration;

use domain::user::UserRole;
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::client::Client;
use crate::world::{TAG, World};

const SET: &str = "mutation ($input: LibraryMemberSetInput!) { libraryMemberSet(input: $input) \
    { library { members { role user { name } } } userErrors { code field message } } }";

/// Somebody who is in no library, and their id.
async fn somebody(world: &World) -> (Client, String) {
    let user = world.house.user("somebody", UserRole::User).await;
    (world.house.sign_in(user).await, user.to_string())
}

async fn set(client: &Client, library: &str, user: &str, role: Value) -> Value {
    let input = json!({ "libraryId": library, "userIds": [user], "role": role });
    client.data(SET, json!({ "input": input })).await["libraryMemberSet"].take()
}

/// Whether they see the library, its asset, its picture and the day on their timeline.
async fn sees(client: &Client, world: &World) -> [bool; 4] {
    let ids = json!({ "library": world.ours.library, "asset": world.ours.asset });
    let document = "query ($library: ID!, $asset: ID!) { library(id: $library) { name } asset(id: $asset) { id } \
                    timeline { count } }";
    let answer = client.data(document, ids).await;
    let picture = client.get(&format!("/media/{}/thumbnail?v={TAG}", world.ours.asset)).await;
    [
        !answer["library"].is_null(),
        !answer["asset"].is_null(),
        picture.status == StatusCode::OK,
        answer["timeline"]["count"] != 0,
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_let_in_sees_everything_and_who_is_let_out_nothing_within_a_second() {
    let world = World::new().await;
    let (client, user) = somebody(&world).await;
    let owner = world.people[10].clone();
    assert_eq!(sees(&client, &world).await, [false; 4]);
    let done = set(&owner, &world.ours.library, &user, json!("VIEWER")).await;
    assert!(done["library"]["members"].to_string().contains("somebody"), "{done}");
    assert_eq!(sees(&client, &world).await, [true; 4]);
    let done = set(&owner, &world.ours.library, &user, json!("EDITOR")).await;
    assert!(done["library"]["members"].to_string().contains("EDITOR"), "{done}");
    set(&owner, &world.ours.library, &user, Value::Null).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(sees(&client, &world).await, [false; 4]);
    let noted = "SELECT action FROM audit_entries WHERE action LIKE 'library.member%' ORDER BY id";
    let noted = world.house.db.texts(noted).await.unwrap();
    assert_eq!(noted, ["library.member_set", "library.member_set", "library.member_removed"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn members_leave_and_owners_transfer_first() {
    let world = World::new().await;
    let (client, user) = somebody(&world).await;
    let owner = world.people[10].clone();
    set(&owner, &world.ours.library, &user, json!("EDITOR")).await;
    // Nobody but the owner lets others in, or out.
    let refused = set(&client, &world.ours.library, &world.ours.user, Value::Null).await;
    assert_eq!(refused["userErrors"][0]["code"], "NOT_FOUND");
    let left = set(&client, &world.ours.library, &user, Value::Null).await;
    assert_eq!((left["library"].is_null(), left["userErrors"].as_array().map(Vec::len)), (true, Some(0)));
    assert_eq!(sees(&client, &world).await, [false; 4]);
    let refused = set(&owner, &world.ours.library, &world.ours.user, Value::Null).await;
    assert_eq!(refused["userErrors"][0]["field"], "userIds");
    let refused = set(&owner, &world.ours.library, &user, json!("OWNER")).await;
    assert_eq!(refused["userErrors"][0]["field"], "role");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_somebody_put_into_their_own_albums_goes_with_their_membership() {
    let world = World::new().await;
    let (client, user) = somebody(&world).await;
    let owner = world.people[10].clone();
    set(&owner, &world.ours.library, &user, json!("EDITOR")).await;
    let made = "mutation { albumCreate(input: { name: \"Mine\" }) { album { id } } }";
    let album = client.data(made, json!({})).await["albumCreate"]["album"]["id"].take();
    let add =
        "mutation ($input: AlbumAssetsAddInput!) { albumAssetsAdd(input: $input) { albums { added } } }";
    let input = json!({ "albumIds": [album], "assetIds": [world.ours.asset] });
    let added = client.data(add, json!({ "input": input })).await;
    assert_eq!(added["albumAssetsAdd"]["albums"][0]["added"], 1);
    set(&owner, &world.ours.library, &user, Value::Null).await;
    assert_eq!(sees(&client, &world).await, [false; 4]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_follows_the_feed_is_told_that_a_library_has_come_and_gone() {
    let world = World::new().await;
    let (client, user) = somebody(&world).await;
    let owner = world.people[10].clone();
    let begin = client.data("{ changes { position } }", json!({})).await["changes"]["position"].take();
    let read = "query ($after: String!) { changes(after: $after) { position items { kind id gone } } }";
    set(&owner, &world.ours.library, &user, json!("VIEWER")).await;
    world.house.db.level().await.unwrap();
    let told = client.data(read, json!({ "after": begin })).await["changes"].take();
    let of = |told: &Value| {
        let all = told["items"].as_array().unwrap().iter();
        all.filter(|item| item["kind"] == "LIBRARY").map(|item| item["gone"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(of(&told), [false], "{told}");
    set(&owner, &world.ours.library, &user, Value::Null).await;
    world.house.db.level().await.unwrap();
    let told = client.data(read, json!({ "after": told["position"] })).await["changes"].take();
    assert_eq!(of(&told), [true], "{told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_library_is_called_what_its_owner_calls_it() {
    let world = World::new().await;
    let owner = world.people[10].clone();
    let rename = "mutation ($input: LibraryUpdateInput!) { libraryUpdate(input: $input) { library { name } \
                  userErrors { code } } }";
    for (name, wanted, code) in
        [(" The attic ", json!("The attic"), Value::Null), (" ", Value::Null, json!("REQUIRED"))]
    {
        let input = json!({ "libraryId": world.ours.library, "name": name });
        let done = owner.data(rename, json!({ "input": input })).await["libraryUpdate"].take();
        assert_eq!((&done["library"]["name"], &done["userErrors"][0]["code"]), (&wanted, &code));
    }
}
