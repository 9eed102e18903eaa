//! The bytes of pictures: which, how much of them, and how long they may be kept.

use std::path::PathBuf;

use domain::LibraryId;
use domain::asset::ContentHash;
use domain::job::Priority;
use reqwest::Method;
use reqwest::header::HeaderMap;
use store::{InFolder, NewAsset, NewLocation};

use crate::client::{Client, Reply};
use crate::house::House;
use crate::world::{ORIGINAL, PREVIEW, TAG, THUMBNAIL, World};

const FOR_EVER: &str = "private, max-age=31536000, immutable";
const ASK_AGAIN: &str = "private, no-cache";

async fn get(client: &Client, path: &str, headers: &[(&str, &str)]) -> Reply {
    let request = client.request(Method::GET, path);
    Reply::of(headers.iter().fold(request, |request, (name, value)| request.header(*name, *value))).await
}

async fn world() -> (World, Client) {
    let world = World::new().await;
    let client = world.people[8].clone();
    (world, client)
}

#[tokio::test]
async fn a_rendition_is_kept_for_ever_only_under_its_tag() {
    let (world, client) = world().await;
    let path = |rest: &str| format!("/media/{}/{rest}", world.ours.asset);
    for (kind, bytes, media) in [("thumbnail", THUMBNAIL, "image/webp"), ("preview", PREVIEW, "image/jpeg")] {
        let etag = format!("\"{}-{TAG}-{kind}\"", world.ours.asset);
        for (query, caching) in [
            (format!("?v={TAG}"), FOR_EVER),
            ("?v=1".to_owned(), ASK_AGAIN),
            ("?v=0".to_owned(), ASK_AGAIN),
            ("?v=-5".to_owned(), ASK_AGAIN),
            (String::new(), ASK_AGAIN),
        ] {
            let reply = get(&client, &path(&format!("{kind}{query}")), &[]).await;
            assert_eq!((reply.status.as_u16(), reply.body.as_slice()), (200, bytes), "{kind}{query}");
            let told = [reply.header("cache-control"), reply.header("content-type"), reply.header("etag")];
            assert_eq!(told, [caching, media, &etag], "{kind}{query}");
            safe(&reply.headers);
        }
        let known = get(&client, &path(&format!("{kind}?v={TAG}")), &[("if-none-match", &etag)]).await;
        assert_eq!((known.status.as_u16(), known.body.len()), (304, 0));
    }
    let odd = get(&client, &path("thumbnail?v=x"), &[]).await;
    assert_eq!((odd.status.as_u16(), odd.header("cache-control")), (200, ASK_AGAIN));
}

#[tokio::test]
async fn a_rendition_that_is_lost_is_not_there_and_is_made_again() {
    let (world, client) = world().await;
    world.house.db.execute("UPDATE stages SET state = 'done' WHERE stage = 'renditions'").await.unwrap();
    let asset = world.ours.asset.parse().unwrap();
    assert_eq!(world.house.app.files.derived().remove(asset, None).await.unwrap(), 2);
    let reply = get(&client, &format!("/media/{}/preview?v={TAG}", world.ours.asset), &[]).await;
    assert_eq!((reply.status.as_u16(), reply.header("cache-control")), (404, "no-store"));
    let pending = "SELECT count(*) FROM stages WHERE stage = 'renditions' AND state = 'pending'";
    assert_eq!(world.house.db.number(pending).await.unwrap(), 1);
}

#[tokio::test]
async fn the_film_behind_a_picture_comes_alone() {
    let (world, client) = world().await;
    let path = format!("/media/{}/motion", world.ours.asset);
    let film = get(&client, &path, &[]).await;
    let last = &ORIGINAL[ORIGINAL.len() - 4..];
    assert_eq!((film.status.as_u16(), film.body.as_slice()), (200, last));
    assert_eq!((film.header("content-type"), film.header("content-length")), ("video/mp4", "4"));
    let part = get(&client, &path, &[("range", "bytes=1-2")]).await;
    assert_eq!((part.status.as_u16(), part.body.as_slice()), (206, &last[1..3]));
    assert_eq!(part.header("content-range"), "bytes 1-2/4");
}

