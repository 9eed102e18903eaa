//! What a person sees by query, as the tables of their copy would have it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::mirror::{Tables, asset_words};
use crate::client::Client;
use crate::house::House;

fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap_or("null")
}

fn nodes(value: &Value) -> Vec<Value> {
    value["nodes"].as_array().cloned().unwrap_or_default()
}

/// Without the fields that stand in columns of their own.
fn words(value: &Value, without: &[&str]) -> String {
    let mut words = value.clone();
    for field in without {
        words.as_object_mut().unwrap().remove(*field);
    }
    words.to_string()
}

/// All that they see.
pub async fn all(house: &House, client: &Client) -> Tables {
    let mut tables: Tables = BTreeMap::new();
    let found = client.data("{ libraries(first: 500) { nodes { id name role } } }", json!({})).await;
    let rows =
        nodes(&found["libraries"]).iter().map(|one| format!("{} {}", id(one), words(one, &["id"]))).collect();
    tables.insert("libraries", rows);
    tables.insert("assets", assets(house, client).await);
    let document = "{ albums(first: 500) { nodes { id name description role order talk likeCount liked owner { id name } \
                    parent { id } } } }";
    let albums = nodes(&client.data(document, json!({})).await["albums"]);
    tables
        .insert("albums", albums.iter().map(|one| format!("{} {}", id(one), words(one, &["id"]))).collect());
    for table in ["members", "entries", "comments", "talk"] {
        tables.insert(table, BTreeSet::new());
    }
    for album in &albums {
        of_album(client, id(album), &mut tables).await;
    }
    let rows = talk(house, client, &albums).await;
    tables.insert("talk", rows);
    tables
}

/// What is said of what is shown in albums, or in those within them.
async fn talk(house: &House, client: &Client, albums: &[Value]) -> BTreeSet<String> {
    let sql = "SELECT DISTINCT 'album_' || w.album_id || ' asset_' || w.asset_id FROM (
                   SELECT album_id, asset_id FROM album_likes UNION SELECT album_id, asset_id FROM album_comments) w
               JOIN album_ancestors p ON p.ancestor_id = w.album_id
               JOIN albums n ON n.id = p.album_id AND n.deleted_at IS NULL
               JOIN album_sights s ON s.album_id = p.album_id AND s.asset_id = w.asset_id";
    let document = "query ($album: ID!, $asset: ID!) { albumTalk(albumId: $album, assetId: $asset) { likeCount liked \
                    commentCount } }";
    let mut rows = BTreeSet::new();
    for pair in house.db.texts(sql).await.unwrap() {
        let (album, asset) = pair.split_once(' ').unwrap();
        if albums.iter().any(|one| id(one) == album) {
            let said =
                client.data(document, json!({ "album": album, "asset": asset })).await["albumTalk"].take();
            rows.insert(format!("{pair} {said}"));
        }
    }
    rows
}

async fn assets(house: &House, client: &Client) -> BTreeSet<String> {
    let ids = house.db.texts("SELECT 'asset_' || id FROM assets ORDER BY id").await.unwrap();
    let document = "query ($ids: [ID!]!) { assets(ids: $ids) { id name title life favourite trashedAt library { id } stack { \
                    members { id } } } }";
    let mut rows = BTreeSet::new();
    for ids in ids.chunks(400) {
        let found = client.data(document, json!({ "ids": ids })).await;
        for asset in found["assets"].as_array().unwrap().iter().filter(|asset| !asset.is_null()) {
            rows.insert(format!("{} {} {}", id(asset), id(&asset["library"]), asset_words(asset)));
        }
    }
    rows
}

async fn of_album(client: &Client, album: &str, tables: &mut Tables) {
    let document = "query ($id: ID!) { album(id: $id) { members { role inherited user { id name } } } \
                    albumAssets(albumId: $id, first: 500) { nodes { id } } \
                    albumComments(albumId: $id, first: 500) { nodes { id text user { id name } asset { id } } } }";
    let found = client.data(document, json!({ "id": album })).await;
    let mut put = |table: &'static str, row: String| tables.entry(table).or_default().insert(row);
    for member in found["album"]["members"].as_array().unwrap() {
        let user = id(&member["user"]).to_owned();
        let mut member = member.clone();
        member["user"].as_object_mut().unwrap().remove("id");
        put("members", format!("{album} {user} {member}"));
    }
    for asset in nodes(&found["albumAssets"]) {
        put("entries", format!("{album} {}", id(&asset)));
    }
    for comment in nodes(&found["albumComments"]) {
        let (asset, said) = (id(&comment["asset"]), words(&comment, &["id", "asset"]));
        put("comments", format!("{} {album} {asset} {said}", id(&comment)));
    }
}
