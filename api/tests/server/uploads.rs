//! Small files by GraphQL.

use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::client::{Client, Reply};
use crate::house::House;

const UPLOAD: &str = "mutation ($input: AssetUploadInput!) { assetUpload(input: $input) { \
    asset { id name bytes library { id } } duplicate userErrors { code field message } } }";

/// What begins like a JPEG.
const SOME: &[u8] = b"\xff\xd8\xffsome bytes";

async fn upload(client: &Client, library: &str, file: (&str, Vec<u8>)) -> Value {
    let request = client.multipart(UPLOAD, json!({ "input": { "libraryId": library } }), file);
    let mut answer = Reply::of(request).await.json();
    assert!(answer["errors"].is_null(), "{answer}");
    answer["data"]["assetUpload"].take()
}

#[tokio::test]
async fn a_file_is_new_once_and_then_a_duplicate() {
    let house = House::new().await;
    let (_, library, client) = house.owner("ann").await;
    let library = library.to_string();
    let first = upload(&client, &library, ("../ä b.jpg", SOME.to_vec())).await;
    assert_eq!(first["asset"]["name"], "ä b.jpg");
    assert_eq!((&first["asset"]["bytes"], &first["duplicate"]), (&json!(13), &json!(false)));
    assert_eq!(first["asset"]["library"]["id"], library);
    let again = upload(&client, &library, ("another name.jpg", SOME.to_vec())).await;
    assert_eq!((&again["asset"]["id"], &again["duplicate"]), (&first["asset"]["id"], &json!(true)));
    assert_eq!(again["asset"]["name"], "ä b.jpg", "the asset keeps its name");
    let path = blake3::hash(SOME).to_hex();
    let original = house.data().join("originals").join(&path[..2]).join(&path[2..4]).join(path.as_str());
    assert_eq!(std::fs::read(original).unwrap(), SOME);
}

/// As by tus, and from a folder.
#[tokio::test]
async fn what_is_no_picture_is_refused_with_the_reason() {
    let house = House::new().await;
    let (_, library, client) = house.owner("ann").await;
    let before = house.dump().await;
    for (bytes, why) in [(&b""[..], "the file is empty"), (b"this is text", domain::sniff::NO_MEDIA)] {
        let answer = upload(&client, &library.to_string(), ("a.jpg", bytes.to_vec())).await;
        let error = &answer["userErrors"][0];
        assert_eq!((&error["code"], &error["field"]), (&json!("NOT_MEDIA"), &json!("file")), "{answer}");
        assert_eq!((error["message"].as_str(), &answer["asset"]), (Some(why), &Value::Null));
    }
    assert_eq!(house.dump().await, before);
}

#[tokio::test]
async fn those_who_may_add_to_a_library_may_have_its_folders_looked_through() {
    let house = House::new().await;
    let (_, library, client) = house.owner("ann").await;
    house.store.add_folder(library, b"/pictures", true).await.unwrap();
    house.db.execute("UPDATE folders SET state = 'idle'").await.unwrap();
    let scan = "mutation ($input: LibraryScanInput!) { libraryScan(input: $input) { \
                library { folders { state } } userErrors { code } } }";
    let answer = client.data(scan, json!({ "input": { "libraryId": library.to_string() } })).await;
    assert_eq!(answer["libraryScan"]["library"]["folders"], json!([{ "state": "WAITING" }]));
    let none = client.data(scan, json!({ "input": { "libraryId": "library_999" } })).await;
    assert_eq!(none["libraryScan"]["userErrors"][0]["code"], "NOT_FOUND");
}

#[tokio::test]
async fn the_same_file_twice_at_once_is_one_asset() {
    let house = House::new().await;
    let (_, library, client) = house.owner("ann").await;
    let library = library.to_string();
    let bytes = [SOME.to_vec(), vec![5; 200_000]].concat();
    let (one, two) = tokio::join!(
        upload(&client, &library, ("a.jpg", bytes.clone())),
        upload(&client, &library, ("b.jpg", bytes.clone()))
    );
    assert_eq!(one["asset"]["id"], two["asset"]["id"]);
    assert_ne!(one["duplicate"], two["duplicate"]);
    assert_eq!(house.db.number("SELECT count(*) FROM assets").await.unwrap(), 1);
}

#[tokio::test]
async fn a_file_that_is_too_large_a_forged_request_and_a_stranger_leave_nothing() {
    let house = House::new().await;
    let (_, library, client) = house.owner("ann").await;
    let input = json!({ "input": { "libraryId": library.to_string() } });
    let before = house.dump().await;

    let large = client.multipart(UPLOAD, input.clone(), ("large.jpg", vec![1; 102 << 20]));
    assert!(large_is_refused(large).await);

    let operations = json!({ "query": UPLOAD, "variables": { "input": { "libraryId": library.to_string(), "file": null } } });
    let form = || {
        Form::new()
            .text("operations", operations.to_string())
            .text("map", json!({ "0": ["variables.input.file"] }).to_string())
            .part("0", Part::bytes(vec![1, 2, 3]).file_name("a.jpg"))
    };
    let unmarked = Reply::of(client.request(Method::POST, "/graphql").multipart(form())).await;
    assert_eq!((unmarked.status.as_u16(), unmarked.json()["code"].as_str()), (403, Some("FORBIDDEN")));
    let foreign = client.request(Method::POST, "/graphql").header("graphql-require-preflight", "1");
    let foreign = Reply::of(foreign.header("origin", "https://evil.example").multipart(form())).await;
    assert_eq!(foreign.status, 403);

    // Nobody's files are not even read.
    let nobody = house.client().multipart(UPLOAD, input, ("a.jpg", vec![1, 2, 3]));
    assert_eq!(Reply::of(nobody).await.status, 401);
    assert_eq!(house.dump().await, before);
}

/// The server may answer, or close the connection while the client is still sending.
async fn large_is_refused(request: reqwest::RequestBuilder) -> bool {
    match request.send().await {
        Ok(response) => response.status() == 413,
        Err(error) => error.is_request() || error.is_body(),
    }
}

#[tokio::test]
async fn a_body_that_does_not_say_how_long_it_is_is_bounded_all_the_same() {
    let house = House::new().await;
    let (_, _, client) = house.owner("ann").await;
    let pieces = futures_util::stream::iter((0..64).map(|_| Ok::<_, std::io::Error>(vec![b' '; 32 << 10])));
    let request = client
        .request(Method::POST, "/graphql")
        .header("content-type", "application/json")
        .body(reqwest::Body::wrap_stream(pieces));
    assert!(large_is_refused(request).await);
    let announced = vec![b' '; (1 << 20) + 1];
    let request =
        client.request(Method::POST, "/graphql").header("content-type", "application/json").body(announced);
    assert!(large_is_refused(request).await);
    let most = format!("{{\"query\":\"{{server{{name}}}}\"{}}}", " ".repeat((1 << 20) - 27));
    let request =
        client.request(Method::POST, "/graphql").header("content-type", "application/json").body(most);
    assert_eq!(Reply::of(request).await.json()["data"]["server"]["name"], "Tessera");
}
