//! Each content is one asset, and whole.

use std::collections::{BTreeMap, BTreeSet};

use super::{Asset, Way};
use crate::house::House;
use crate::pictures::{Kind, Sample};

type Expected<'a> = BTreeMap<String, Vec<&'a Sample>>;

/// What must hold of all rows: a sentence, and what finds those of which it does not.
const LAWS: &[(&str, &str)] = &[
    (
        "an asset has one version",
        "SELECT a.name FROM assets a LEFT JOIN versions v ON v.asset_id = a.id
      GROUP BY a.id HAVING count(v.id) <> 1",
    ),
    (
        "nothing is pending",
        "SELECT concat(a.name, ' ', s.stage) FROM stages s JOIN assets a ON a.id = s.asset_id
      WHERE s.state = 'pending' OR s.lease_until IS NOT NULL OR s.lease_by IS NOT NULL",
    ),
    (
        "an asset has been described",
        "SELECT name FROM assets a WHERE local_at IS NULL OR day IS NULL OR NOT EXISTS (
      SELECT FROM stages s WHERE s.asset_id = a.id AND s.stage = 'metadata')",
    ),
    (
        "what has metadata has had its pictures made, or tried",
        "SELECT a.name FROM assets a
      JOIN stages s ON s.asset_id = a.id AND s.stage = 'metadata' AND s.state = 'done' WHERE NOT EXISTS (
      SELECT FROM stages s WHERE s.asset_id = a.id AND s.stage = 'renditions')",
    ),
    (
        "what is ready is done",
        "SELECT name FROM assets a WHERE readable = 'ready' AND (tag < 1 OR thumbhash IS NULL
      OR problem IS NOT NULL OR width IS NULL OR ratio = 0
      OR (SELECT count(*) FROM stages s WHERE s.asset_id = a.id AND s.state = 'done') <> 2)",
    ),
    (
        "what is unreadable says why",
        "SELECT name FROM assets WHERE readable = 'pending'
      OR (readable = 'unreadable' AND coalesce(problem, '') = '')",
    ),
    ("nothing is offline or in the trash", "SELECT name FROM assets WHERE offline OR state <> 'active'"),
    (
        "the feed tells of each asset",
        "SELECT name FROM assets a WHERE NOT EXISTS (
      SELECT FROM changes c WHERE c.kind = 'asset' AND c.object_id = a.id AND NOT c.gone
      AND c.library_id = a.library_id)",
    ),
    (
        "the feed tells of nothing else",
        "SELECT c.object_id::text FROM changes c
      WHERE c.kind = 'asset' AND (c.gone OR NOT EXISTS (SELECT FROM assets a WHERE a.id = c.object_id))",
    ),
    ("folders are looked through", "SELECT convert_from(path, 'UTF8') FROM folders WHERE state <> 'idle'"),
];

/// The assets with the content that each has now.
pub async fn assets(house: &House) -> Vec<Asset> {
    let sql = "SELECT concat_ws(' ', a.id, encode(v.blake3, 'hex'), a.readable, a.tag, a.size)
               FROM assets a JOIN versions v ON v.asset_id = a.id AND v.current ORDER BY a.id";
    let rows = house.db.texts(sql).await.unwrap();
    let asset = |row: &String| {
        let words: Vec<&str> = row.split(' ').collect();
        Asset {
            id: words[0].parse().unwrap(),
            hash: words[1].to_owned(),
            readable: words[2].to_owned(),
            tag: words[3].parse().unwrap(),
            size: words[4].parse().unwrap(),
        }
    };
    rows.iter().map(asset).collect()
}

/// All there once, none half.
pub async fn are_whole(house: &House, assets: &[Asset], expected: &Expected<'_>) -> Vec<String> {
    let mut wrong = Vec::new();
    for (hash, samples) in expected {
        let found: Vec<&Asset> = assets.iter().filter(|asset| asset.hash == *hash).collect();
        let Sample { name, kind, bytes } = samples[0];
        let [asset] = found[..] else {
            wrong.push(format!("{name} is {} assets", found.len()));
            continue;
        };
        if asset.size != bytes.len() {
            wrong.push(format!("{name} has {} bytes, its row says {}", bytes.len(), asset.size));
        }
        let must = match kind {
            Kind::Picture => Some("ready"),
            Kind::Nonsense | Kind::Text => Some("unreadable"),
            Kind::Cut | Kind::Duplicate => None,
        };
        if must.is_some_and(|must| asset.readable != must) {
            wrong.push(format!("{name}, which is a {kind:?}, is {}", asset.readable));
        }
    }
    for asset in assets.iter().filter(|asset| !expected.contains_key(&asset.hash)) {
        wrong.push(format!("asset_{} has a content that no file had", asset.id));
    }
    for (sentence, breaches) in LAWS {
        let found = house.db.texts(breaches).await.unwrap();
        wrong.extend(found.into_iter().map(|place| format!("{sentence}: {place}")));
    }
    wrong
}

/// Every location is one of a file, or of a stored original; every file that is no picture was refused.
pub async fn lie_where_they_came_from(
    house: &House,
    samples: &[Sample],
    expected: &Expected<'_>,
    way: Way,
) -> Vec<String> {
    let mut right: BTreeSet<String> = BTreeSet::new();
    for (hash, samples) in expected {
        if way != Way::Sent {
            right.extend(samples.iter().map(|sample| format!("{hash} in {}", sample.name)));
        }
        if way != Way::InPlace {
            right.insert(format!("{hash} stored"));
        }
    }
    if way != Way::Sent {
        let texts = samples.iter().filter(|sample| sample.kind == Kind::Text);
        right.extend(texts.map(|sample| format!("refused {}", sample.name)));
    }
    let sql = "SELECT concat(encode(v.blake3, 'hex'), CASE WHEN l.path IS NULL THEN ' stored'
                   ELSE concat(' in ', convert_from(l.path, 'UTF8')) END,
                   CASE WHEN l.missing_since IS NOT NULL THEN ' (missing)' END)
               FROM locations l JOIN versions v ON v.id = l.version_id
               UNION ALL SELECT concat('refused ', convert_from(path, 'UTF8')) FROM refusals";
    let found = house.db.texts(sql).await.unwrap();
    let all: BTreeSet<String> = found.iter().cloned().collect();
    let mut wrong: Vec<String> =
        right.difference(&all).map(|row| format!("no location says: {row}")).collect();
    wrong.extend(all.difference(&right).map(|row| format!("a location says: {row}")));
    if all.len() != found.len() {
        wrong.push(format!("{} locations are there twice", found.len() - all.len()));
    }
    wrong
}
