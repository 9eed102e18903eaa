//! Resumable uploads, as the protocol's text has them (tus 1.0 with five of its extensions).

use std::time::{Duration, Instant};

use reqwest::{Body, Method, RequestBuilder};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use crate::client::{Client, Reply};
use crate::house::House;
use crate::world::base64;

const BYTES: &str = "application/offset+octet-stream";

/// A small client: what tus asks of one, and nothing else.
struct Tus(Client);

impl Tus {
    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.0.request(method, path).header("tus-resumable", "1.0.0")
    }

    fn post(&self, length: usize, metadata: &str) -> RequestBuilder {
        self.request(Method::POST, "/upload")
            .header("upload-length", length)
            .header("upload-metadata", metadata)
    }

    async fn create(&self, length: usize, metadata: &str) -> String {
        let reply = Reply::of(self.post(length, metadata)).await;
        assert_eq!(reply.status, 201, "{}", reply.text());
        assert_eq!((reply.header("tus-resumable"), reply.header("upload-offset")), ("1.0.0", "0"));
        reply.header("location").to_owned()
    }

    fn patch(&self, path: &str, offset: usize, body: impl Into<Body>) -> RequestBuilder {
        self.request(Method::PATCH, path)
            .header("upload-offset", offset)
            .header("content-type", BYTES)
            .body(body)
    }

    async fn send(&self, path: &str, offset: usize, bytes: &[u8]) -> Reply {
        Reply::of(self.patch(path, offset, bytes.to_vec())).await
    }

    async fn head(&self, path: &str) -> Reply {
        Reply::of(self.request(Method::HEAD, path)).await
    }

    async fn offset(&self, path: &str) -> usize {
        let reply = self.head(path).await;
        assert_eq!((reply.status.as_u16(), reply.header("cache-control")), (200, "no-store"));
        reply.header("upload-offset").parse().unwrap()
    }
}

/// Bytes that are like no others, behind the beginning of a JPEG.
fn content(seed: u8, length: usize) -> Vec<u8> {
    let body = (3..length).map(|n| (n as u8).wrapping_mul(31) ^ (n >> 8) as u8 ^ seed);
    [0xff, 0xd8, 0xff].into_iter().chain(body).collect()
}

/// As much of a JPEG as tells that it is one, and what `sha1sum` says of it, in base64 and in hex.
const START: &[u8] = b"\xff\xd8\xff\xe0";
const START_BASE64: &str = "MFZ/a1KvYESaYRPTyA+5+FC3Qmo=";
const START_HEX: &str = "30567f6b52af60449a6113d3c80fb9f850b7426a";

async fn start() -> (House, Tus, String) {
    let house = House::with(&[("TESSERA_UPLOAD_MAX_BYTES", "5000000"), ("TESSERA_UPLOAD_IDLE_S", "1")]).await;
    let (_, library, client) = house.owner("ann").await;
    let metadata = format!("library {},filename {}", base64(library.to_string()), base64("a b.jpg"));
    (house, Tus(client), metadata)
}

async fn assets(house: &House) -> i64 {
    house.db.number("SELECT count(*) FROM assets").await.unwrap()
}

/// What lies under a hash of the original that the database names.
async fn stored(house: &House) -> Vec<u8> {
    let hash = house.db.texts("SELECT encode(blake3, 'hex') FROM versions").await.unwrap().remove(0);
    std::fs::read(house.data().join("originals").join(&hash[..2]).join(&hash[2..4]).join(&hash)).unwrap()
}

