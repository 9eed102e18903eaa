//! What must stand in the end. Files are named by `blake3`, cells counted by `h3o`, pictures decoded by `image`, rows
//! read in plain SQL: none of the programs' own code is asked whether it was right.

mod answers;
mod counts;
mod disk;
mod rows;

use std::collections::BTreeMap;

use crate::house::House;
use crate::pictures::{Kind, Sample};

/// How the files came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// They stay in their folder.
    InPlace,
    /// They were copied from their folder.
    Copied,
    /// They were sent by tus.
    Sent,
}

/// The contents that must be assets, each with its files.
pub fn expected(samples: &[Sample]) -> BTreeMap<String, Vec<&Sample>> {
    let mut contents: BTreeMap<String, Vec<&Sample>> = BTreeMap::new();
    // A text is taken in at no door.
    for sample in samples.iter().filter(|sample| sample.kind != Kind::Text) {
        contents.entry(sample.hash()).or_default().push(sample);
    }
    contents
}

/// One asset's row, as far as it is judged.
#[derive(Debug)]
pub struct Asset {
    pub id: i64,
    pub hash: String,
    pub readable: String,
    pub tag: i64,
    pub size: usize,
}

/// Everything. Says all that is wrong at once.
pub async fn all_stands(house: &House, samples: &[Sample], way: Way) {
    // Each start clears away what the dead left in the making, so one more is part of the course of things.
    house.indexer(None).stop_when_started().await;
    let mut wrong = at_rest(house, samples, way).await;
    wrong.extend(answers::agree(house, &rows::assets(house).await, &expected(samples)).await);
    let shown: Vec<&str> = wrong.iter().take(30).map(String::as_str).collect();
    assert!(wrong.is_empty(), "{} things are wrong:\n  {}", wrong.len(), shown.join("\n  "));
}

/// What is wrong in rows and files, with no program running.
pub async fn at_rest(house: &House, samples: &[Sample], way: Way) -> Vec<String> {
    let expected = expected(samples);
    let assets = rows::assets(house).await;
    let mut wrong = rows::are_whole(house, &assets, &expected).await;
    wrong.extend(rows::lie_where_they_came_from(house, samples, &expected, way).await);
    wrong.extend(counts::days(house).await);
    wrong.extend(counts::cells(house).await);
    wrong.extend(disk::originals(house, &expected, way));
    wrong.extend(disk::renditions(house, &assets));
    wrong.extend(disk::leftovers(house).await);
    wrong
}
