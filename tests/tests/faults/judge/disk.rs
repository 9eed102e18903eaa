//! What lies in the data folder: all of it whole, and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::{Asset, Way};
use crate::house::House;
use crate::pictures::Sample;

/// Each content that was to be stored lies there under its name, and no other.
pub fn originals(house: &House, expected: &BTreeMap<String, Vec<&Sample>>, way: Way) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut there = BTreeSet::new();
    for path in house.files("originals") {
        let name = name(&path);
        let hash = blake3::hash(&fs::read(&path).unwrap()).to_hex();
        if hash.as_str() != name {
            wrong.push(format!("the original {name} holds something else"));
        }
        there.insert(name);
    }
    let right: BTreeSet<String> =
        if way == Way::InPlace { BTreeSet::new() } else { expected.keys().cloned().collect() };
    wrong.extend(right.difference(&there).map(|hash| format!("{} has no original", expected[hash][0].name)));
    wrong.extend(there.difference(&right).map(|hash| format!("the original {hash} belongs to nobody")));
    wrong
}

/// What is ready has both pictures, which another decoder reads; nothing else has any.
pub fn renditions(house: &House, assets: &[Asset]) -> Vec<String> {
    let mut there: BTreeMap<String, _> =
        house.files("derived").into_iter().map(|path| (name(&path), path)).collect();
    let mut wrong = Vec::new();
    for asset in assets.iter().filter(|asset| asset.readable == "ready") {
        for (kind, ending, short_side) in [("preview", "jpg", 1440), ("thumbnail", "webp", 250)] {
            let name = format!("asset_{}-{:08x}-{kind}.{ending}", asset.id, asset.tag);
            let Some(path) = there.remove(&name) else {
                wrong.push(format!("asset_{} is ready without its {kind}", asset.id));
                continue;
            };
            let bytes = fs::read(path).unwrap();
            if !ends_where_it_should(&bytes) {
                wrong.push(format!("{name} is half: its end is missing"));
                continue;
            }
            match image::load_from_memory(&bytes) {
                Ok(picture) if picture.width().min(picture.height()) <= short_side => {}
                Ok(picture) => wrong.push(format!("{name} is {} × {}", picture.width(), picture.height())),
                Err(error) => wrong.push(format!("{name} can't be read: {error}")),
            }
        }
    }
    wrong.extend(
        there.into_keys().map(|name| format!("{name} lies among the renditions and belongs to nobody")),
    );
    wrong
}

/// Decoders forgive a JPEG that is cut short: its end is looked for, and a WebP's length compared with what it says.
fn ends_where_it_should(bytes: &[u8]) -> bool {
    let riff = bytes.strip_prefix(b"RIFF").and_then(|rest| rest.first_chunk());
    match riff {
        Some(length) => usize::try_from(u32::from_le_bytes(*length)).ok() == Some(bytes.len() - 8),
        None => bytes.ends_with(&[0xff, 0xd9]),
    }
}

/// Nothing in the making is left. An upload may wait to be continued, as long as its row says so.
pub async fn leftovers(house: &House) -> Vec<String> {
    let mut wrong = Vec::new();
    for part in ["incoming", "derived/new"] {
        wrong.extend(house.files(part).iter().map(|path| format!("{} was left behind", path.display())));
    }
    let rows = house.db.texts("SELECT concat('upload_', id) FROM uploads").await.unwrap();
    for path in house.files("uploads") {
        let name = name(&path);
        if !rows.iter().any(|row| *row == name.trim_end_matches(".undo")) {
            wrong.push(format!("the upload {name} has no row that would ever remove it"));
        }
    }
    wrong
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}
