//! Public links: what they show and what not, who opens them, and that they end at once.

use std::time::{Duration, Instant};

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::client::{Client, Reply};
use crate::house::House;
use crate::world::{ORIGINAL, PREVIEW, TAG, THUMBNAIL, World, base64};

const CREATE: &str = "mutation ($input: ShareLinkCreateInput!) { shareLinkCreate(input: $input) \
                      { shareLink { id visits } address userErrors { code field } } }";
const UPDATE: &str = "mutation ($input: ShareLinkUpdateInput!) { shareLinkUpdate(input: $input) \
                      { shareLink { id } userErrors { code field } } }";
const SHOWN: &str = "query ($id: ID!) { shared { title sharedBy assetCount } sharedAssets { nodes { id } } \
     sharedAsset(id: $id) { id name localTakenAt title caption camera { make serial } exposure { iso } \
     position { latitude longitude } place { city country } file { variant name } } }";

/// Somebody with a link and nothing else.
struct Holder {
    client: Client,
    token: String,
    cookie: String,
}

impl Holder {
    fn of(house: &House, address: &str) -> Self {
        let token = address.rsplit('/').next().unwrap().to_owned();
        Self { client: house.client(), token, cookie: String::new() }
    }

    fn handle(&self) -> &str {
        &self.token[..8]
    }

    async fn open(&mut self, password: Option<&str>) -> Reply {
        let path = format!("/shared/{}/open", self.handle());
        let key = json!({ "token": self.token, "password": password });
        let request = self.client.request(Method::POST, &path).header("cookie", &self.cookie).json(&key);
        let reply = Reply::of(request).await;
        if let Some(cookie) = reply.header("set-cookie").split(';').next().filter(|cookie| !cookie.is_empty())
        {
            self.cookie = cookie.to_owned();
        }
        reply
    }

    async fn get(&self, path: &str) -> Reply {
        let path = format!("/shared/{}/{path}", self.handle());
        Reply::of(self.client.request(Method::GET, &path).header("cookie", &self.cookie)).await
    }

    async fn ask(&self, document: &str, variables: Value) -> Value {
        let path = format!("/shared/{}/graphql", self.handle());
        let body = json!({ "query": document, "variables": variables });
        let request = self.client.request(Method::POST, &path).header("cookie", &self.cookie).json(&body);
        Reply::of(request).await.json()
    }

    async fn shown(&self, world: &World) -> Value {
        let mut answer = self.ask(SHOWN, json!({ "id": world.ours.asset })).await;
        assert!(answer["errors"].is_null(), "{answer}");
        answer["data"].take()
    }
}

fn owner(world: &World) -> Client {
    world.people[10].clone()
}

async fn make(world: &World, more: Value) -> (String, Holder) {
    let mut input = json!({ "albumId": world.ours.album });
    for (name, value) in more.as_object().unwrap() {
        input[name] = value.clone();
    }
    let made = owner(world).data(CREATE, json!({ "input": input })).await;
    let made = &made["shareLinkCreate"];
    assert_eq!(made["userErrors"], json!([]), "{input}");
    let holder = Holder::of(&world.house, made["address"].as_str().unwrap());
    (made["shareLink"]["id"].as_str().unwrap().to_owned(), holder)
}

