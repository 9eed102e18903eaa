//! Days and map cells equal a recount.

use std::collections::BTreeMap;

use h3o::{CellIndex, LatLng, Resolution};

use crate::house::House;

/// How fine the map counts, coarsest and finest.
const COUNTED: (u8, u8) = (1, 9);

pub async fn days(house: &House) -> Vec<String> {
    let sql = "WITH told AS (SELECT library_id, day, count::bigint FROM day_counts),
        right_ones AS (SELECT library_id, (local_at)::date AS day, count(*) FROM assets
            WHERE local_at IS NOT NULL AND state = 'active' GROUP BY 1, 2)
        SELECT concat('day_counts says too much: ', t.*) FROM (TABLE told EXCEPT TABLE right_ones) t
        UNION ALL SELECT concat('day_counts lacks: ', r.*) FROM (TABLE right_ones EXCEPT TABLE told) r";
    let mut wrong = house.db.texts(sql).await.unwrap();
    let days = house.db.number("SELECT count(*) FROM day_counts").await.unwrap();
    if days < 5 {
        wrong.push(format!("the pictures lie on {days} days only: that shows little"));
    }
    wrong
}

/// Cells as stored and as waiting, against the positions of the assets.
pub async fn cells(house: &House) -> Vec<String> {
    let positions = "SELECT concat_ws(' ', library_id, latitude, longitude) FROM assets
                     WHERE state = 'active' AND local_at IS NOT NULL AND latitude IS NOT NULL";
    let mut right: BTreeMap<(i64, u64), i64> = BTreeMap::new();
    for row in house.db.texts(positions).await.unwrap() {
        let words: Vec<&str> = row.split(' ').collect();
        let at = LatLng::new(words[1].parse().unwrap(), words[2].parse().unwrap()).unwrap();
        // Counted from the parents of the finest: cells of two sizes do not cover each other exactly.
        let finest = at.to_cell(Resolution::Twelve);
        for resolution in COUNTED.0..=COUNTED.1 {
            let cell = finest.parent(Resolution::try_from(resolution).unwrap()).unwrap();
            *right.entry((words[0].parse().unwrap(), cell.into())).or_default() += 1;
        }
    }
    let counted = "SELECT concat_ws(' ', library_id, cell, sum(count)) FROM (
            SELECT library_id, cell, count FROM map_cells UNION ALL SELECT library_id, cell, count FROM map_deltas) c
        GROUP BY library_id, cell HAVING sum(count) <> 0";
    let mut told: BTreeMap<(i64, u64), i64> = BTreeMap::new();
    for row in house.db.texts(counted).await.unwrap() {
        let numbers: Vec<i64> = row.split(' ').map(|number| number.parse().unwrap()).collect();
        told.insert((numbers[0], numbers[1].cast_unsigned()), numbers[2]);
    }
    let mut wrong = Vec::new();
    for key in right.keys().chain(told.keys().filter(|key| !right.contains_key(key))) {
        let (right, told) = (right.get(key).copied().unwrap_or(0), told.get(key).copied().unwrap_or(0));
        if right != told {
            let cell = CellIndex::try_from(key.1);
            wrong.push(format!("the map counts {told} instead of {right} in {cell:?} of library {}", key.0));
        }
    }
    if right.len() < 50 {
        wrong.push(format!("the pictures lie in {} cells only: that shows little", right.len()));
    }
    wrong
}