#[tokio::test]
async fn a_file_in_pieces_arrives_whole() {
    let (house, tus, metadata) = start().await;
    let options = Reply::of(house.client().request(Method::OPTIONS, "/upload")).await;
    assert_eq!(options.status, 204);
    assert_eq!(options.header("tus-version"), "1.0.0");
    assert_eq!(
        options.header("tus-extension"),
        "creation,creation-with-upload,checksum,expiration,termination"
    );
    assert_eq!(options.header("tus-checksum-algorithm"), "sha1,blake3");
    assert_eq!(options.header("tus-max-size"), "5000000");

    let bytes = content(1, 1_000_000);
    let path = tus.create(bytes.len(), &metadata).await;
    let mut offset = 0;
    for piece in bytes.chunks(300_000) {
        assert_eq!(tus.offset(&path).await, offset);
        let reply = tus.send(&path, offset, piece).await;
        offset += piece.len();
        assert_eq!(
            (reply.status.as_u16(), reply.header("upload-offset")),
            (204, offset.to_string().as_str())
        );
        assert!(reply.header("upload-expires").ends_with("GMT"), "{:?}", reply.headers);
    }
    assert_eq!(stored(&house).await, bytes);
    let head = tus.head(&path).await;
    assert_eq!((head.header("upload-length"), head.header("upload-offset")), ("1000000", "1000000"));
    assert_eq!(
        (head.header("upload-metadata"), head.header("tessera-duplicate")),
        (metadata.as_str(), "false")
    );
    let asset = head.header("tessera-asset");
    let name = tus.0.data("query ($id: ID!) { asset(id: $id) { name } }", json!({ "id": asset })).await;
    assert_eq!(name["asset"]["name"], "a b.jpg");
    assert_eq!(
        std::fs::read_dir(house.data().join("uploads")).unwrap().count(),
        0,
        "its bytes lie there twice"
    );
}

#[tokio::test]
async fn a_file_that_comes_with_its_creation_is_stored_at_once_and_a_second_time_is_a_duplicate() {
    let (house, tus, metadata) = start().await;
    let bytes = content(2, 5_000);
    let mut found = Vec::new();
    for _ in 0..2 {
        let post = tus.post(bytes.len(), &metadata).header("content-type", BYTES).body(bytes.clone());
        let reply = Reply::of(post).await;
        assert_eq!((reply.status.as_u16(), reply.header("upload-offset")), (201, "5000"), "{}", reply.text());
        found.push((reply.header("tessera-asset").to_owned(), reply.header("tessera-duplicate").to_owned()));
    }
    assert_eq!(found[0].0, found[1].0);
    assert_eq!((found[0].1.as_str(), found[1].1.as_str()), ("false", "true"));
    assert_eq!(assets(&house).await, 1);
}

#[tokio::test]
async fn a_piece_with_a_wrong_checksum_is_460_and_none_of_it_is_kept() {
    let (_house, tus, metadata) = start().await;
    let bytes = content(3, 20_000);
    let path = tus.create(bytes.len(), &metadata).await;
    let sum = |bytes: &[u8]| format!("blake3 {}", base64(blake3::hash(bytes).as_bytes()));
    let send = async |offset: usize, checksum: String, piece: &[u8]| {
        Reply::of(tus.patch(&path, offset, piece.to_vec()).header("upload-checksum", checksum))
            .await
            .status
            .as_u16()
    };
    assert_eq!(send(0, sum(&bytes[..9_000]), &bytes[..9_000]).await, 204);
    assert_eq!(send(9_000, sum(b"other"), &bytes[9_000..]).await, 460);
    assert_eq!(tus.offset(&path).await, 9_000);
    assert_eq!(send(9_000, "md5 AAAA".to_owned(), &bytes[9_000..]).await, 400);
    let path = tus.create(4, &metadata).await;
    let sum = format!("sha1 {START_BASE64}");
    assert_eq!(Reply::of(tus.patch(&path, 0, START).header("upload-checksum", sum)).await.status, 204);
}

#[tokio::test]
async fn a_whole_that_is_not_what_was_announced_is_460_and_nothing_of_it_is_kept() {
    let (house, tus, metadata) = start().await;
    let announced = format!("{metadata},sha1 {}", base64(START_HEX));
    let path = tus.create(4, &announced).await;
    let reply = tus.send(&path, 0, b"\xff\xd8\xff\xe1").await;
    assert_eq!((reply.status.as_u16(), reply.json()["code"].as_str()), (460, Some("WRONG_CHECKSUM")));
    assert_eq!(tus.head(&path).await.status, 404);
    assert_eq!(assets(&house).await, 0);
    assert!(!house.dump().await.iter().any(|line| line.contains("originals") || line.contains("uploads")));
    let path = tus.create(4, &announced).await;
    assert_eq!(tus.send(&path, 0, START).await.status, 204);
    assert_eq!(assets(&house).await, 1);
    let wrong = format!("{metadata},sha1 {}", base64("no hash"));
    assert_eq!(Reply::of(tus.post(3, &wrong)).await.status, 400);
}

