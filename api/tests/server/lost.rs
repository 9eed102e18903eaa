//! Originals that were stored and that no row knows.

use std::fs::File;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use serde_json::json;
use tessera_api::lost::lay_aside;

use crate::client::Reply;
use crate::house::House;

const UPLOAD: &str = "mutation ($input: AssetUploadInput!) { assetUpload(input: $input) { asset { id } } }";

fn original(house: &House, bytes: &[u8]) -> PathBuf {
    let name = blake3::hash(bytes).to_hex();
    house.data().join("originals").join(&name[..2]).join(&name[2..4]).join(name.as_str())
}

#[tokio::test]
async fn what_no_row_knows_is_laid_aside_after_a_day_unless_that_is_much() {
    let house = House::new().await;
    let (_, library, client) = house.owner("ann").await;
    let yesterday = SystemTime::now() - Duration::from_secs(86_400);
    let age = |bytes: &[u8]| {
        let file = File::open(original(&house, bytes)).unwrap();
        file.set_modified(yesterday - Duration::from_secs(9)).unwrap();
    };
    let (known, stray, fresh) = (&b"\xff\xd8\xffknown"[..], &b"a stray"[..], &b"a fresh stray"[..]);
    let input = json!({ "input": { "libraryId": library.to_string() } });
    let reply = Reply::of(client.multipart(UPLOAD, input, ("a.jpg", known.to_vec()))).await;
    assert_eq!(reply.status, 200);
    for bytes in [stray, fresh] {
        house.app.files.blobs().put(bytes).await.unwrap();
    }
    age(known);
    age(stray);
    assert_eq!(lay_aside(&house.app, yesterday).await.unwrap(), 1);
    assert!(original(&house, known).exists() && original(&house, fresh).exists());
    assert!(!original(&house, stray).exists());
    let aside = house.data().join("lost").join(blake3::hash(stray).to_hex().as_str());
    assert_eq!(std::fs::read(aside).unwrap(), stray);
    assert_eq!(lay_aside(&house.app, yesterday).await.unwrap(), 0);

    for number in 0..101_u8 {
        house.app.files.blobs().put(&[number][..]).await.unwrap();
        age(&[number]);
    }
    assert_eq!(lay_aside(&house.app, yesterday).await.unwrap(), 0);
    assert!((0..101).all(|number| original(&house, &[number]).exists()));
}
