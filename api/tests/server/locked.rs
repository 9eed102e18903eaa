//! The locked folder over HTTP: what is in it is seen by its owner while it is open, leaves nothing in a browser, and is gone
//! for everybody else.

use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Client, Reply};
use crate::world::{PASSWORD, TAG, THUMBNAIL, World};

const PIN: &str = "271828";
const FOLDER: &str = "{ lockedFolder { hasPin openUntil count assets { nodes { id name } } } }";

async fn picture(client: &Client, asset: &str) -> Reply {
    Reply::of(client.request(Method::GET, &format!("/media/{asset}/thumbnail?v={TAG}"))).await
}

async fn folder(client: &Client) -> Value {
    client.data(FOLDER, json!({})).await["lockedFolder"].take()
}

#[tokio::test]
async fn a_locked_picture_is_seen_by_its_owner_alone_while_the_folder_is_open() {
    let world = World::new().await;
    let (editor, owner) = (&world.people[9], &world.people[10]);
    let asset = world.ours.asset.as_str();
    let set = "mutation ($input: LockedFolderSetPinInput!) { lockedFolderSetPin(input: $input) { userErrors { code } } }";
    owner.data(set, json!({ "input": { "password": PASSWORD, "pin": PIN } })).await;
    let lock =
        "mutation ($ids: [ID!]!) { assetsLock(input: { assetIds: $ids }) { count userErrors { message } } }";
    let locked = owner.data(lock, json!({ "ids": [asset] })).await;
    assert_eq!(locked["assetsLock"]["count"], 1, "{locked}");
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;

    for client in [editor, owner] {
        assert_eq!(picture(client, asset).await.status.as_u16(), 404);
        assert_eq!(folder(client).await["assets"], Value::Null);
        let found = client.data("query ($id: ID!) { asset(id: $id) { id } }", json!({ "id": asset })).await;
        assert_eq!(found["asset"], Value::Null);
    }
    let open = "mutation ($pin: String!) { lockedFolderOpen(input: { pin: $pin }) { openUntil userErrors { code } } }";
    let refused = owner.data(open, json!({ "pin": "314159" })).await;
    assert_eq!(refused["lockedFolderOpen"]["userErrors"][0]["code"], "WRONG_PIN", "{refused}");
    let opened = owner.data(open, json!({ "pin": PIN })).await;
    assert!(opened["lockedFolderOpen"]["openUntil"].is_string(), "{opened}");

    let inside = folder(owner).await;
    assert_eq!(
        (&inside["count"], &inside["assets"]["nodes"][0]["id"]),
        (&json!(1), &json!(asset)),
        "{inside}"
    );
    let seen = picture(owner, asset).await;
    assert_eq!((seen.status.as_u16(), seen.body.as_slice()), (200, THUMBNAIL));
    assert_eq!((seen.header("cache-control"), seen.header("etag")), ("no-store", ""));
    let original = owner.get(&format!("/media/{asset}/original")).await;
    assert_eq!(original.header("cache-control"), "no-store");
    assert_eq!(picture(editor, asset).await.status.as_u16(), 404);

    owner.data("mutation { lockedFolderClose { openUntil } }", json!({})).await;
    assert_eq!(picture(owner, asset).await.status.as_u16(), 404);
    assert_eq!(folder(owner).await["count"], Value::Null);
}
