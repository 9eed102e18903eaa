//! What the metadata stage writes is read again as it was.

use domain::metadata::{Area, Crop, FaceRegion, Metadata, Panorama, Pose, View};
use store::Described;

use crate::house::{House, describe, new, taken};

#[tokio::test]
async fn a_panorama_is_read_as_it_was_written() {
    let house = House::new().await;
    let library = house.library("one").await;
    let crop =
        Crop { full_width: 14828, full_height: 7414, width: 6872, height: 2398, left: 4120, top: 2488 };
    let pose = Pose { heading: Some(207.25), pitch: None, roll: Some(-1.5) };
    let view = View { heading: None, pitch: Some(0.0), fov: Some(70.0) };
    let whole = Panorama { crop: Some(crop), pose: Some(pose), view: Some(view) };
    let part = Panorama { pose: None, view: None, ..whole };
    for (content, panorama) in [(1, Some(whole)), (2, Some(part)), (3, None)] {
        let asset = house.store.insert_asset(&new(library, content)).await.unwrap().asset();
        let plain = taken(1, 0, None);
        let metadata = Metadata { panorama, ..plain.metadata.clone() };
        assert!(describe(&house.store, asset, &Described { metadata, ..plain }).await);
        assert_eq!(house.store.assets_by_ids(&[asset]).await.unwrap()[0].panorama, panorama);
    }
}

#[tokio::test]
async fn faces_that_were_marked_are_told_with_their_picture() {
    let house = House::new().await;
    let library = house.library("one").await;
    let area = Area { x: 0.25, y: 0.5, width: 0.125, height: 0.0625 };
    let faces = vec![
        FaceRegion { name: Some("Ana".to_owned()), area: Some(area) },
        FaceRegion { name: None, area: None },
    ];
    let plain = taken(0, 0, None);
    let marked =
        Described { metadata: Metadata { faces: faces.clone(), ..plain.metadata.clone() }, ..plain.clone() };
    for (described, expected) in [(marked, faces), (plain, Vec::new())] {
        let asset = house.described(library, &described).await;
        assert_eq!(house.store.assets_by_ids(&[asset]).await.unwrap().remove(0).faces, expected);
    }
}