#[tokio::test]
async fn whoever_holds_a_link_sees_what_is_in_the_album_and_nothing_else_at_all() {
    let world = World::new().await;
    let (_, mut holder) = make(&world, json!({ "slug": "Our summer", "title": "Summer" })).await;
    assert_eq!(holder.get("media/asset_1/preview").await.status, StatusCode::NOT_FOUND, "not opened yet");
    assert_eq!(holder.open(None).await.status, StatusCode::NO_CONTENT);
    let shown = holder.shown(&world).await;
    assert_eq!(shown["shared"], json!({ "title": "Summer", "sharedBy": "Secret owner", "assetCount": 1 }));
    assert_eq!(shown["sharedAssets"]["nodes"], json!([{ "id": world.ours.asset }]));
    assert_eq!(shown["sharedAsset"]["name"], "secret.jpg");
    assert_eq!(shown["sharedAsset"]["camera"], json!({ "make": "Secret maker", "serial": null }));
    for (variant, bytes) in [("thumbnail", THUMBNAIL), ("preview", PREVIEW)] {
        let reply = holder.get(&format!("media/{}/{variant}?v={TAG}", world.ours.asset)).await;
        assert_eq!((reply.status.as_u16(), reply.body.as_slice()), (200, bytes), "{variant}");
        assert_eq!((reply.header("cache-control"), reply.header("etag")), ("no-store", ""), "{variant}");
    }
    let trashed = holder.get(&format!("media/{}/preview", world.ours.trashed)).await;
    assert_eq!(trashed.status, StatusCode::NOT_FOUND);
    // What is for people with accounts is not for them, also where it is about what they see.
    for document in [
        "{ albums { totalCount } }",
        "{ libraries { nodes { id } } }",
        "{ search(filter: {}) { totalCount } }",
        "{ timeline { count } }",
        "{ shareLinks { nodes { id } } }",
        "query ($id: ID!) { asset(id: $id) { id position { latitude } } }",
        "query ($id: ID!) { node(id: $id) { id } }",
        "mutation { albumCreate(input: { name: \"x\" }) { album { id } } }",
    ] {
        let answer = holder.ask(document, json!({ "id": world.ours.asset })).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{document}: {answer}");
    }
    // Nor does an account help there, or the link elsewhere.
    let path = format!("/shared/{}/media/{}/preview", holder.handle(), world.ours.asset);
    assert_eq!(owner(&world).get(&path).await.status, StatusCode::NOT_FOUND);
    let path = format!("/media/{}/preview", world.ours.asset);
    let elsewhere =
        Reply::of(holder.client.request(Method::GET, &path).header("cookie", &holder.cookie)).await;
    assert_eq!(elsewhere.status, StatusCode::UNAUTHORIZED);
}

/// Every byte that a link without location gives out: answers, headers, pictures, films, and what may be saved.
#[tokio::test]
async fn no_byte_under_a_link_without_location_tells_where_something_was_taken() {
    let world = World::new().await;
    for (metadata, location) in [(true, false), (false, false), (true, true)] {
        let (_, mut holder) = make(&world, json!({ "metadata": metadata, "location": location })).await;
        holder.open(None).await;
        let shown = holder.shown(&world).await;
        let mut told = shown["sharedAsset"].to_string();
        let mut originals = 0;
        for variant in ["thumbnail", "preview", "film", "original", "motion", "sidecar", "something"] {
            let reply = holder.get(&format!("media/{}/{variant}", world.ours.asset)).await;
            originals += usize::from(reply.body == ORIGINAL);
            told += &format!("{:?} {}", reply.headers, reply.text());
        }
        for file in ["master.m3u8", "180.m3u8", "180.mp4"] {
            let reply = holder.get(&format!("media/{}/hls/{file}", world.ours.asset)).await;
            assert_eq!(reply.status, StatusCode::OK, "{file}");
            told += &format!("{:?} {}", reply.headers, reply.text());
        }
        assert_eq!(originals, usize::from(location), "an original says all that its file says");
        for place in ["38.7", "-9.1", "Secret city", "Portugal"] {
            assert_eq!(told.contains(place), location, "{place}, metadata {metadata}: {told}");
        }
        for known in ["Secret caption", "Secret maker", "secret.jpg", "2024-05-17"] {
            assert!(!told.contains(known) || metadata, "{known}: {told}");
        }
        assert!(!told.contains("Secret serial"), "{told}");
        let file = if location { "original" } else { "preview" };
        assert_eq!(shown["sharedAsset"]["file"]["variant"], file);
    }
}

#[tokio::test]
async fn without_download_nothing_is_offered_to_be_saved_and_no_original_goes_out() {
    let world = World::new().await;
    let (_, mut holder) = make(&world, json!({ "download": false, "location": true })).await;
    holder.open(None).await;
    assert_eq!(holder.shown(&world).await["sharedAsset"]["file"], Value::Null);
    for (variant, status) in [("original", 404), ("motion", 404), ("preview", 200)] {
        let reply = holder.get(&format!("media/{}/{variant}", world.ours.asset)).await;
        assert_eq!(reply.status.as_u16(), status, "{variant}");
    }
}

