//! What becomes of an upload, told once and for all.

use domain::UploadId;
use domain::user::UserRole;
use store::{Inserted, NewUpload, Reserved};

use crate::house::{House, new};

#[tokio::test]
async fn an_upload_becomes_one_asset_however_often_it_is_taken_in() {
    let house = House::new().await;
    let user = house.user("ann", UserRole::User).await;
    let library = house.library("ann's").await;
    let add = async || {
        let upload = NewUpload {
            user,
            library,
            length: 10,
            name: "a.jpg".into(),
            modified_at: None,
            metadata: String::new(),
        };
        let reserved = house.store.add_upload(&upload, 1).await.unwrap();
        let Reserved::Until(id, _) = reserved else { panic!("no room") };
        id
    };
    let (first, second, ended) = (add().await, add().await, add().await);
    let file = new(library, 1);
    let take_in = async |upload: UploadId| house.store.insert_upload(upload, &file).await.unwrap();
    // Two at once, and once more as after a crash.
    let (one, two) = tokio::join!(take_in(first), take_in(first));
    let Some(Inserted::New(asset)) = one else { unreachable!("{one:?}") };
    assert_eq!((two, take_in(first).await), (one, one));
    for _ in 0..2 {
        assert_eq!(take_in(second).await, Some(Inserted::Duplicate(asset)));
    }
    let row = house.store.upload(user, second).await.unwrap().unwrap();
    assert_eq!((row.asset, row.duplicate), (Some(asset), true));

    assert!(house.store.remove_upload(ended).await.unwrap());
    assert_eq!(house.store.insert_upload(ended, &new(library, 2)).await.unwrap(), None);
    assert_eq!(house.db.number("SELECT count(*) FROM assets").await.unwrap(), 1);
    let hashes = [1, 2, 3].map(|content| new(library, content).hash.blake3);
    assert_eq!(house.store.unknown_contents(&hashes).await.unwrap(), hashes[1..]);
}
