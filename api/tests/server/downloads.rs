//! Archives over HTTP: read by another program, bound to who asked, and broken off where access is taken away.

use std::process::Command;
use std::time::Duration;

use domain::asset::ContentHash;
use domain::job::Priority;
use domain::user::UserRole;
use domain::{AssetId, LibraryId};
use reqwest::Method;
use serde_json::{Value, json};
use store::{NewAsset, NewLocation};

use crate::client::{Client, Reply};
use crate::house::House;

const CREATE: &str = "mutation ($input: DownloadCreateInput!) { downloadCreate(input: $input) { \
                      download { address name count bytes } userErrors { code field } } }";
/// More than lies on the way between two programs of one machine.
const LARGE: usize = 64 << 20;

async fn asset(house: &House, library: LibraryId, name: &str, content: &[u8]) -> AssetId {
    let stored = house.app.files.blobs().put(content).await.unwrap();
    let new = NewAsset {
        library,
        added_by: None,
        name: name.to_owned(),
        hash: ContentHash { blake3: stored.blake3, sha1: stored.sha1 },
        size: content.len() as i64,
        modified_at: chrono::DateTime::UNIX_EPOCH,
        location: NewLocation::Stored,
        priority: Priority::Bulk,
    };
    house.store.insert_asset(&new).await.unwrap().asset()
}

async fn create(client: &Client, input: Value) -> Value {
    client.data(CREATE, json!({ "input": input })).await["downloadCreate"].take()
}

async fn address(client: &Client, assets: &[AssetId]) -> String {
    let ids: Vec<String> = assets.iter().map(ToString::to_string).collect();
    let made = create(client, json!({ "assetIds": ids })).await;
    made["download"]["address"].as_str().unwrap_or_else(|| panic!("{made}")).to_owned()
}