#[tokio::test]
async fn wrong_offsets_lengths_types_and_versions_have_their_own_statuses() {
    let (house, tus, metadata) = start().await;
    let path = tus.create(100, &metadata).await;
    assert_eq!(tus.send(&path, 0, &content(4, 60)).await.status, 204);
    for offset in [0, 59, 61, 100] {
        assert_eq!(tus.send(&path, offset, b"x").await.status, 409, "{offset}");
    }
    assert_eq!(tus.send(&path, 60, &content(4, 41)).await.status, 413, "longer than announced");
    assert_eq!(tus.offset(&path).await, 60, "nothing of what is too long is kept");
    let untyped = tus.request(Method::PATCH, &path).header("upload-offset", 60).body("x");
    assert_eq!(Reply::of(untyped).await.status, 415);
    assert_eq!(Reply::of(tus.post(5_000_001, &metadata)).await.status, 413);
    for (post, status) in [
        (tus.post(0, &metadata), 400),
        (tus.request(Method::POST, "/upload").header("upload-metadata", &metadata), 400),
        (tus.post(10, ""), 400),
        (tus.post(10, &format!("library {}", base64("library_99999"))), 404),
    ] {
        assert_eq!(Reply::of(post).await.status, status);
    }
    for (method, path) in
        [(Method::POST, "/upload"), (Method::HEAD, &path), (Method::PATCH, &path), (Method::DELETE, &path)]
    {
        for version in [None, Some("0.2.2")] {
            // The header against forgery is there, only not the protocol's.
            let mut request = tus.0.request(method.clone(), path).header("graphql-require-preflight", "1");
            if let Some(version) = version {
                request = request.header("tus-resumable", version);
            }
            let reply = Reply::of(request).await;
            assert_eq!((reply.status.as_u16(), reply.header("tus-version")), (412, "1.0.0"), "{method}");
        }
    }
    assert_eq!(assets(&house).await, 0);
}

#[tokio::test]
async fn a_connection_that_breaks_leaves_what_had_come() {
    let (house, tus, metadata) = start().await;
    let bytes = content(5, 2_000_000);
    let path = tus.create(bytes.len(), &metadata).await;
    // By hand, for no client breaks off so badly.
    let mut raw = half_a_request(&tus, &path, bytes.len()).await;
    raw.write_all(&bytes[..1_200_000]).await.unwrap();
    raw.flush().await.unwrap();
    sleep(Duration::from_millis(200)).await;
    drop(raw);
    let offset = tus.offset(&path).await;
    assert!((900_000..=1_200_000).contains(&offset), "{offset}");
    assert_eq!(tus.send(&path, offset, &bytes[offset..]).await.status, 204);
    assert_eq!(stored(&house).await, bytes);
}

#[tokio::test]
async fn who_stalls_is_given_up_and_the_upload_can_be_continued() {
    let (house, tus, metadata) = start().await;
    let bytes = content(6, 600_000);
    let path = tus.create(bytes.len(), &metadata).await;
    let mut raw = half_a_request(&tus, &path, bytes.len()).await;
    raw.write_all(&bytes[..300_000]).await.unwrap();
    raw.flush().await.unwrap();
    sleep(Duration::from_millis(300)).await;
    assert_eq!(tus.send(&path, 0, &bytes).await.status, 423, "somebody is writing to it");

    let begun = Instant::now();
    let mut answer = vec![0; 12];
    timeout(Duration::from_secs(5), raw.read_exact(&mut answer)).await.unwrap().unwrap();
    assert_eq!(String::from_utf8_lossy(&answer), "HTTP/1.1 408");
    assert!(begun.elapsed() < Duration::from_secs(3));
    // The other end is still there, and holds nothing any more.
    assert_eq!(tus.offset(&path).await, 300_000);
    assert_eq!(tus.send(&path, 300_000, &bytes[300_000..]).await.status, 204);
    assert_eq!(stored(&house).await, bytes);
    drop(raw);
}

