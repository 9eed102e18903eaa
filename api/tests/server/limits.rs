//! What a request may cost.

use std::time::{Duration, Instant};

use domain::user::UserRole;
use reqwest::Method;
use serde_json::{Value, json};
use tessera_api::auth::Auth;
use tessera_api::graphql::api::Api;
use tessera_api::graphql::context::Cx;
use tessera_api::graphql::limits::Limits;

use crate::client::{Client, Reply, code};
use crate::house::{House, viewer};

/// Long enough for an answer that took no work, on a machine with other things to do.
const SOON: Duration = Duration::from_secs(10);

async fn refused(client: &Client, document: &str) -> String {
    let answer = client.ask(document, json!({})).await;
    assert_eq!(answer["data"], Value::Null, "{answer}");
    format!("{} {}", code(&answer), answer["errors"][0]["message"].as_str().unwrap())
}

#[tokio::test]
async fn what_asks_for_too_much_is_refused_before_anything_runs() {
    let house = House::new().await;
    let (_, _, client) = house.owner("ann").await;
    let nested = (0..11).fold("{ name }".to_owned(), |inner, _| format!("{{ node {{ library {inner} }} }}"));
    let aliases: String = (0..31).map(|n| format!("a{n}: server {{ name }} ")).collect();
    let spread = "fragment f on Query { a: server { name } b: server { name } } ";
    let spreads: String = (0..16).map(|_| "...f ").collect();
    let directives: String = (0..6).map(|_| "@include(if: true) ").collect();
    for (document, words) in [
        (format!("{{ search(filter: {{}}) {{ nodes {{ library {nested} }} }} }}"), "REQUEST_INVALID"),
        (format!("{{ {aliases} }}"), "LIMIT_EXCEEDED a request has at most 30 fields at its top"),
        (format!("{spread} {{ {spreads} }}"), "LIMIT_EXCEEDED a request has at most 30 fields"),
        (format!("{{ server {{ name {directives} }} }}"), "REQUEST_INVALID"),
        (format!("{{ server {{ name }} }} # {}", "x".repeat(66_000)), "LIMIT_EXCEEDED a document has at most 65536"),
        ("{ search(filter: {}, first: 500) { nodes { id name path sha1 blake3 caption width height library { id name \
          assetCount bytes } camera { make model lens } exposure { iso time } place { city region country } position { \
          latitude longitude } takenAt localTakenAt offsetMinutes timeZone takenGuessed addedAt rating thumbhash tag \
          state problem offline format durationMs type } edges { cursor node { id name path sha1 blake3 caption width \
          height library { id name assetCount bytes } camera { make model } } } } }".to_owned(), "LIMIT_EXCEEDED a request costs at most 30000 points, and this one 31000"),
    ] {
        let said = refused(&client, &document).await;
        assert!(said.starts_with(words), "{said}: {}", &document[..document.len().min(200)]);
    }
}

/// Twenty fragments that each name the next ten times: a field 10^20 times.
fn bomb(operation: &str, on: &str, leaf: &str) -> String {
    let fragments: String = (0..20)
        .map(|n| format!("fragment f{n} on {on} {{ {} }} ", format!("...f{} ", n + 1).repeat(10)))
        .collect();
    format!("{operation} {{ ...f0 }} {fragments} fragment f20 on {on} {{ {leaf} }}")
}

#[tokio::test]
async fn a_small_document_that_stands_for_endless_fields_is_refused_at_once_whoever_sends_it() {
    let house = House::new().await;
    let query = bomb("query", "Query", "server { name }");
    let nowhere = query.replace("fragment f20", "fragment other");
    let follow = bomb("subscription", "Subscription", "changes { position }");
    for document in [&query, &nowhere, &follow] {
        for accept in ["application/json", "text/event-stream"] {
            let request = house.client().request(Method::POST, "/graphql").header("accept", accept);
            let reply = Reply::of(request.json(&json!({ "query": document })).timeout(SOON)).await;
            assert!(reply.text().contains("LIMIT_EXCEEDED"), "{accept}: {}", reply.text());
        }
        let path =
            format!("/graphql?query={}", document.replace(' ', "+").replace('{', "%7B").replace('}', "%7D"));
        let reply = Reply::of(house.client().request(Method::GET, &path).timeout(SOON)).await;
        let refused = reply.status == 405 || reply.text().contains("LIMIT_EXCEEDED");
        assert!(refused, "{} {}", reply.status, reply.text());
    }
}

