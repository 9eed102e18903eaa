//! Searches that somebody keeps, and those they have made lately.

use domain::user::UserRole;
use serde_json::{Value, json};

use crate::client::Client;
use crate::house::House;

const CREATE: &str = "mutation ($input: SavedSearchCreateInput!) { savedSearchCreate(input: $input) { savedSearch { id name \
                      text usedAt } userErrors { code field message } } }";
const UPDATE: &str = "mutation ($input: SavedSearchUpdateInput!) { savedSearchUpdate(input: $input) { savedSearch { id name \
                      text } userErrors { code field } } }";
const DELETE: &str = "mutation ($input: SavedSearchDeleteInput!) { savedSearchDelete(input: $input) { deletedId userErrors \
                      { code } } }";
const REMEMBER: &str =
    "mutation ($input: SearchRememberInput!) { searchRemember(input: $input) { userErrors { code field } } }";

async fn create(client: &Client, name: &str, text: &str) -> Value {
    client.data(CREATE, json!({ "input": { "name": name, "text": text } })).await["savedSearchCreate"].take()
}

async fn remember(client: &Client, text: &str) -> Value {
    client.data(REMEMBER, json!({ "input": { "text": text } })).await["searchRemember"]["userErrors"].take()
}

async fn texts(client: &Client, list: &str) -> Vec<String> {
    let found = client.data(&format!("{{ {list} {{ text }} }}"), json!({})).await;
    let texts = found[list].as_array().unwrap().iter().map(|one| one["text"].as_str().unwrap().to_owned());
    texts.collect()
}

#[tokio::test]
async fn a_search_is_kept_as_it_was_written_changed_and_removed() {
    let house = House::new().await;
    let user = house.user("ann", UserRole::User).await;
    let client = house.sign_in(user).await;
    let kept = create(&client, "  Trams ", " tram taken:last-month ").await;
    assert_eq!(kept["savedSearch"]["name"], "Trams");
    assert_eq!(kept["savedSearch"]["text"], "tram taken:last-month");
    assert_eq!(kept["savedSearch"]["usedAt"], Value::Null);
    let id = kept["savedSearch"]["id"].clone();
    create(&client, "Dogs", "dog").await;
    assert_eq!(texts(&client, "savedSearches").await, ["dog", "tram taken:last-month"]);

    // What is used last comes first.
    assert_eq!(remember(&client, "tram taken:last-month").await, json!([]));
    assert_eq!(texts(&client, "savedSearches").await, ["tram taken:last-month", "dog"]);

    let changed = client.data(UPDATE, json!({ "input": { "id": id, "name": "Old trams" } })).await;
    let search = &changed["savedSearchUpdate"]["savedSearch"];
    assert_eq!((&search["name"], &search["text"]), (&json!("Old trams"), &json!("tram taken:last-month")));
    let gone = client.data(DELETE, json!({ "input": { "id": id } })).await;
    assert_eq!(gone["savedSearchDelete"]["deletedId"], id);
    let again = client.data(DELETE, json!({ "input": { "id": id } })).await;
    assert_eq!(again["savedSearchDelete"]["userErrors"][0]["code"], "NOT_FOUND");
    assert_eq!(texts(&client, "savedSearches").await, ["dog"]);
}

#[tokio::test]
async fn what_can_not_be_kept_is_refused_in_words() {
    let house = House::new().await;
    let client = house.sign_in(house.user("ann", UserRole::User).await).await;
    for (name, text, field, code) in [
        (" ", "dog", "name", "REQUIRED"),
        (&*"x".repeat(101), "dog", "name", "TOO_LONG"),
        ("Dogs", "  ", "text", "REQUIRED"),
        ("Dogs", "camra:fuji", "text", "INVALID"),
        ("Dogs", &*"dog ".repeat(2000), "text", "INVALID"),
    ] {
        let refused = create(&client, name, text).await;
        let error = &refused["userErrors"][0];
        assert_eq!((&error["field"], &error["code"]), (&json!(field), &json!(code)), "{refused}");
        assert_eq!(refused["savedSearch"], Value::Null);
    }
    assert_eq!(remember(&client, "type:nonsense").await[0]["field"], "text");
    assert!(
        texts(&client, "savedSearches").await.is_empty() && texts(&client, "searchHistory").await.is_empty()
    );

    let fill = "INSERT INTO saved_searches (user_id, name, text) SELECT id, 'Dogs', 'dog' FROM users, \
                generate_series(1, 499) WHERE name = 'ann'";
    house.db.execute(fill).await.unwrap();
    // Two at once find room for one.
    let (one, other) = tokio::join!(create(&client, "Cats", "cat"), create(&client, "Birds", "bird"));
    let kept = [one, other].iter().filter(|answer| answer["savedSearch"] != Value::Null).count();
    assert_eq!((kept, texts(&client, "savedSearches").await.len()), (1, 500));
}

#[tokio::test]
async fn the_latest_fifty_searches_are_remembered_none_of_them_twice() {
    let house = House::new().await;
    let (ann, bob) = (house.user("ann", UserRole::User).await, house.user("bob", UserRole::Admin).await);
    let (client, other) = (house.sign_in(ann).await, house.sign_in(bob).await);
    for number in 0..53 {
        remember(&client, &format!("dog {number}")).await;
    }
    remember(&client, " dog 20 ").await;
    // Longer than an index takes.
    let numbers: String =
        (0..600_u32).map(|number| format!("{:x} ", number.wrapping_mul(2_654_435_761))).collect();
    let long = format!("\"{}\"", &numbers[..4000]);
    assert_eq!(remember(&client, &long).await, json!([]));
    remember(&other, "cat").await;

    let expected = [long.clone(), "dog 20".to_owned()].into_iter();
    let rest = (0..53).rev().filter(|number| *number != 20).map(|number| format!("dog {number}"));
    let expected: Vec<String> = expected.chain(rest).take(50).collect();
    assert_eq!(texts(&client, "searchHistory").await, expected);
    assert_eq!(texts(&other, "searchHistory").await, ["cat"]);

    let clear =
        "mutation ($input: SearchHistoryClearInput) { searchHistoryClear(input: $input) { cleared } }";
    let one = client.data(clear, json!({ "input": { "text": "dog 20" } })).await;
    assert_eq!(one["searchHistoryClear"]["cleared"], 1);
    assert_eq!(client.data(clear, json!({})).await["searchHistoryClear"]["cleared"], 49);
    assert!(texts(&client, "searchHistory").await.is_empty());
    assert_eq!(texts(&other, "searchHistory").await, ["cat"]);
}