/// Lychee CVE-2026-22784: unlocking one must not unlock another that has the same password.
#[tokio::test]
async fn cve_2026_22784_a_password_opens_its_own_link_only_and_a_new_one_shuts_it() {
    let world = World::new().await;
    let password = json!({ "password": "open sesame" });
    let (id, mut first) = make(&world, password.clone()).await;
    let (_, mut second) = make(&world, password).await;
    let asked = first.open(None).await;
    assert_eq!((asked.status.as_u16(), asked.json()["code"].as_str()), (401, Some("PASSWORD_REQUIRED")));
    let wrong = first.open(Some("open barley")).await;
    assert_eq!((wrong.status.as_u16(), wrong.json()["code"].as_str()), (401, Some("WRONG_PASSWORD")));
    assert_eq!(first.open(Some("open sesame")).await.status, StatusCode::NO_CONTENT);
    assert_eq!(first.open(None).await.status, StatusCode::NO_CONTENT, "it is open");
    let picture = format!("media/{}/preview", world.ours.asset);
    assert_eq!(first.get(&picture).await.status, StatusCode::OK);
    // The other link's cookie, with the first one's proof in it and without.
    let (_, proof) = first.cookie.split_once('.').unwrap();
    for cookie in [first.cookie.clone(), format!("tessera_link={}.{proof}", second.token)] {
        second.cookie = cookie;
        assert_eq!(second.get(&picture).await.status, StatusCode::NOT_FOUND);
    }
    let input = json!({ "id": id, "password": "open wheat field" });
    owner(&world).data(UPDATE, json!({ "input": input })).await;
    assert_eq!(first.get(&picture).await.status, StatusCode::NOT_FOUND, "the password is another one");
    let kept = "SELECT count(*) FROM share_links WHERE password_hash LIKE '$argon2id$%'";
    assert_eq!(world.house.db.number(kept).await.unwrap(), 2);
    let noted = "SELECT count(*) FROM audit_entries WHERE action = 'link.refused'";
    assert_eq!(world.house.db.number(noted).await.unwrap(), 1);
}

