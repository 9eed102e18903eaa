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

/// What a client that knows no better, or too much, may send in place of a question, a map and a file.
#[tokio::test]
async fn each_part_of_a_multipart_request_has_a_bound_and_a_purpose() {
    let house = House::new().await;
    let (_, library, client) = house.owner("ann").await;
    let before = house.dump().await;
    let operations = |more: &str| {
        format!(
            "{{\"query\": \"{UPLOAD}\", \"variables\": {{\"input\": {{\"libraryId\": \"{library}\", \"file\": null}}{more}}}}}"
        )
    };
    let small = operations("");
    // A few bytes each here, but dozens each in memory.
    let large = operations(&format!(", \"more\": [{}0]", "0,".repeat(600_000)));
    let map = r#"{"0": ["variables.input.file"]}"#;
    let wide = format!(r#"{{"0": [{}"variables.input.file"]}}"#, r#""","#.repeat(400_000));
    let often = format!(r#"{{"0": [{}"variables.input.file"]}}"#, r#""variables.input.file","#.repeat(10));
    let file = || Part::bytes(SOME).file_name("a.jpg");
    let form = |operations: &str, map: &str| {
        Form::new().text("operations", operations.to_owned()).text("map", map.to_owned())
    };
    let send = async |form: Form| {
        let request = client.request(Method::POST, "/graphql").header("graphql-require-preflight", "1");
        let reply = Reply::of(request.multipart(form)).await;
        let said = reply.json();
        let words = ["code", "message"].map(|field| said[field].as_str().unwrap_or_default().to_owned());
        (reply.status.as_u16(), words[0].clone(), words[1].clone())
    };
    for (form, status, words) in [
        (form(&large, map).part("0", file()), 413, "the part “operations” has at most 1 MiB"),
        (form(&small, &wide).part("0", file()), 413, "the part “map” has at most 1 MiB"),
        (form(&small, &often).part("0", file()), 400, "at most 10 places"),
        (form(&small, map).part("0", file()).part("1", file()), 400, "more than one file"),
        (form(&small, map).part("1", file()), 400, "the file “0” that the part “map” names is missing"),
        (form(&small, map), 400, "the file “0” that the part “map” names is missing"),
        (form(&small, "{}").part("0", file()), 400, "does not say what the file is for"),
        (form(&small, map).text("0", "bytes"), 400, "neither “operations” nor “map” nor a file"),
        (form(&small, map).text("map", "{}").part("0", file()), 400, "“map” comes twice"),
        (form("{", map).part("0", file()), 400, "the part “operations” is not JSON"),
        (form(&format!("[{small}]"), map).part("0", file()), 400, "the part “operations” is not JSON"),
        (form(&small, "[]").part("0", file()), 400, "the part “map” is not JSON"),
        (Form::new().part("0", file()), 400, "the part “operations” is missing"),
        (Form::new().text("operations", small.clone()), 400, "the part “map” is missing"),
    ] {
        let (found, code, message) = send(form).await;
        let wanted = if status == 413 { "LIMIT_EXCEEDED" } else { "REQUEST_INVALID" };
        assert_eq!((found, code.as_str()), (status, wanted), "{words}: {message}");
        assert!(message.contains(words), "{words}: {message}");
    }
    assert_eq!(house.dump().await, before);
    let (status, _, _) = send(form(&small, map).part("0", file())).await;
    assert_eq!((status, house.db.number("SELECT count(*) FROM assets").await.unwrap()), (200, 1));
}

#[tokio::test]
async fn headers_without_an_end_are_not_gathered() {
    let house = House::new().await;
    let (_, _, client) = house.owner("ann").await;
    let kind = "multipart/form-data; boundary=x";
    let body = [b"--x\r\nA: ".to_vec(), vec![b'a'; 32 << 20]].concat();
    let request = client.request(Method::POST, "/graphql").header("graphql-require-preflight", "1");
    let sent = request.header("content-type", kind).body(body).send().await;
    assert!(sent.map_or(true, |reply| reply.status() == 400));
}

#[tokio::test]
async fn a_file_is_what_comes_with_the_request_and_nothing_else() {
    let house = House::new().await;
    let (_, library, client) = house.owner("ann").await;
    for mark in ["#__graphql_file__:0", "#__graphql_file__:7", "#__graphql_file__:x", "#__graphql_file__:"] {
        let input = json!({ "input": { "libraryId": library.to_string(), "file": mark } });
        let written = UPLOAD
            .replace("($input: AssetUploadInput!)", "")
            .replace("input: $input", &format!("input: {{ libraryId: \"{library}\", file: \"{mark}\" }}"));
        for (document, variables) in [(UPLOAD, input), (written.as_str(), json!({}))] {
            assert_eq!(crate::client::code(&client.ask(document, variables).await), "INVALID", "{mark}");
        }
    }
    // By whatever case its kind is written, it is not read for nobody.
    let nobody = house.client().request(Method::POST, "/graphql").header("graphql-require-preflight", "1");
    let nobody = nobody.header("content-type", "Multipart/Form-Data; boundary=x").body("--x--");
    assert_eq!(Reply::of(nobody).await.status, 401);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_on_its_way_lies_in_the_data_folder() {
    use tokio::io::AsyncWriteExt;
    let house = House::new().await;
    let (_, _, client) = house.owner("ann").await;
    let address = client.url.strip_prefix("http://").unwrap();
    let mut raw = tokio::net::TcpStream::connect(address).await.unwrap();
    let token = client.token.as_ref().unwrap();
    let head = format!(
        "POST /graphql HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\n\
         GraphQL-Require-Preflight: 1\r\nContent-Type: multipart/form-data; boundary=x\r\n\
         Content-Length: 2000000\r\n\r\n\
         --x\r\nContent-Disposition: form-data; name=\"0\"; filename=\"a.jpg\"\r\n\r\n"
    );
    raw.write_all(head.as_bytes()).await.unwrap();
    raw.write_all(&vec![1; 1_000_000]).await.unwrap();
    let incoming = house.data().join("incoming");
    let lengths = || -> Vec<u64> {
        let entries = std::fs::read_dir(&incoming).unwrap();
        entries.filter_map(|entry| Some(entry.ok()?.metadata().ok()?.len())).collect()
    };
    for _ in 0..500 {
        if lengths().iter().any(|length| *length > 500_000) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert_eq!(lengths().len(), 1);
    assert!(lengths()[0] > 500_000);
    drop(raw);
    for _ in 0..500 {
        if lengths().is_empty() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("what had come is still there");
}

#[tokio::test]
async fn a_full_disk_is_told_as_by_tus() {
    let house = House::with(&[("TESSERA_RESERVE_FREE_MB", "1073741824")]).await;
    let (_, library, client) = house.owner("ann").await;
    let input = json!({ "input": { "libraryId": library.to_string() } });
    let graphql = Reply::of(client.multipart(UPLOAD, input, ("a.jpg", SOME.to_vec()))).await;
    let metadata = format!("library {}", crate::world::base64(library.to_string()));
    let tus = client.request(Method::POST, "/upload").header("tus-resumable", "1.0.0");
    let tus = Reply::of(tus.header("upload-length", 13).header("upload-metadata", metadata)).await;
    assert_eq!((tus.status.as_u16(), tus.json()["code"].as_str()), (507, Some("NO_SPACE")));
    assert_eq!((graphql.status, graphql.json()), (tus.status, tus.json()));
}