#[tokio::test]
async fn an_original_comes_whole_or_in_the_part_that_was_asked_for() {
    let (world, client) = world().await;
    let path = format!("/media/{}/original", world.ours.asset);
    let whole = get(&client, &path, &[]).await;
    assert_eq!((whole.status.as_u16(), whole.body.as_slice()), (200, ORIGINAL));
    let etag = format!("\"{}\"", blake3::hash(ORIGINAL).to_hex());
    let told = ["etag", "cache-control", "accept-ranges", "content-type", "content-disposition"];
    let told = told.map(|name| whole.header(name));
    assert_eq!(told, [&etag, ASK_AGAIN, "bytes", "image/jpeg", "inline; filename*=UTF-8''secret.jpg"]);
    assert_eq!(whole.header("content-security-policy"), "default-src 'none'; sandbox");
    assert_eq!(whole.header("content-length"), ORIGINAL.len().to_string());

    let last = ORIGINAL.len() - 1;
    let part = |from: usize, to: usize| {
        (206, ORIGINAL[from..=to].to_vec(), format!("bytes {from}-{to}/{}", last + 1))
    };
    let all = (200, ORIGINAL.to_vec(), String::new());
    let beyond = (416, Vec::new(), format!("bytes */{}", last + 1));
    for (range, wanted) in [
        ("bytes=0-0", part(0, 0)),
        ("bytes=3-9", part(3, 9)),
        ("bytes=3-", part(3, last)),
        ("bytes=-4", part(last - 3, last)),
        ("bytes=5-999999", part(5, last)),
        ("bytes=999999-", beyond),
        ("bytes=0-1,4-5", all.clone()),
        ("apples=0-1", all.clone()),
    ] {
        let reply = get(&client, &path, &[("range", range)]).await;
        let got = (reply.status.as_u16(), reply.body.clone(), reply.header("content-range").to_owned());
        assert_eq!(got, wanted, "{range}");
    }
    let same = get(&client, &path, &[("range", "bytes=0-3"), ("if-range", &etag)]).await;
    assert_eq!(same.body, &ORIGINAL[..4]);
    let older = get(&client, &path, &[("range", "bytes=0-3"), ("if-range", "\"older\"")]).await;
    assert_eq!((older.status.as_u16(), older.body.as_slice()), (200, ORIGINAL), "a part of another content");
    let known = get(&client, &path, &[("if-none-match", &etag)]).await;
    assert_eq!((known.status.as_u16(), known.body.len()), (304, 0));
    let head = Reply::of(client.request(Method::HEAD, &path)).await;
    assert_eq!((head.status.as_u16(), head.body.len()), (200, 0));
    assert_eq!(head.header("content-length"), ORIGINAL.len().to_string());
}

#[tokio::test]
async fn a_film_that_webm_may_hold_goes_by_that_name() {
    let (world, client) = world().await;
    let path = format!("/media/{}/original", world.ours.asset);
    for (format, video, audio, media_type) in [
        ("matroska", "'vp9'", "'opus'", "video/webm"),
        ("matroska", "'av1'", "NULL", "video/webm"),
        ("matroska", "'h264'", "'opus'", "video/x-matroska"),
        ("matroska", "'vp8'", "'aac'", "video/x-matroska"),
        ("matroska", "NULL", "NULL", "video/x-matroska"),
        ("mp4", "'vp9'", "'opus'", "video/mp4"),
    ] {
        let tracks = format!("format = '{format}', video_codec = {video}, audio_codec = {audio}");
        world.house.db.execute(&format!("UPDATE assets SET {tracks}")).await.unwrap();
        let reply = get(&client, &path, &[]).await;
        assert_eq!((reply.status.as_u16(), reply.header("content-type")), (200, media_type), "{tracks}");
    }
}