#[tokio::test]
async fn guessing_at_the_password_of_a_link_is_slowed() {
    let world = World::new().await;
    let (_, mut holder) = make(&world, json!({ "password": "open sesame" })).await;
    let mut statuses = Vec::new();
    for _ in 0..11 {
        statuses.push(holder.open(Some("a guess")).await.status.as_u16());
    }
    assert_eq!(statuses, [[401; 10].as_slice(), &[429]].concat());
    assert_eq!(holder.open(Some("open sesame")).await.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn a_link_that_ends_in_any_way_shows_nothing_within_a_second() {
    let world = World::new().await;
    let db = &world.house.db;
    let picture = format!("media/{}/preview", world.ours.asset);
    let ends = [
        "UPDATE share_links SET expires_at = now()",
        "DELETE FROM share_links",
        "UPDATE share_links SET token_hash = decode(repeat('00', 32), 'hex')",
        "UPDATE albums SET deleted_at = now()",
        "DELETE FROM album_assets",
        "UPDATE users SET disabled_at = now() WHERE email LIKE 'owner@%'",
        "UPDATE users SET role = 'guest' WHERE email LIKE 'owner@%'",
        "UPDATE assets SET trashed_at = now(), state = 'trashed'",
    ];
    for end in ends {
        let (_, mut holder) = make(&world, json!({})).await;
        holder.open(None).await;
        assert_eq!(holder.get(&picture).await.status, StatusCode::OK, "{end}");
        // Behind the server's back: nothing tells it.
        db.execute(end).await.unwrap();
        let ended = Instant::now();
        while holder.get(&picture).await.status == StatusCode::OK {
            assert!(ended.elapsed() < Duration::from_millis(1_100), "{end}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        for back in [
            "UPDATE albums SET deleted_at = NULL WHERE name = 'Secret album'",
            "UPDATE users SET disabled_at = NULL, role = 'user' WHERE email LIKE 'owner@%'",
            "UPDATE assets SET trashed_at = NULL, state = 'active'",
        ] {
            db.execute(back).await.unwrap();
        }
        let (album, asset) = (world.ours.album.parse().unwrap(), world.ours.asset.parse().unwrap());
        let maker = world.ours.user.parse().unwrap();
        world.house.store.add_to_albums(maker, &[album], &[asset], 10).await.unwrap();
        world.house.forget().await;
    }
}

#[tokio::test]
async fn a_link_that_is_revoked_or_given_another_address_is_shut_with_the_answer() {
    let world = World::new().await;
    let picture = format!("media/{}/preview", world.ours.asset);
    let (id, mut holder) = make(&world, json!({})).await;
    holder.open(None).await;
    let again = "mutation ($input: ShareLinkInput!) { shareLinkReissue(input: $input) { address userErrors { code } } }";
    let again = owner(&world).data(again, json!({ "input": { "id": id } })).await;
    assert_eq!(holder.get(&picture).await.status, StatusCode::NOT_FOUND);
    assert_eq!(holder.open(None).await.status, StatusCode::NOT_FOUND);
    let mut holder = Holder::of(&world.house, again["shareLinkReissue"]["address"].as_str().unwrap());
    assert_eq!(holder.open(None).await.status, StatusCode::NO_CONTENT);
    assert_eq!(holder.get(&picture).await.status, StatusCode::OK);
    let revoke = "mutation ($input: ShareLinkInput!) { shareLinkRevoke(input: $input) { deletedId userErrors { code } } }";
    let gone = owner(&world).data(revoke, json!({ "input": { "id": id } })).await;
    assert_eq!(gone["shareLinkRevoke"]["deletedId"], json!(id));
    assert_eq!(holder.get(&picture).await.status, StatusCode::NOT_FOUND);
    let noted =
        format!("SELECT string_agg(action, ' ' ORDER BY id) FROM audit_entries WHERE detail = '{id}'");
    assert_eq!(world.house.db.texts(&noted).await.unwrap(), ["link.made link.reissued link.revoked"]);
}

/// Single assets are shown as long as who made the link may show them to others.
#[tokio::test]
async fn a_link_to_assets_ends_with_the_right_to_show_them() {
    let world = World::new().await;
    let (editor, asset) = (world.people[9].clone(), &world.ours.asset);
    let input = json!({ "input": { "assetIds": [asset] } });
    let made = editor.data(CREATE, input.clone()).await;
    let mut holder = Holder::of(&world.house, made["shareLinkCreate"]["address"].as_str().unwrap());
    holder.open(None).await;
    assert_eq!(holder.shown(&world).await["sharedAssets"]["nodes"], json!([{ "id": asset }]));
    world.house.db.execute("UPDATE library_members SET role = 'viewer' WHERE role = 'editor'").await.unwrap();
    world.house.forget().await;
    let shown = holder.shown(&world).await;
    assert_eq!((&shown["sharedAssets"]["nodes"], &shown["sharedAsset"]), (&json!([]), &Value::Null));
    let refused = editor.data(CREATE, input).await;
    assert_eq!(refused["shareLinkCreate"]["userErrors"][0]["code"], "NOT_FOUND");
}

#[tokio::test]
async fn visits_are_counted_once_for_each_opening_and_only_who_made_a_link_knows_of_it() {
    let world = World::new().await;
    let (id, mut holder) = make(&world, json!({})).await;
    for _ in 0..3 {
        holder.open(None).await;
    }
    Holder { client: world.house.client(), token: holder.token.clone(), cookie: String::new() }
        .open(None)
        .await;
    let list = "{ shareLinks { nodes { id visits visitedAt hasPassword } } }";
    let links = owner(&world).data(list, json!({})).await;
    assert_eq!(
        (&links["shareLinks"]["nodes"][0]["id"], &links["shareLinks"]["nodes"][0]["visits"]),
        (&json!(id), &json!(2))
    );
    for column in [3, 4, 9] {
        let links = world.people[column].data(list, json!({})).await;
        assert_eq!(links["shareLinks"]["nodes"], json!([]));
    }
}

/// What a key may not do itself it can't do by a link that it makes (Immich CVE-2026-23896, in another dress).
#[tokio::test]
async fn a_key_makes_no_link_that_shows_more_than_it_sees() {
    use domain::access::Permission::{AlbumLink, AlbumRead, AssetDownload, AssetRead};
    let world = World::new().await;
    let input = json!({ "input": { "albumId": world.ours.album } });
    for (scopes, wanted) in [
        (&[AlbumRead, AssetRead, AssetDownload][..], "NOT_ALLOWED"),
        (&[AlbumRead, AlbumLink], "NOT_GRANTED"),
        (&[AlbumRead, AlbumLink, AssetRead], "NOT_GRANTED"),
        (&[AlbumRead, AlbumLink, AssetRead, AssetDownload], ""),
    ] {
        let made = world.key(scopes).await.data(CREATE, input.clone()).await;
        let code = made["shareLinkCreate"]["userErrors"][0]["code"].as_str().unwrap_or_default();
        assert_eq!(code, wanted, "{scopes:?}");
    }
}

/// Immich CVE-2026-40096: what people call an album stays text, whatever it is.
#[tokio::test]
async fn cve_2026_40096_a_name_does_nothing_in_the_page_of_a_link() {
    let world = World::new().await;
    let page = "<!doctype html><html><head><title>Tessera</title></head></html>";
    std::fs::write(world.house.folder.path().join("web/index.html"), page).unwrap();
    let name =
        "\"><meta http-equiv=\"refresh\" content=\"0;url=https://evil.example\"><script>alert(1)</script>";
    let (_, holder) = make(&world, json!({ "title": name })).await;
    let reply = world.house.client().get(&format!("/share/our-summer/{}", holder.token)).await;
    let text = reply.text();
    assert_eq!((text.matches("<meta").count(), text.matches("<script").count()), (5, 0), "{text}");
    assert!(text.contains("og:title\" content=\"&quot;&gt;&lt;meta http-equiv=&quot;refresh"), "{text}");
    assert!(text.contains(&format!("http://localhost/shared/{}/cover/", holder.handle())), "{text}");
    let told = ["cache-control", "referrer-policy", "x-robots-tag"].map(|name| reply.header(name));
    assert_eq!(told, ["no-store", "no-referrer", "noindex, nofollow"]);
    let cover =
        world.house.client().get(&format!("/shared/{}/cover/{}", holder.handle(), holder.token)).await;
    assert_eq!((cover.status.as_u16(), cover.body.as_slice()), (200, PREVIEW));
    // One with a password says nothing before it was said.
    let (_, shut) = make(&world, json!({ "title": "Quiet", "password": "open sesame" })).await;
    let text = world.house.client().get(&format!("/share/{}", shut.token)).await.text();
    assert!(!text.contains("Quiet") && !text.contains("og:"), "{text}");
    let cover = world.house.client().get(&format!("/shared/{}/cover/{}", shut.handle(), shut.token)).await;
    assert_eq!(cover.status, StatusCode::NOT_FOUND);
}

/// What people send by a link is the maker's, and shown by the link; whoever sends it learns nothing of the library.
#[tokio::test]
async fn whoever_holds_a_link_that_collects_adds_to_it_and_is_not_told_what_was_there() {
    let world = World::new().await;
    let library = &world.ours.library;
    let (_, mut holder) = make(&world, json!({ "upload": true, "libraryId": library })).await;
    holder.open(None).await;
    // A picture that is new, and one that the library has.
    let new = [ORIGINAL, b" and a little more"].concat();
    for (bytes, assets) in [(new.as_slice(), 3), (ORIGINAL, 3)] {
        let (status, location) = send(&holder, bytes, "library_987654").await;
        assert_eq!(status, StatusCode::CREATED, "{location:?}");
        let count =
            format!("SELECT count(*) FROM assets WHERE library_id = {}", library.replace("library_", ""));
        assert_eq!(world.house.db.number(&count).await.unwrap(), assets);
    }
    let added =
        "SELECT count(*) FROM album_assets e JOIN assets a ON a.id = e.asset_id WHERE a.name = 'theirs.jpg'";
    assert_eq!(world.house.db.number(added).await.unwrap(), 1);
    // By a link that takes nothing, or by none, nobody sends anything.
    let (_, mut shown) = make(&world, json!({})).await;
    shown.open(None).await;
    assert_eq!(send(&shown, &new, library).await.0, StatusCode::NOT_FOUND);
    holder.cookie.clear();
    assert_eq!(send(&holder, &new, library).await.0, StatusCode::UNAUTHORIZED);
}

/// Of an upload by a link, and of one of the maker's own, the other knows nothing.
#[tokio::test]
async fn uploads_by_a_link_are_its_own() {
    let world = World::new().await;
    let (id, mut holder) = make(
        &world,
        json!({ "upload": true, "view": false, "download": false, "libraryId": world.ours.library }),
    )
    .await;
    holder.open(None).await;
    let head = |path: String| {
        let request = holder.client.request(Method::HEAD, &path).header("cookie", &holder.cookie);
        Reply::of(request.header("tus-resumable", "1.0.0"))
    };
    let below = format!("/shared/{}/upload", holder.handle());
    assert_eq!(head(format!("{below}/{}", world.ours.upload)).await.status, StatusCode::NOT_FOUND);
    let metadata = format!("filename {}", base64("theirs.jpg"));
    let begun = holder.client.request(Method::POST, &below).header("cookie", &holder.cookie);
    let begun = begun.header("tus-resumable", "1.0.0").header("upload-length", "1000");
    let begun = Reply::of(begun.header("upload-metadata", metadata)).await;
    let path = begun.header("location").to_owned();
    assert!(path.starts_with(&below), "{path}");
    assert_eq!((begun.status, head(path.clone()).await.status), (StatusCode::CREATED, StatusCode::OK));
    let own = path.replace(&below, "/upload");
    let asked = owner(&world).request(Method::HEAD, &own).header("tus-resumable", "1.0.0");
    assert_eq!(Reply::of(asked).await.status, StatusCode::NOT_FOUND);
    // A link that is revoked takes nothing more, not even the rest.
    let revoke = "mutation ($input: ShareLinkInput!) { shareLinkRevoke(input: $input) { deletedId } }";
    owner(&world).data(revoke, json!({ "input": { "id": id } })).await;
    assert_ne!(head(path).await.status, StatusCode::OK);
}

/// Sends a file in one request; answers what came of it, and where it is.
async fn send(holder: &Holder, bytes: &[u8], library: &str) -> (StatusCode, String) {
    let metadata = format!("library {},filename {}", base64(library), base64("theirs.jpg"));
    let path = format!("/shared/{}/upload", holder.handle());
    let request = holder
        .client
        .request(Method::POST, &path)
        .header("cookie", &holder.cookie)
        .header("tus-resumable", "1.0.0")
        .header("upload-length", bytes.len())
        .header("upload-metadata", metadata)
        .header("content-type", "application/offset+octet-stream")
        .body(bytes.to_vec());
    let reply = Reply::of(request).await;
    assert!(reply.header("tessera-asset").is_empty() && reply.header("tessera-duplicate").is_empty());
    (reply.status, reply.header("location").to_owned())
}

/// What is kept of a link opens nothing (and Immich CVE-2026-25118: no secret comes back).
#[tokio::test]
async fn no_token_or_password_is_kept_or_told_again() {
    let world = World::new().await;
    let (_, mut holder) = make(&world, json!({ "password": "open sesame" })).await;
    holder.open(Some("open sesame")).await;
    let secret = &holder.token[8..];
    let kept = world.house.dump().await.join("\n");
    assert!(!kept.contains(secret) && !kept.contains("open sesame"));
    let list = "{ shareLinks { nodes { id title slug hasPassword album { name } } } }";
    let told =
        owner(&world).data(list, json!({})).await.to_string() + &holder.shown(&world).await.to_string();
    assert!(!told.contains(secret) && !told.contains("open sesame") && !told.contains("@example.org"));
    let set = holder.open(None).await.header("set-cookie").to_owned();
    let path = format!("; Path=/shared/{}; HttpOnly; SameSite=Lax", holder.handle());
    assert!(set.contains(&path), "{set}");
}
