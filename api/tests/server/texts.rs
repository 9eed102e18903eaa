//! Texts that can't be kept are the sender's fault, not the server's.

use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Reply, code};
use crate::house::House;
use crate::world::base64;

#[tokio::test]
async fn the_character_nul_is_refused_in_words_wherever_it_comes_in() {
    let house = House::new().await;
    let (_, library, client) = house.owner("ann").await;
    let before = house.dump().await;
    let nul = "a\0b";
    let create =
        "mutation ($input: LibraryCreateInput!) { libraryCreate(input: $input) { userErrors { code } } }";
    let sign_in =
        "mutation ($input: SessionCreateInput!) { sessionCreate(input: $input) { userErrors { code } } }";
    let person = |email: &str, client: &str| json!({ "input": { "email": email, "password": "a long password", "client": client } });
    let search = "query ($filter: AssetFilter!) { search(filter: $filter) { totalCount } }";
    for (document, variables) in [
        (create, json!({ "input": { "name": nul } })),
        ("mutation { libraryCreate(input: { name: \"a\\u0000b\" }) { userErrors { code } } }", json!({})),
        ("query ($id: ID = \"\\u0000\") { node(id: $id) { id } }", json!({})),
        ("{ ...f } fragment f on Query { ... on Query { node(id: \"\\u0000\") { id } } }", json!({})),
        (sign_in, person(nul, "a test")),
        (sign_in, person("ann@example.org", nul)),
        (search, json!({ "filter": { "all": [{ "text": nul }] } })),
        ("query ($ids: [ID!]!) { assets(ids: $ids) { id } }", json!({ "ids": [nul] })),
    ] {
        let answer = client.ask(document, variables).await;
        assert_eq!((code(&answer), &answer["data"]), ("INVALID", &Value::Null), "{document}: {answer}");
        assert!(answer["errors"][0]["message"].as_str().unwrap().contains("NUL"), "{answer}");
    }
    let metadata = format!("library {},filename {}", base64(library.to_string()), base64(nul));
    let upload = client.request(Method::POST, "/upload").header("tus-resumable", "1.0.0");
    let reply = Reply::of(upload.header("upload-length", 3).header("upload-metadata", metadata)).await;
    assert_eq!((reply.status.as_u16(), reply.json()["code"].as_str()), (400, Some("INVALID")));
    assert_eq!(house.dump().await, before);
}
