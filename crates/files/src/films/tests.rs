use std::io::Write;

use super::*;
use crate::Files;

const ASSET: AssetId = AssetId(1234);
const CONTENT: [u8; 32] = [7; 32];
const VARIANT: &str = "film";

/// What there is of a film by a plan, which is then dropped as by a process that was killed.
async fn begun(films: &Films, asset: AssetId, content: &[u8; 32], plan: &str) -> Vec<u8> {
    let part = films.part(asset, content, VARIANT, plan).await.unwrap().unwrap();
    let before = fs::read(&part.path).unwrap();
    part.file().write_all(b"more").unwrap();
    before
}

#[tokio::test]
async fn a_film_is_gone_on_with_by_the_same_plan_only() {
    let folder = tempfile::tempdir().unwrap();
    Files::create(folder.path()).await.unwrap();
    let films = Files::open(folder.path(), 0).await.unwrap().films();
    // Another asset's, in the same folder, is not touched by any of this.
    let other = AssetId(1235);
    assert_eq!(begun(&films, other, &CONTENT, "small").await, b"");

    assert_eq!(begun(&films, ASSET, &CONTENT, "small").await, b"");
    assert_eq!(begun(&films, ASSET, &CONTENT, "small").await, b"more");
    assert_eq!(begun(&films, ASSET, &CONTENT, "large").await, b"", "the samples of another plan");
    assert_eq!(begun(&films, ASSET, &CONTENT, "small").await, b"", "what was begun before was kept");
    assert_eq!(begun(&films, ASSET, &[8; 32], "small").await, b"", "the samples of another content");
    assert_eq!(begun(&films, other, &CONTENT, "small").await, b"more");

    // A film that is whole stays until another takes its place.
    let whole = films.whole(ASSET, &CONTENT, VARIANT).await.unwrap();
    whole.file().write_all(b"old").unwrap();
    whole.commit().await.unwrap();
    let part = films.part(ASSET, &CONTENT, VARIANT, "large").await.unwrap().unwrap();
    assert!(films.part(ASSET, &CONTENT, VARIANT, "large").await.unwrap().is_none(), "two at one film");
    assert_eq!(films.open(ASSET, &CONTENT, VARIANT).await.unwrap().unwrap().size, 3);
    part.remove().await.unwrap();
    assert_eq!(films.remove(ASSET, None).await.unwrap(), 1, "a part was left behind");
}