#[tokio::test]
async fn the_same_is_not_asked_again_and_again_under_other_names() {
    let house = House::new().await;
    let (_, library, client) = house.owner("ann").await;
    let times =
        |count: usize, field: &str| -> String { (0..count).map(|n| format!("a{n}: {field} ")).collect() };
    let inside = |depth: usize, fields: &str| {
        format!("{{ timeline {{ {} {fields} {} }} }}", "... on Timeline { ".repeat(depth), "} ".repeat(depth))
    };
    let stretch = "stretch(from: \"2000-01-01\", to: \"2030-01-01\") { ids ratios tags flags thumbhashes }";
    let viewport = "bbox: { west: 0, south: 0, east: 1, north: 1 }, zoom: 2";
    let cells = "cells { cell count latitude longitude coverId coverTag from to } ";
    for (document, words) in [
        (inside(0, &times(31, "version")), "LIMIT_EXCEEDED a request has at most 30 aliases"),
        // As deep as a document may be nested.
        (inside(30, &times(31, "version")), "LIMIT_EXCEEDED a request has at most 30 aliases"),
        (inside(0, &"count ".repeat(1_001)), "LIMIT_EXCEEDED a request has at most 1000 fields"),
        // Within the aliases, but too much to send.
        (inside(0, &times(30, "ratios")), "LIMIT_EXCEEDED a request costs"),
        (inside(0, &times(12, stretch)), "LIMIT_EXCEEDED a request costs"),
        (
            format!("{{ map({viewport}) {{ {} {} }} }}", times(30, cells), cells.repeat(4)),
            "LIMIT_EXCEEDED a request costs",
        ),
        (
            format!("{{ changes(after: \"1.0.0\") {{ {} }} }}", times(30, "items { kind id gone day }")),
            "LIMIT_EXCEEDED a request costs",
        ),
    ] {
        let said = refused(&client, &document).await;
        assert!(said.starts_with(words), "{said}: {}", &document[..document.len().min(200)]);
    }
    let check = format!(
        "query ($id: ID!, $hashes: [String!]!) {{ {} }}",
        times(30, "uploadCheck(libraryId: $id, hashes: $hashes)")
    );
    let hashes = json!({ "id": library.to_string(), "hashes": vec!["ab".repeat(20); 10_000] });
    assert_eq!(code(&client.ask(&check, hashes).await), "LIMIT_EXCEEDED");
    // What a client needs of one thing is allowed.
    let fine = inside(0, &times(20, "days { numbers counts }"));
    assert!(client.ask(&fine, json!({})).await["errors"].is_null());
}

/// The question that tools of app developers put, cut down to what makes it deep.
#[tokio::test]
async fn tools_may_read_the_schema_but_not_multiply_it() {
    let house = House::new().await;
    let of = (0..9).fold("kind name".to_owned(), |inner, _| format!("kind name ofType {{ {inner} }}"));
    let document = format!(
        "query IntrospectionQuery {{ __schema {{ queryType {{ name }} types {{ ...FullType }} \
         directives {{ name args {{ ...InputValue }} }} }} }} \
         fragment FullType on __Type {{ kind name description \
         fields(includeDeprecated: true) {{ name args {{ ...InputValue }} type {{ ...TypeRef }} isDeprecated }} \
         inputFields {{ ...InputValue }} interfaces {{ ...TypeRef }} enumValues(includeDeprecated: true) {{ name }} \
         possibleTypes {{ ...TypeRef }} }} \
         fragment InputValue on __InputValue {{ name description type {{ ...TypeRef }} defaultValue }} \
         fragment TypeRef on __Type {{ {of} }}"
    );
    let answer = house.client().data(&document, json!({})).await;
    assert!(answer["__schema"]["types"].as_array().unwrap().len() > 40);
    let twice = "{ __schema { types { fields { type { fields { name } } } } } }";
    assert!(refused(&house.client(), twice).await.starts_with("LIMIT_EXCEEDED"));
}

#[tokio::test]
async fn circles_of_fragments_and_what_can_not_be_read_are_refused_and_end() {
    let house = House::new().await;
    let (_, _, client) = house.owner("ann").await;
    for document in [
        "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }",
        "{ ...a } fragment a on Query { ...a ...a ...a }",
        "{ server { nothing } }",
        "{ server { name }",
        &"{".repeat(5_000),
        &"[".repeat(60_000),
    ] {
        let said = refused(&client, document).await;
        assert!(said.starts_with("REQUEST_INVALID") && !said.contains("-->"), "{said}");
    }
}

