//! The judge himself: whatever is broken in an import that went well, he says so.

use std::fs;
use std::path::PathBuf;

use crate::house::House;
use crate::judge::{self, Way};
use crate::pairs::Pairs;
use crate::pictures;

/// What is done behind everybody's back, and the words that the judge must find for it.
const BROKEN: &[(&str, &str)] = &[
    (
        "UPDATE stages SET state = 'pending' WHERE asset_id = (SELECT min(id) FROM assets)",
        "nothing is pending",
    ),
    ("DELETE FROM stages WHERE asset_id = (SELECT min(id) FROM assets)", "an asset has been described"),
    ("UPDATE assets SET readable = 'pending' WHERE name = 'IMG_0001.jpg'", "which is a Picture, is pending"),
    ("DELETE FROM day_counts WHERE day = (SELECT max(day) FROM day_counts)", "day_counts lacks"),
    (
        "UPDATE day_counts SET count = count + 1 WHERE day = (SELECT min(day) FROM day_counts)",
        "day_counts says too much",
    ),
    (
        "UPDATE map_cells SET count = count + 1 WHERE cell = (SELECT min(cell) FROM map_cells)",
        "the map counts",
    ),
    ("DELETE FROM changes WHERE object_id = (SELECT max(id) FROM assets)", "the feed tells of each asset"),
    ("DELETE FROM locations WHERE id = (SELECT min(id) FROM locations)", "no location says"),
    (
        "DELETE FROM refusals WHERE path = (SELECT path FROM refusals ORDER BY path LIMIT 1)",
        "no location says: refused",
    ),
    ("UPDATE versions SET blake3 = sha256(blake3) WHERE id = (SELECT max(id) FROM versions)", "is 0 assets"),
    (
        "INSERT INTO versions (asset_id, library_id, blake3, sha1, size, current)
      SELECT asset_id, library_id, sha256(sha1), sha1, size, false FROM versions LIMIT 1",
        "an asset has one version",
    ),
];

#[tokio::test]
async fn full_the_judge_sees_each_thing_that_is_broken() {
    let Some(pairs) = Pairs::find("full_the_judge_sees_each_thing_that_is_broken") else { return };
    let samples = pictures::two_hundred(&testkit::library("").unwrap());
    let house = House::new(pairs).await;
    pictures::write(&samples, &house.pictures());
    house.add_library();
    let indexer = house.indexer(None);
    let took = house.comes_to_rest(judge::expected(&samples).len()).await;
    eprintln!("an import that nobody disturbs takes {took:.1?}");
    indexer.stop().await;
    judge::all_stands(&house, &samples, Way::InPlace).await;
    let (previews, thumbnails) = (renditions(&house, "preview"), renditions(&house, "thumbnail"));
    let half = fs::read(&previews[9]).unwrap();
    fs::remove_file(&previews[9]).unwrap();
    fs::write(&previews[9], &half[..half.len() / 2]).unwrap();
    fs::remove_file(&thumbnails[12]).unwrap();
    fs::write(house.data().join("derived/new/left"), "x").unwrap();
    fs::write(house.data().join("uploads/upload_7"), "x").unwrap();
    for words in [
        "is half",
        "is ready without its thumbnail",
        "derived/new/left was left behind",
        "upload_7 has no row",
    ] {
        assert!(says(&house, &samples, words).await, "he does not say: {words}");
    }
    for (change, words) in BROKEN {
        assert!(!says(&house, &samples, words).await, "he says too early: {words}");
        assert!(house.db.execute(change).await.unwrap() > 0, "this changed nothing: {change}");
        assert!(says(&house, &samples, words).await, "he does not see what this did: {change}");
    }
}

async fn says(house: &House, samples: &[pictures::Sample], words: &str) -> bool {
    judge::at_rest(house, samples, Way::InPlace).await.iter().any(|sentence| sentence.contains(words))
}

fn renditions(house: &House, kind: &str) -> Vec<PathBuf> {
    let mut found = house.files("derived");
    found.retain(|path| path.to_str().unwrap().contains(kind));
    found.sort();
    found
}
