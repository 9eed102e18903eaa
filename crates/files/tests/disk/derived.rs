//! Renditions.

use std::fs;
use std::io::{Read, Write};

use domain::AssetId;
use domain::rendition::Rendition;
use files::{Derived, FilesError};

use crate::ground::{all_files, data_folder};

const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x06abcd\xff\xd9";
const WEBP: &[u8] = b"RIFF\x0c\0\0\0WEBPVP8 \0\0\0\0";

async fn make(derived: &Derived, asset: i64, tag: i32, rendition: Rendition) {
    let pending = derived.begin(AssetId(asset), tag, rendition).await.unwrap();
    let bytes = if rendition == Rendition::Thumbnail { WEBP } else { JPEG };
    pending.file().write_all(bytes).unwrap();
    assert_eq!(pending.commit().await.unwrap(), bytes.len() as u64);
}

#[tokio::test]
async fn a_rendition_is_seen_only_when_it_is_whole() {
    let (folder, files) = data_folder().await;
    let derived = files.derived();
    let asset = AssetId(1_002_345);
    let pending = derived.begin(asset, -2, Rendition::Preview).await.unwrap();
    pending.file().write_all(&JPEG[..JPEG.len() - 1]).unwrap();
    assert!(derived.read(asset, -2, Rendition::Preview).await.unwrap().is_none());
    let cut = pending.commit().await;
    assert!(matches!(cut, Err(FilesError::NotAFile { .. })), "{cut:?}");
    drop(derived.begin(asset, -2, Rendition::Preview).await.unwrap());
    assert!(all_files(&folder.path().join("derived")).is_empty());

    make(&derived, asset.0, -2, Rendition::Preview).await;
    let path = folder.path().join("derived/001/002/asset_1002345-fffffffe-preview.jpg");
    assert_eq!(all_files(&folder.path().join("derived")), std::slice::from_ref(&path));
    assert_eq!(derived.read(asset, -2, Rendition::Preview).await.unwrap().unwrap(), JPEG);
    let mut opened = derived.open(asset, -2, Rendition::Preview).await.unwrap().unwrap();
    let mut read = Vec::new();
    opened.file.read_to_end(&mut read).unwrap();
    assert_eq!((opened.size, &read[..]), (JPEG.len() as u64, JPEG));
    assert!(derived.read(asset, -3, Rendition::Preview).await.unwrap().is_none());

    // what a power cut may leave of it
    for left in [0, 5, JPEG.len() - 1] {
        fs::remove_file(&path).unwrap();
        fs::write(&path, &JPEG[..left]).unwrap();
        assert!(derived.read(asset, -2, Rendition::Preview).await.unwrap().is_none());
        assert!(derived.open(asset, -2, Rendition::Preview).await.unwrap().is_none());
    }
    make(&derived, asset.0, -2, Rendition::Preview).await;
    assert!(derived.read(asset, -2, Rendition::Preview).await.unwrap().is_some());
}

#[tokio::test]
async fn removing_takes_one_assets_renditions_and_may_spare_the_current_ones() {
    let (folder, files) = data_folder().await;
    let derived = files.derived();
    for (asset, tag) in [(12, 1), (12, 2), (123, 1)] {
        make(&derived, asset, tag, Rendition::Thumbnail).await;
        make(&derived, asset, tag, Rendition::Preview).await;
    }
    assert_eq!(derived.remove(AssetId(12), Some(2)).await.unwrap(), 2);
    assert!(derived.read(AssetId(12), 1, Rendition::Thumbnail).await.unwrap().is_none());
    assert_eq!(derived.read(AssetId(12), 2, Rendition::Thumbnail).await.unwrap().unwrap(), WEBP);
    assert_eq!(derived.remove(AssetId(12), None).await.unwrap(), 2);
    assert_eq!(derived.remove(AssetId(999_999), None).await.unwrap(), 0);
    assert_eq!(all_files(&folder.path().join("derived")).len(), 2);
}
