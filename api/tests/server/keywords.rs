//! Keywords over HTTP: counted, coloured, moved over all that has them, and back.

use domain::AssetId;
use domain::edit::{Change, EditChange};
use domain::metadata::keywords::Keyword;
use domain::user::UserRole;
use serde_json::{Value, json};

use crate::client::Client;
use crate::house::House;
use crate::statements::asset;

const LIST: &str = "{ keywords { path count colour text } }";
const MOVE: &str = "mutation ($input: KeywordMoveInput!) { keywordMove(input: $input) { count editIds userErrors { code field } } }";
const DELETE: &str = "mutation ($input: KeywordDeleteInput!) { keywordDelete(input: $input) { count editIds userErrors { code } } }";
const COLOUR: &str =
    "mutation ($input: KeywordUpdateInput!) { keywordUpdate(input: $input) { userErrors { code } } }";

/// Paths with their counts, as text.
async fn list(client: &Client) -> Vec<String> {
    let all = client.data(LIST, json!({})).await["keywords"].take();
    let line = |one: &Value| {
        let path: Vec<&str> = one["path"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        format!("{} {} {}", path.join("|"), one["count"], one["colour"].as_str().unwrap_or("-"))
    };
    all.as_array().unwrap().iter().map(line).collect()
}

#[tokio::test]
async fn keywords_are_moved_with_all_below_them_over_all_that_has_them_and_back() {
    let house = House::new().await;
    let (user, library, ann) = house.owner("ann").await;
    let words = [&["Places|Portugal|Lisbon", "sea"][..], &["Places|Portugal"], &["Iberia|Lisbon"]];
    for (number, words) in words.iter().enumerate() {
        asset(&house, library, number as u8).await;
        let id = house.store.asset_ids_after(AssetId(0), 10).await.unwrap()[number];
        let words = words.iter().filter_map(|path| Keyword::stored((*path).to_owned())).collect();
        let change = EditChange { keywords: Change::Set(words), ..EditChange::default() };
        house.store.edit(user, &[id], &change, chrono::Utc::now(), &|_| None).await.unwrap();
    }
    let before = [
        "Iberia 1 -",
        "Iberia|Lisbon 1 -",
        "Places 2 -",
        "Places|Portugal 2 RED",
        "Places|Portugal|Lisbon 1 -",
        "sea 1 -",
    ];
    let library = library.to_string();
    let portugal = ["Places", "Portugal"];
    let colour = json!({ "libraryId": library, "path": portugal, "colour": "RED" });
    ann.data(COLOUR, json!({ "input": colour })).await;
    assert_eq!(list(&ann).await, before);

    // Renamed to one that is there: the two become one, with the colour.
    let input = json!({ "libraryId": library, "path": portugal, "to": ["Iberia"] });
    let moved = ann.data(MOVE, json!({ "input": input })).await["keywordMove"].take();
    assert_eq!((&moved["count"], &moved["userErrors"]), (&json!(2), &json!([])), "{moved}");
    assert_eq!(list(&ann).await, ["Iberia 3 RED", "Iberia|Lisbon 2 -", "sea 1 -"]);
    for edit in moved["editIds"].as_array().unwrap() {
        let undo = "mutation ($id: ID!) { editUndo(input: { editId: $id }) { userErrors { message } } }";
        ann.data(undo, json!({ "id": edit })).await;
    }
    let back = list(&ann).await;
    assert_eq!((back.len(), &back[3]), (6, &before[3].to_owned()), "{back:?}");

    let below = json!({ "libraryId": library, "path": ["Places"], "to": ["Places", "Portugal", "x"] });
    let refused = ann.data(MOVE, json!({ "input": below })).await["keywordMove"].take();
    assert_eq!(refused["userErrors"], json!([{ "code": "INVALID", "field": "to" }]), "{refused}");
    let gone = ann.data(DELETE, json!({ "input": { "libraryId": library, "path": ["Places"] } })).await;
    assert_eq!(gone["keywordDelete"]["count"], 2, "{gone}");
    assert_eq!(list(&ann).await, ["Iberia 1 RED", "Iberia|Lisbon 1 -", "sea 1 -"]);
    let again = ann.data(DELETE, json!({ "input": { "libraryId": library, "path": ["Places"] } })).await;
    assert_eq!(again["keywordDelete"]["userErrors"], json!([{ "code": "NOT_FOUND" }]));
    let bob = house.user("bob", UserRole::User).await;
    assert!(list(&house.sign_in(bob).await).await.is_empty());
}
