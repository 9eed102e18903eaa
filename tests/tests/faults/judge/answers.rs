//! The person who asks is told the same.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::Asset;
use crate::client::Client;
use crate::house::House;
use crate::pictures::Sample;

/// How long the index may take to be level with the feed.
const LEVEL: Duration = Duration::from_secs(20);
/// Pictures that are fetched, one of every so many.
const EVERY: usize = 12;

/// Search, timeline, library and feed tell of exactly the assets; pictures can be fetched.
pub async fn agree(
    house: &House,
    assets: &[Asset],
    expected: &BTreeMap<String, Vec<&Sample>>,
) -> Vec<String> {
    let (api, indexer) = (house.api(None), house.indexer(None));
    let client = house.sign_in().await;
    let right: BTreeSet<String> = assets.iter().map(|asset| format!("asset_{}", asset.id)).collect();
    let mut wrong = Vec::new();
    let since = Instant::now();
    while found(&client).await != right && since.elapsed() < LEVEL {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    wrong.extend(compare("the search", &found(&client).await, &right));
    wrong.extend(compare("the feed", &fed(&client).await, &right));
    let words = "{ timeline { count } search(filter: { text: \"\" }) { totalCount } libraries { nodes { assetCount } } }";
    let told = client.ask(words, Value::Null).await;
    let libraries = told["libraries"]["nodes"].as_array().unwrap();
    let in_libraries: i64 = libraries.iter().map(|library| library["assetCount"].as_i64().unwrap()).sum();
    let counts = [
        ("the timeline", told["timeline"]["count"].as_i64()),
        ("the search", told["search"]["totalCount"].as_i64()),
        ("the libraries", Some(in_libraries)),
    ];
    for (who, count) in counts.into_iter().filter(|(_, count)| *count != i64::try_from(expected.len()).ok()) {
        wrong.push(format!("{who} counts {count:?} instead of {}", expected.len()));
    }
    for asset in assets.iter().filter(|asset| asset.readable == "ready").step_by(EVERY) {
        wrong.extend(fetched(&client, asset).await);
    }
    indexer.stop().await;
    api.stop().await;
    wrong
}

fn compare(who: &str, told: &BTreeSet<String>, right: &BTreeSet<String>) -> Vec<String> {
    let lacks = right.difference(told).map(|id| format!("{who} lacks {id}"));
    lacks.chain(told.difference(right).map(|id| format!("{who} tells of {id}, which is none"))).collect()
}

/// What the index finds.
async fn found(client: &Client) -> BTreeSet<String> {
    let words = "{ search(filter: { text: \"\" }, first: 500) { nodes { id } } }";
    let nodes = client.ask(words, Value::Null).await["search"]["nodes"].clone();
    nodes.as_array().unwrap().iter().map(|node| node["id"].as_str().unwrap().to_owned()).collect()
}

/// What a client learns that reads the feed from its beginning, in small pieces.
async fn fed(client: &Client) -> BTreeSet<String> {
    let words = "query($after: String) { changes(after: $after, first: 50) {
        position hasMore reset items { id kind gone } } }";
    let mut ids = BTreeSet::new();
    let mut after = json!("1.0.0");
    loop {
        let page = client.ask(words, json!({ "after": after })).await["changes"].clone();
        assert_eq!(page["reset"], false, "the feed can't be read from its beginning: {page}");
        let items = page["items"].as_array().unwrap().iter();
        let assets = items.filter(|item| item["kind"] == "ASSET" && item["gone"] == false);
        ids.extend(assets.map(|item| item["id"].as_str().unwrap().to_owned()));
        if page["hasMore"] != true {
            return ids;
        }
        after = page["position"].clone();
    }
}

async fn fetched(client: &Client, asset: &Asset) -> Vec<String> {
    let mut wrong = Vec::new();
    for kind in ["thumbnail", "preview", "original"] {
        let (status, bytes) =
            client.fetch(&format!("/media/asset_{}/{kind}?v={}", asset.id, asset.tag)).await;
        let right = status == 200
            && match kind {
                "original" => blake3::hash(&bytes).to_hex().as_str() == asset.hash,
                _ => image::load_from_memory(&bytes).is_ok(),
            };
        if !right {
            wrong.push(format!(
                "the {kind} of asset_{} was answered {status} with {} bytes",
                asset.id,
                bytes.len()
            ));
        }
    }
    wrong
}
