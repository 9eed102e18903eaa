//! Counts equal a recount, whatever happened before.

use std::collections::BTreeMap;
use std::fs;

use domain::cells::{Cell, parents};
use testkit::library;

use crate::house::House;

#[tokio::test]
async fn days_and_cells_equal_a_recount_after_everything() {
    let Some(album) = library("Albums/4MinsAroundTheWorld") else { return };
    let house = House::new().await;
    for entry in fs::read_dir(&album).unwrap() {
        let path = entry.unwrap().path();
        house.put(&path, path.file_name().unwrap().to_str().unwrap());
    }
    house.import(&[]);
    equal(&house).await;
    // a picture moves: another content with another place at its path
    let names: Vec<_> = fs::read_dir(house.pictures()).unwrap().map(|entry| entry.unwrap().path()).collect();
    let kathmandu = names.iter().find(|path| path.to_str().unwrap().contains("Kathmandu")).unwrap();
    let mut changed =
        fs::read(names.iter().find(|path| path.to_str().unwrap().contains("London")).unwrap()).unwrap();
    changed.extend(b"one byte more");
    fs::write(kathmandu, changed).unwrap();
    let said = house.import(&[]);
    assert!(said.text.contains("1 changed"), "{}", said.text);
    equal(&house).await;
    // and what is rebuilt is the same again
    let before = stored(&house).await;
    assert!(house.command(&["rebuild"]).status().unwrap().success());
    assert_eq!(stored(&house).await, before);
    equal(&house).await;
}

/// Cells as stored and waiting, by library and cell.
async fn stored(house: &House) -> Vec<String> {
    let sql = "SELECT concat_ws(' ', library_id, cell, sum(count), sum(latitude), sum(longitude))
               FROM (SELECT library_id, cell, count, latitude, longitude FROM map_cells
                     UNION ALL SELECT library_id, cell, count, latitude, longitude FROM map_deltas) c
               GROUP BY library_id, cell HAVING sum(count) <> 0 ORDER BY library_id, cell";
    house.db.texts(sql).await.unwrap()
}

async fn equal(house: &House) {
    let wrong = "SELECT count(*) FROM (
        (SELECT library_id, day, count::bigint FROM day_counts EXCEPT
         SELECT library_id, day, count(*) FROM assets WHERE day IS NOT NULL GROUP BY 1, 2)
        UNION ALL
        (SELECT library_id, day, count(*) FROM assets WHERE day IS NOT NULL GROUP BY 1, 2 EXCEPT
         SELECT library_id, day, count FROM day_counts)) d";
    assert_eq!(house.db.number(wrong).await.unwrap(), 0, "days");
    let assets =
        house.db.texts("SELECT concat_ws(' ', library_id, cell) FROM assets WHERE cell IS NOT NULL").await;
    let mut counts: BTreeMap<(i64, i64), i64> = BTreeMap::new();
    for row in assets.unwrap() {
        let (library, cell) = row.split_once(' ').unwrap();
        let cell = Cell::try_from(cell.parse::<i64>().unwrap()).unwrap();
        for parent in parents(cell) {
            *counts.entry((library.parse().unwrap(), parent.into())).or_default() += 1;
        }
    }
    assert!(counts.len() > 40, "the album goes around the world");
    let found: BTreeMap<(i64, i64), i64> = stored(house)
        .await
        .iter()
        .map(|row| {
            let numbers: Vec<i64> = row.split(' ').map(|number| number.parse().unwrap()).collect();
            ((numbers[0], numbers[1]), numbers[2])
        })
        .collect();
    assert_eq!(found, counts, "cells");
}