/// What Python reads of an archive; none where there is no Python.
#[expect(clippy::print_stderr, reason = "a test that did not run must not look like one that passed")]
fn read(house: &House, bytes: &[u8]) -> Option<Value> {
    let path = house.folder.path().join("got.zip");
    std::fs::write(&path, bytes).unwrap();
    let program = "import sys, zipfile, json\nz = zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\n\
                   print(json.dumps({n: z.read(n).decode()[:40] for n in z.namelist()}))";
    let Ok(output) = Command::new("python3").arg("-c").arg(program).arg(&path).output() else {
        eprintln!("SKIPPED: there is no python3, which reads the archive");
        return None;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

#[tokio::test]
async fn an_archive_holds_each_original_under_a_name_of_its_own_and_names_what_is_missing() {
    let house = House::new().await;
    let (_, library, client) = house.owner("ann").await;
    let first = asset(&house, library, "IMG.jpg", b"first").await;
    let second = asset(&house, library, "img.JPG", b"second").await;
    let lost = asset(&house, library, "lost.jpg", b"lost").await;
    let nowhere = "DELETE FROM locations l USING versions v WHERE v.id = l.version_id AND v.asset_id =";
    house.db.execute(&format!("{nowhere} {}", lost.0)).await.unwrap();
    let ids: Vec<String> = [first, second, lost, first].iter().map(ToString::to_string).collect();
    let made = create(&client, json!({ "assetIds": ids, "sidecars": true })).await;
    assert_eq!((&made["download"]["count"], &made["download"]["bytes"]), (&json!(3), &json!(15)), "{made}");
    let got = client.get(made["download"]["address"].as_str().unwrap()).await;
    assert_eq!((got.header("content-type"), got.header("cache-control")), ("application/zip", "no-store"));
    let Some(files) = read(&house, &got.body) else { return };
    assert_eq!((&files["IMG.jpg"], &files["img (2).JPG"]), (&json!("first"), &json!("second")), "{files}");
    assert!(files["IMG.jpg.xmp"].is_string() && files["img (2).JPG.xmp"].is_string(), "{files}");
    let missing = files["What is missing here.txt"].as_str().unwrap_or_default();
    assert!(missing.contains("lost.jpg: "), "{files}");
    assert_eq!(files.as_object().unwrap().len(), 5, "{files}");
}

#[tokio::test]
async fn a_ticket_is_good_for_the_session_that_asked_and_for_no_other() {
    let house = House::new().await;
    let (user, library, client) = house.owner("ann").await;
    let asset = asset(&house, library, "a.jpg", b"a").await;
    let address = address(&client, &[asset]).await;
    let other = house.sign_in(user).await;
    let stranger = house.user("bob", UserRole::User).await;
    let stranger = house.sign_in(stranger).await;
    for (client, status) in [(&client, 200), (&other, 403), (&stranger, 404), (&house.client(), 401)] {
        assert_eq!(client.get(&address).await.status.as_u16(), status);
    }
    house.db.execute("UPDATE downloads SET expires_at = now()").await.unwrap();
    assert_eq!(client.get(&address).await.status.as_u16(), 404);
    let refused = create(&stranger, json!({ "assetIds": [asset.to_string()] })).await;
    assert_eq!(refused["userErrors"], json!([{ "code": "NOT_FOUND", "field": "assetIds" }]), "{refused}");
}

/// The film is sent until the client has read a little; what comes then is decided anew.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_loses_access_loses_what_is_being_sent() {
    let house = House::new().await;
    let (_, library, _) = house.owner("ann").await;
    let film = asset(&house, library, "film.mp4", &vec![7; LARGE]).await;
    let whole = "SELECT 1";
    let member = "DELETE FROM library_members m USING users u WHERE u.id = m.user_id AND u.name = 'bob'";
    let session = "DELETE FROM sessions s USING users u WHERE u.id = s.user_id AND u.name = 'bob'";
    let locked = format!("UPDATE assets SET state = 'locked', locked_at = now() WHERE id = {}", film.0);
    let bob = house.user("bob", UserRole::User).await;
    for (revocation, comes) in [(whole, true), (member, false), (session, false), (locked.as_str(), false)] {
        house.db.execute(member).await.unwrap();
        house.member(library, bob, "viewer").await;
        house.forget().await;
        let client = house.sign_in(bob).await;
        let address = address(&client, &[film]).await;
        let mut response = client.request(Method::GET, &address).send().await.unwrap();
        let mut got = response.chunk().await.unwrap().unwrap().len();
        house.db.execute(revocation).await.unwrap();
        tokio::time::sleep(Duration::from_millis(1_000)).await;
        let end = loop {
            match response.chunk().await {
                Ok(Some(part)) => got += part.len(),
                Ok(None) => break true,
                Err(_) => break false,
            }
        };
        assert_eq!((end, got > LARGE), (comes, comes), "{revocation}: {got} bytes");
    }
}

#[tokio::test]
async fn an_album_is_downloaded_with_those_that_lie_in_it() {
    let house = House::new().await;
    let (user, library, client) = house.owner("ann").await;
    let new = |parent, name| store::NewAlbum {
        owner: user,
        parent,
        name,
        description: "",
        order: domain::album::AlbumOrder::Newest,
        rule: None,
    };
    let outer = house.store.add_album(&new(None, "Lisbon/24")).await.unwrap().unwrap();
    let inner = house.store.add_album(&new(Some(outer), "Trams")).await.unwrap().unwrap();
    for (album, name) in [(outer, "a.jpg"), (inner, "b.jpg"), (inner, "a.jpg")] {
        let one = asset(&house, library, name, format!("{album} {name}").as_bytes()).await;
        house.store.add_to_albums(user, &[album], &[one], 10).await.unwrap();
    }
    let made = create(&client, json!({ "albumId": outer.to_string() })).await;
    assert_eq!(made["download"]["name"], "Lisbon/24.zip", "{made}");
    let got: Reply = client.get(made["download"]["address"].as_str().unwrap()).await;
    assert_eq!(got.header("content-disposition"), "attachment; filename*=UTF-8''Lisbon%2F24.zip");
    let Some(files) = read(&house, &got.body) else { return };
    assert_eq!(files.as_object().unwrap().keys().collect::<Vec<_>>(), ["a (2).jpg", "a.jpg", "b.jpg"]);
}
