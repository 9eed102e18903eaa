//! Folders as trees over HTTP.

use domain::asset::ContentHash;
use domain::job::Priority;
use domain::user::UserRole;
use domain::{FolderId, LibraryId};
use serde_json::{Value, json};
use store::{InFolder, NewAsset, NewLocation};

use crate::client::Client;
use crate::house::House;

const TREE: &str = "query ($id: ID!, $key: String!) { folderPart(folderId: $id, key: $key) { name count here divided \
                    parts { key name count here divided } } }";
const FILES: &str = "query ($id: ID!, $key: String!, $after: String) { folderAssets(folderId: $id, key: $key, first: 2, \
                     after: $after) { nodes { name } pageInfo { hasNextPage endCursor } } }";

async fn file(house: &House, library: LibraryId, folder: FolderId, path: &[u8]) {
    let name = String::from_utf8_lossy(path.rsplit(|byte| *byte == b'/').next().unwrap()).into_owned();
    let sha1 = blake3::hash(path).as_bytes()[..20].try_into().unwrap();
    let new = NewAsset {
        library,
        added_by: None,
        name,
        hash: ContentHash { blake3: *blake3::hash(path).as_bytes(), sha1 },
        size: 1,
        modified_at: chrono::DateTime::UNIX_EPOCH,
        location: NewLocation::InFolder(InFolder { folder, path: path.to_vec() }),
        priority: Priority::Bulk,
    };
    house.store.insert_asset(&new).await.unwrap();
}

async fn tree(client: &Client, folder: FolderId, key: &str) -> Value {
    client.data(TREE, json!({ "id": folder.to_string(), "key": key })).await["folderPart"].take()
}

#[tokio::test]
async fn a_folder_is_walked_part_by_part_whatever_bytes_its_paths_have() {
    let house = House::new().await;
    let (_, library, client) = house.owner("ann").await;
    let folder = house.store.add_folder(library, b"/photos", true).await.unwrap().id;
    for path in [
        &b"top.jpg"[..],
        b"2019/a.jpg",
        b"2019/b.jpg",
        b"2019/c.jpg",
        b"2019/lisbon/d.jpg",
        b"2019\xff/e.jpg",
    ] {
        file(&house, library, folder, path).await;
    }
    let root = tree(&client, folder, "").await;
    let numbers = |part: &Value| (part["count"].as_i64(), part["here"].as_i64(), part["divided"].as_bool());
    assert_eq!(numbers(&root), (Some(6), Some(1), Some(true)), "{root}");
    let (year, odd) = (&root["parts"][0], &root["parts"][1]);
    assert_eq!((&year["name"], numbers(year)), (&json!("2019"), (Some(4), Some(3), Some(true))), "{root}");
    assert_eq!(
        (&odd["name"], numbers(odd)),
        (&json!("2019\u{fffd}"), (Some(1), Some(1), Some(false))),
        "{root}"
    );
    let inside = tree(&client, folder, year["key"].as_str().unwrap()).await;
    assert_eq!(
        (inside["parts"][0]["name"].as_str(), inside["parts"].as_array().unwrap().len()),
        (Some("lisbon"), 1)
    );

    let mut variables = json!({ "id": folder.to_string(), "key": year["key"] });
    let first = client.data(FILES, variables.clone()).await["folderAssets"].take();
    assert_eq!(first["nodes"], json!([{ "name": "a.jpg" }, { "name": "b.jpg" }]), "{first}");
    variables["after"] = first["pageInfo"]["endCursor"].clone();
    let second = client.data(FILES, variables).await["folderAssets"].take();
    assert_eq!(
        (&second["nodes"], &second["pageInfo"]["hasNextPage"]),
        (&json!([{ "name": "c.jpg" }]), &json!(false))
    );
    let odd_files = client.data(FILES, json!({ "id": folder.to_string(), "key": odd["key"] })).await;
    assert_eq!(odd_files["folderAssets"]["nodes"], json!([{ "name": "e.jpg" }]));

    // What leaves the library's sight leaves its folder; who is no member sees none.
    house.db.execute("UPDATE assets SET state = 'trashed' WHERE name = 'd.jpg'").await.unwrap();
    house.app.cache.parts.invalidate_all();
    assert_eq!(tree(&client, folder, "").await["parts"][0]["count"], 3);
    let bob = house.user("bob", UserRole::User).await;
    assert_eq!(tree(&house.sign_in(bob).await, folder, "").await, Value::Null);
}