#[tokio::test]
async fn a_server_that_stops_tells_a_client_to_come_back_not_that_its_bytes_are_wrong() {
    let bytes = content(10, 600_000);
    let sum = base64(blake3::hash(&bytes).as_bytes());
    for (checksum, kept) in [(format!("Upload-Checksum: blake3 {sum}\r\n"), 0), (String::new(), 300_000)] {
        let (house, tus, metadata) = start().await;
        let path = tus.create(bytes.len(), &metadata).await;
        let mut raw = half_a_request_with(&tus, &path, bytes.len(), &checksum).await;
        raw.write_all(&bytes[..300_000]).await.unwrap();
        raw.flush().await.unwrap();
        sleep(Duration::from_millis(300)).await;
        house.app.shutdown.request();
        let mut answer = String::new();
        timeout(Duration::from_secs(5), raw.read_to_string(&mut answer)).await.unwrap().unwrap();
        assert!(answer.starts_with("HTTP/1.1 503"), "{answer}");
        assert!(answer.contains("connection: close") && answer.contains("\"UNAVAILABLE\""), "{answer}");
        assert_eq!(tus.offset(&path).await, kept);
    }
}

#[tokio::test]
async fn an_upload_that_is_found_whole_twice_at_once_is_new_to_both() {
    let (house, tus, metadata) = start().await;
    let bytes = content(11, 1_000);
    let path = tus.create(bytes.len(), &metadata).await;
    let lock = house.db.hold("LOCK TABLE assets IN EXCLUSIVE MODE").await.unwrap();
    let waiting = async |count: i64| {
        let sql = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()";
        while house.db.number(sql).await.unwrap() < count {
            sleep(Duration::from_millis(10)).await;
        }
    };
    let last = tokio::spawn(Reply::of(tus.patch(&path, 0, bytes)));
    waiting(1).await;
    let asked = tokio::spawn(Reply::of(tus.request(Method::HEAD, &path)));
    waiting(2).await;
    drop(lock);
    let (last, asked) = (last.await.unwrap(), asked.await.unwrap());
    assert!(last.status.is_success() && asked.status.is_success(), "{} {}", last.status, asked.status);
    assert_eq!(last.header("tessera-asset"), asked.header("tessera-asset"));
    assert_eq!([last, asked].map(|reply| reply.header("tessera-duplicate").to_owned()), ["false", "false"]);
    assert_eq!(tus.head(&path).await.header("tessera-duplicate"), "false");
}

#[tokio::test]
async fn a_database_that_is_away_is_503_to_wait_for() {
    let (house, tus, metadata) = start().await;
    let path = tus.create(1_000, &metadata).await;
    house.store.close().await;
    for reply in [tus.head(&path).await, tus.send(&path, 0, &content(12, 1_000)).await] {
        assert_eq!(reply.status, 503);
    }
    let told = tus.send(&path, 0, &content(12, 1_000)).await.json();
    assert_eq!((&told["code"], &told["id"]), (&json!("UNAVAILABLE"), &json!(null)));
}

async fn half_a_request(tus: &Tus, path: &str, length: usize) -> TcpStream {
    half_a_request_with(tus, path, length, "").await
}

/// A PATCH of so many bytes of which none has been sent.
async fn half_a_request_with(tus: &Tus, path: &str, length: usize, header: &str) -> TcpStream {
    let address = tus.0.url.strip_prefix("http://").unwrap();
    let mut raw = TcpStream::connect(address).await.unwrap();
    let token = tus.0.token.as_ref().unwrap();
    let head = format!(
        "PATCH {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\nTus-Resumable: 1.0.0\r\n\
         Upload-Offset: 0\r\nContent-Type: {BYTES}\r\n{header}Content-Length: {length}\r\n\r\n"
    );
    raw.write_all(head.as_bytes()).await.unwrap();
    raw
}

