//! Counts beside a search, and suggestions while it is typed, as clients see them.

use serde_json::{Value, json};

use crate::client::Client;
use crate::house::House;
use crate::statements::asset;
use crate::world::index;

const SUGGEST: &str = "query ($text: String!, $cursor: Int) { searchSuggestions(text: $text, cursor: $cursor) { kind key \
                       label count replacement start end } }";

/// Two people with a library each: one asset in Ann's, three in Ben's, all taken in a secret city.
async fn two_libraries(house: &House) -> (Client, Client) {
    let (_, ours, ann) = house.owner("ann").await;
    let (_, theirs, ben) = house.owner("ben").await;
    asset(house, ours, 1).await;
    for number in 2..5 {
        asset(house, theirs, number).await;
    }
    house.db.execute("UPDATE assets SET make = 'Bens maker' WHERE name = '2.jpg'").await.unwrap();
    index(house).await;
    (ann, ben)
}

async fn suggestions(client: &Client, text: &str, cursor: Option<usize>) -> Vec<Value> {
    let answer = client.data(SUGGEST, json!({ "text": text, "cursor": cursor })).await;
    answer["searchSuggestions"].as_array().unwrap().clone()
}

#[tokio::test]
async fn facets_count_what_the_viewer_may_see_and_lead_to_it() {
    let house = House::new().await;
    let (ann, ben) = two_libraries(&house).await;
    let question = "query ($text: String!) { searchFacets(filter: { text: $text }, keys: [COUNTRY, CAMERA, LIBRARY, YEAR]) \
                    { key valueCount values { value label count text search } } }";
    let facets = ann.data(question, json!({ "text": "type:image country:es,pt" })).await;
    let country = json!({ "key": "COUNTRY", "valueCount": 1, "values": [{ "value": "PT", "label": "Portugal", "count": 1,
        "text": "country:pt", "search": "type:image country:pt" }] });
    assert_eq!(facets["searchFacets"][0], country);
    let year = json!([{ "value": "2024", "label": "2024", "count": 1, "text": "taken:2024",
        "search": "type:image country:es,pt taken:2024" }]);
    assert_eq!(facets["searchFacets"][3]["values"], year);
    assert_eq!(facets["searchFacets"][2]["values"][0]["label"], "ann's");

    // What is demanded of the country does not narrow the countries, but all else.
    let facets = ben.data(question, json!({ "text": "country:es" })).await;
    assert_eq!(facets["searchFacets"][0]["values"][0]["count"], 3);
    assert_eq!(facets["searchFacets"][1]["values"], json!([]));
    let facets = ben.data(question, json!({ "text": "" })).await;
    let cameras = facets["searchFacets"][1]["values"].as_array().unwrap();
    let counts: Vec<_> =
        cameras.iter().map(|value| (value["value"].as_str().unwrap(), &value["count"])).collect();
    assert_eq!(counts, [("Secret maker", &json!(2)), ("Bens maker", &json!(1))]);
    let found = ben
        .data(
            "query ($text: String!) { search(filter: { text: $text }) { totalCount } }",
            json!({
        "text": cameras[0]["search"] }),
        )
        .await;
    assert_eq!(found["search"]["totalCount"], 2);

    let twice = ann.ask("{ searchFacets(keys: [TAG, TAG]) { key } }", json!({})).await;
    assert_eq!(crate::client::code(&twice), "INVALID");
}

#[tokio::test]
async fn suggestions_say_what_could_stand_at_the_cursor() {
    let house = House::new().await;
    let (ann, ben) = two_libraries(&house).await;
    let found = suggestions(&ann, "🏖 secret ci", None).await;
    let city = json!({ "kind": "ENTITY", "key": "city", "label": "Secret city", "count": 1,
        "replacement": "city:=\"Secret city\"", "start": 3, "end": 12 });
    assert!(found.contains(&city), "{found:?}");
    let key = json!({ "kind": "KEY", "key": "city", "label": "city", "count": null, "replacement": "city:",
        "start": 10, "end": 12 });
    assert_eq!(found[0], key);

    let found = suggestions(&ben, "camera:b dog", Some(8)).await;
    let maker = json!({ "kind": "VALUE", "key": "camera", "label": "Bens maker", "count": 1,
        "replacement": "=\"Bens maker\"", "start": 7, "end": 8 });
    assert_eq!(found, [maker]);
    // Ann sees nothing of Ben's.
    assert!(suggestions(&ann, "camera:b", None).await.is_empty());
    assert!(suggestions(&ann, "bens", None).await.is_empty());

    let found = suggestions(&ann, "camra:fuji", None).await;
    let mend = json!({ "kind": "CORRECTION", "key": null, "label": "camera", "count": null, "replacement": "camera",
        "start": 0, "end": 5 });
    assert_eq!(found, [mend]);
    let found = suggestions(&ann, "city:secrte", None).await;
    assert_eq!(
        (&found[0]["kind"], &found[0]["replacement"]),
        (&json!("CORRECTION"), &json!("=\"Secret city\""))
    );
    let found = suggestions(&ann, "place:portu", None).await;
    assert_eq!((&found[0]["label"], &found[0]["replacement"]), (&json!("Portugal"), &json!("=\"Portugal\"")));
    // In another language the main name is offered, but not where Ann was never.
    let found = suggestions(&ann, "country:portogal", None).await;
    assert_eq!((&found[0]["label"], &found[0]["replacement"]), (&json!("Portugal"), &json!("pt")));
    assert!(suggestions(&ann, "country:espanh", None).await.is_empty());
    let found = suggestions(&ann, "type:v", None).await;
    assert_eq!((&found[0]["label"], &found[0]["count"]), (&json!("video"), &Value::Null));
    let found = suggestions(&ann, "library:", None).await;
    assert_eq!((found.len(), &found[0]["label"], &found[0]["count"]), (1, &json!("ann's"), &json!(1)));
}