#[tokio::test]
async fn what_is_not_there_right_now_says_so_and_pages_are_fenced() {
    let (world, client) = world().await;
    std::fs::remove_dir_all(world.house.data().join("originals")).unwrap();
    let reply = get(&client, &format!("/media/{}/original", world.ours.asset), &[]).await;
    assert_eq!((reply.status.as_u16(), reply.json()["code"].as_str()), (503, Some("UNAVAILABLE")));
    for path in ["/", "/photos/asset_1", "/livez", "/graphql?query=%7Bserver%7Bname%7D%7D"] {
        let reply = world.house.client().get(path).await;
        assert_eq!(reply.status, 200, "{path}");
        safe(&reply.headers);
        assert!(reply.header("content-security-policy").contains("default-src 'self'"), "{path}");
    }
}

/// A file in a folder of the library, and what a scan would say of it.
async fn in_place(house: &House, library: LibraryId) -> (PathBuf, NewAsset) {
    let pictures = house.folder.path().join("pictures");
    std::fs::create_dir(&pictures).unwrap();
    let file = pictures.join("a.jpg");
    std::fs::write(&file, ORIGINAL).unwrap();
    let folder =
        house.store.add_folder(library, pictures.as_os_str().as_encoded_bytes(), true).await.unwrap();
    let new = NewAsset {
        library,
        added_by: None,
        name: "a.jpg".into(),
        hash: ContentHash { blake3: *blake3::hash(ORIGINAL).as_bytes(), sha1: [0; 20] },
        size: ORIGINAL.len() as i64,
        modified_at: std::fs::metadata(&file).unwrap().modified().unwrap().into(),
        location: NewLocation::InFolder(InFolder { folder: folder.id, path: b"a.jpg".into() }),
        priority: Priority::Bulk,
    };
    (file, new)
}

#[tokio::test]
async fn a_file_in_place_is_served_only_as_long_as_it_is_what_was_hashed() {
    let house = House::new().await;
    let (_, library, client) = house.owner("ann").await;
    let (file, new) = in_place(&house, library).await;
    let asset = house.store.insert_asset(&new).await.unwrap().asset();
    let path = format!("/media/{asset}/original");
    let reply = get(&client, &path, &[]).await;
    assert_eq!((reply.status.as_u16(), reply.body.as_slice()), (200, ORIGINAL));
    assert!(reply.header("content-disposition").starts_with("attachment"), "nobody has looked at it yet");
    std::fs::write(&file, ORIGINAL.to_ascii_uppercase()).unwrap();
    let reply = get(&client, &path, &[]).await;
    assert_eq!((reply.status.as_u16(), reply.json()["code"].as_str()), (503, Some("UNAVAILABLE")));
    assert!(reply.text().contains("has changed"), "{}", reply.text());
}

#[tokio::test]
async fn a_copy_that_can_not_be_read_does_not_hide_another() {
    let house = House::new().await;
    let (_, library, client) = house.owner("ann").await;
    let (file, second) = in_place(&house, library).await;
    house.app.files.blobs().put(ORIGINAL).await.unwrap();
    let first = NewAsset { location: NewLocation::Stored, ..second.clone() };
    let asset = house.store.insert_asset(&first).await.unwrap().asset();
    assert_eq!(house.store.insert_asset(&second).await.unwrap().asset(), asset);
    // A folder where the stored copy should be: reading it fails, whoever reads.
    let name = blake3::hash(ORIGINAL).to_hex();
    let copy = house.data().join("originals").join(&name[..2]).join(&name[2..4]).join(name.as_str());
    std::fs::remove_file(&copy).unwrap();
    std::fs::create_dir(&copy).unwrap();
    let path = format!("/media/{asset}/original");
    let reply = get(&client, &path, &[]).await;
    assert_eq!((reply.status.as_u16(), reply.body.as_slice()), (200, ORIGINAL), "{}", reply.text());
    std::fs::remove_file(&file).unwrap();
    assert_eq!(get(&client, &path, &[]).await.status, 500, "then its error is what there is to tell");
}

fn safe(headers: &HeaderMap) {
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
    ] {
        assert_eq!(headers[name], value);
    }
}