#[tokio::test]
async fn two_uploads_of_the_same_file_at_once_make_one_asset() {
    let (house, tus, metadata) = start().await;
    let bytes = content(7, 500_000);
    let paths = [tus.create(bytes.len(), &metadata).await, tus.create(bytes.len(), &metadata).await];
    let (one, two) = tokio::join!(tus.send(&paths[0], 0, &bytes), tus.send(&paths[1], 0, &bytes));
    assert_eq!((one.status.as_u16(), two.status.as_u16()), (204, 204));
    assert_eq!(one.header("tessera-asset"), two.header("tessera-asset"));
    let duplicates = [one.header("tessera-duplicate"), two.header("tessera-duplicate")];
    assert!(duplicates.contains(&"true") && duplicates.contains(&"false"), "{duplicates:?}");
    assert_eq!(assets(&house).await, 1);
    assert_eq!(stored(&house).await, bytes);
}

#[tokio::test]
async fn an_upload_ends_by_its_client_or_by_time() {
    let (house, tus, metadata) = start().await;
    let path = tus.create(100, &metadata).await;
    assert_eq!(tus.send(&path, 0, &content(8, 50)).await.status, 204);
    assert_eq!(Reply::of(tus.request(Method::DELETE, &path)).await.status, 204);
    for reply in [tus.head(&path).await, tus.send(&path, 50, b"x").await] {
        assert_eq!(reply.status, 404);
    }
    assert!(!house.dump().await.iter().any(|line| line.contains("/uploads/")));

    let path = tus.create(100, &metadata).await;
    house.db.execute("UPDATE uploads SET expires_at = now() - interval '1 s'").await.unwrap();
    assert_eq!(tus.head(&path).await.status, 404);
    let (id, never) = (path.rsplit('/').next().unwrap(), tus.head("/upload/upload_99999").await);
    assert_eq!(never.status, 404, "{id}");
}

#[tokio::test]
async fn who_may_no_longer_add_to_the_library_finds_their_upload_gone() {
    let (house, tus, metadata) = start().await;
    let path = tus.create(100, &metadata).await;
    house.db.execute("UPDATE library_members SET role = 'viewer'").await.unwrap();
    let got = tus.send(&path, 0, b"bytes").await;
    let never = tus.send("/upload/upload_99999", 0, b"bytes").await;
    assert_eq!((got.status, got.text()), (never.status, never.text()));
    house.db.execute("UPDATE library_members SET role = 'owner'").await.unwrap();
    assert_eq!(tus.offset(&path).await, 0);
}

#[tokio::test]
async fn an_upload_that_is_stored_while_somebody_asks_for_it_is_not_gone() {
    let (house, tus, metadata) = start().await;
    let bytes = content(9, 1_000);
    let first = tus.create(bytes.len(), &metadata).await;
    let asset = tus.send(&first, 0, &bytes).await.header("tessera-asset").to_owned();
    for method in [Method::HEAD, Method::PATCH] {
        let path = tus.create(bytes.len(), &metadata).await;
        let id = path.strip_prefix("/upload/").unwrap().to_owned();
        let request = match method {
            Method::HEAD => tus.request(Method::HEAD, &path),
            _ => tus.patch(&path, bytes.len(), ""),
        };
        // Its row is read; then it waits for the members of the library.
        let lock = house.db.hold("LOCK TABLE library_members IN ACCESS EXCLUSIVE MODE").await.unwrap();
        let asked = tokio::spawn(Reply::of(request));
        let waiting = "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database \
                       WHERE NOT granted AND d.datname = current_database()";
        while house.db.number(waiting).await.unwrap() == 0 {
            sleep(Duration::from_millis(10)).await;
        }
        // Meanwhile another request stores it, in the order of the server's own: the row, then the bytes.
        let row = id.strip_prefix("upload_").unwrap();
        let number: i64 = asset.strip_prefix("asset_").unwrap().parse().unwrap();
        let done = format!("UPDATE uploads SET asset_id = {number} WHERE id = {row}");
        assert_eq!(house.db.execute(&done).await.unwrap(), 1);
        assert!(house.app.files.uploads().remove(id.parse().unwrap()).await.unwrap());
        drop(lock);
        let reply = asked.await.unwrap();
        assert!(reply.status.is_success(), "{method}: {}", reply.status);
        let told = ["upload-offset", "tessera-asset"].map(|name| reply.header(name));
        assert_eq!(told, ["1000", asset.as_str()], "{method}");
    }
}
