//! What became of each file of a folder, as its owner is told.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::ask::Ann;
use crate::house::House;

/// The ways in which a file can end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// An asset with pictures.
    Shown,
    /// An asset whose kind this version can't show, and that says so.
    Later,
    /// An asset that can't be shown, and that says why.
    Damaged,
    /// No asset, and the folder says why.
    Refused,
    /// No asset, and nobody would expect one.
    Nothing,
}

/// A file, how it ended, and what its owner is told.
#[derive(Debug)]
pub struct Outcome {
    pub end: End,
    /// Why it is not shown.
    pub reason: String,
    /// The asset, if it became one.
    pub asset: Value,
}

/// The outcomes of all files that became something, by their paths in bytes.
pub type Outcomes = BTreeMap<Vec<u8>, Outcome>;

/// Gathers them: assets and refusals from the API; which file became which asset from the rows, because the API
/// names one place of an asset only.
pub async fn gather(house: &House, ann: &Ann) -> Outcomes {
    let assets = house.db.number("SELECT count(*) FROM assets").await.unwrap();
    let assets = ann.settled(usize::try_from(assets).unwrap()).await;
    let places = "SELECT encode(l.path, 'hex') || ' asset_' || v.asset_id FROM locations l
                  JOIN versions v ON v.id = l.version_id WHERE l.folder_id IS NOT NULL";
    let mut outcomes = Outcomes::new();
    for row in house.db.texts(places).await.unwrap() {
        let (path, asset) = row.split_once(' ').unwrap();
        outcomes.insert(unhex(path), of_asset(&assets[asset]));
    }
    let folder = ann.folder().await;
    let refusals = folder["refusals"].as_array().unwrap();
    assert_eq!(folder["refused"], refusals.len(), "not every refusal is on screen");
    for refusal in refusals {
        let (path, reason) = (refusal["path"].as_str().unwrap(), refusal["reason"].as_str().unwrap());
        let outcome = Outcome { end: End::Refused, reason: reason.to_owned(), asset: Value::Null };
        let before = outcomes.insert(path.as_bytes().to_vec(), outcome);
        assert!(before.is_none(), "{path} is an asset and refused");
    }
    outcomes
}

fn of_asset(asset: &Value) -> Outcome {
    let reason = asset["problem"].as_str().unwrap_or_default().to_owned();
    let end = match asset["state"].as_str().unwrap() {
        "READY" => End::Shown,
        _ if reason.starts_with("not readable yet: ") => End::Later,
        _ => End::Damaged,
    };
    Outcome { end, reason, asset: asset.clone() }
}

/// What is wrong with a reason that a person is to read, if something is.
pub fn unclear(outcome: &Outcome) -> Option<&'static str> {
    let (reason, needed) = (&outcome.reason, !matches!(outcome.end, End::Shown | End::Nothing));
    let programmers = ["::", "Some(", "Err(", "{ ", " }", "unwrap", "panicked", "core dumped"];
    if needed == reason.is_empty() {
        Some("a reason is there, or missing, where it should not be")
    } else if programmers.iter().any(|word| reason.contains(word)) {
        Some("the reason is for programmers")
    } else if reason.chars().any(char::is_control) || reason.contains('\u{fffd}') {
        Some("the reason can't be printed")
    } else if reason.len() > 300 || (needed && reason.split_whitespace().count() < 3) {
        Some("the reason is no sentence")
    } else {
        None
    }
}

fn unhex(text: &str) -> Vec<u8> {
    let digits = text.as_bytes().chunks(2);
    digits.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}
