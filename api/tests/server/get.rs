//! Questions by GET, which browsers and proxies may ask again.

use reqwest::Method;
use serde_json::json;

use crate::client::Reply;
use crate::world::World;

#[tokio::test]
async fn an_answer_that_is_known_already_is_not_sent_again() {
    let world = World::new().await;
    let member = &world.people[8];
    let path = "/graphql?query=%7Blibraries%7Bnodes%7Bname%7D%7D%7D";
    let first = member.get(path).await;
    let told = ["cache-control", "vary"].map(|name| first.header(name).to_owned());
    assert_eq!(told, ["private, no-cache", "Cookie, Authorization, Accept"]);
    let etag = first.header("etag").to_owned();
    let ask = || member.request(Method::GET, path).header("if-none-match", &etag);
    let again = Reply::of(ask()).await;
    assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
    world.house.db.execute("UPDATE libraries SET name = 'Another secret'").await.unwrap();
    let changed = Reply::of(ask()).await;
    assert_eq!((changed.status.as_u16(), changed.header("etag") != etag), (200, true));
    // Another person's answer is another one, also under the same address.
    assert_ne!(world.people[3].get(path).await.header("etag"), changed.header("etag"));
    let post = member.post(&json!({ "query": "{ libraries { nodes { name } } }" })).await;
    assert_eq!(post.header("etag"), "");
}

#[tokio::test]
async fn errors_have_a_stable_code_and_a_status_for_those_who_ask_for_one() {
    let world = World::new().await;
    let nobody = &world.people[0];
    let ask = |accept: &str| {
        let request = nobody.request(Method::POST, "/graphql").header("accept", accept.to_owned());
        request.json(&json!({ "query": "{ libraries { nodes { name } } }" }))
    };
    let plain = Reply::of(ask("application/json")).await;
    assert_eq!((plain.status.as_u16(), plain.header("content-type")), (200, "application/json"));
    let modern = Reply::of(ask("application/graphql-response+json")).await;
    assert_eq!(
        (modern.status.as_u16(), modern.header("content-type")),
        (400, "application/graphql-response+json")
    );
    for reply in [plain, modern] {
        assert_eq!(reply.json()["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    }
    // What breaks on the server is told by an id to quote, and by nothing else.
    world.house.db.execute("ALTER TABLE libraries RENAME TO away").await.unwrap();
    let broken = world.people[8].ask("{ libraries { nodes { name } } }", json!({})).await;
    let error = &broken["errors"][0];
    assert_eq!(error["message"], "something went wrong on the server");
    assert_eq!(
        (error["extensions"]["code"].as_str(), error["extensions"]["id"].as_str().unwrap().len()),
        (Some("INTERNAL"), 8)
    );
    assert!(!broken.to_string().contains("relation"), "{broken}");
}