#[tokio::test]
async fn what_is_no_request_at_all_is_refused_in_words_of_ours() {
    let house = House::new().await;
    let (_, _, client) = house.owner("ann").await;
    for (kind, body, status) in [
        ("application/json", "{bad", 400),
        ("application/json", "{}", 400),
        ("application/json", "{\"query\": \" \"}", 400),
        ("application/json", "{\"query\": \"{ server { name } }\", \"variables\": 5}", 400),
        ("application/json", "[{\"query\": \"{ server { name } }\"}]", 400),
        ("multipart/form-data; boundary=x", "--x--", 400),
        ("application/json", &format!("{{\"query\": \"{}\"}}", "x".repeat(2 << 20)), 413),
    ] {
        let request = client.request(Method::POST, "/graphql").header("content-type", kind);
        let reply = Reply::of(request.header("graphql-require-preflight", "1").body(body.to_owned())).await;
        let said = reply.json();
        let code = if status == 413 { "LIMIT_EXCEEDED" } else { "REQUEST_INVALID" };
        assert_eq!(
            (reply.status.as_u16(), said["code"].as_str()),
            (status, Some(code)),
            "{body:.40}: {said}"
        );
        let words = said["message"].as_str().unwrap();
        let foreign = ["Error(", "untagged", "-->", "operators"];
        assert!(!foreign.iter().any(|foreign| words.contains(foreign)), "{words}");
    }
}

#[tokio::test]
async fn pages_and_lists_of_ids_have_a_largest_size() {
    let house = House::new().await;
    let (_, library, client) = house.owner("ann").await;
    for first in [-1, 0, 501, i32::MAX] {
        for field in [
            format!("libraries(first: {first}) {{ nodes {{ id }} }}"),
            format!("changes(after: \"1.0.0\", first: {first}) {{ position }}"),
            format!("jobs {{ buried(first: {first}) {{ nodes {{ name }} }} }}"),
        ] {
            let answer = client.ask(&format!("{{ {field} }}"), json!({})).await;
            assert!(["INVALID", "LIMIT_EXCEEDED"].contains(&code(&answer)), "{field}: {answer}");
        }
    }
    let stretch = "{ timeline { stretch(from: \"2024-01-01\", to: \"2024-01-01\", first: 5001) { ids } } }";
    assert_eq!(code(&client.ask(stretch, json!({})).await), "INVALID");
    let many: Vec<String> = (0..501).map(|n| format!("asset_{n}")).collect();
    let assets = "query ($ids: [ID!]!) { assets(ids: $ids) { id } }";
    assert_eq!(code(&client.ask(assets, json!({ "ids": many })).await), "INVALID");
    assert_eq!(
        client.data(assets, json!({ "ids": many[1..] })).await["assets"].as_array().unwrap().len(),
        500
    );
    let check = "query ($id: ID!, $hashes: [String!]!) { uploadCheck(libraryId: $id, hashes: $hashes) }";
    let hashes = |count: usize| json!({ "id": library.to_string(), "hashes": vec!["ab".repeat(20); count] });
    assert_eq!(code(&client.ask(check, hashes(10_001)).await), "INVALID");
    assert_eq!(client.data(check, hashes(10_000)).await["uploadCheck"].as_array().unwrap().len(), 10_000);
}

#[tokio::test]
async fn days_beyond_all_time_are_no_fault_of_the_server() {
    let house = House::new().await;
    let (_, _, client) = house.owner("ann").await;
    for arguments in [
        "to: \"2024-01-01\"",
        "from: \"2024-01-01\"",
        "from: \"-9999-01-01\", to: \"9999-12-31\"",
        "from: \"-200000-01-01\"",
    ] {
        let answer = client.ask(&format!("{{ timeline {{ ratios({arguments}) }} }}"), json!({})).await;
        assert!(answer["errors"].is_null(), "{arguments}: {answer}");
    }
}

#[tokio::test]
async fn an_answer_that_takes_too_long_is_given_up() {
    let house = House::new().await;
    let user = house.user("ann", UserRole::User).await;
    let api = Api::within(Limits { time: Duration::from_millis(300), ..Limits::DEFAULT });
    let auth = Auth { viewer: viewer(user, UserRole::User), address: None, https: false, host: None };
    let ask = async |auth: Auth| {
        let request = async_graphql::Request::new("{ libraries { nodes { id } } }");
        api.execute(request.data(Cx::new(house.app.clone(), auth))).await
    };
    assert!(ask(auth.clone()).await.errors.is_empty());
    house.forget().await;
    let _lock = house.db.hold("LOCK TABLE library_members IN ACCESS EXCLUSIVE MODE").await.unwrap();
    let begun = Instant::now();
    let answer = ask(auth).await;
    assert!(begun.elapsed() < Duration::from_secs(3));
    assert!(answer.errors[0].message.contains("took more than"), "{:?}", answer.errors);
}
