//! Day counts and map cells equal a recount, whatever has been done at once.

use std::sync::Arc;

use chrono::{TimeDelta, Utc};
use domain::cells::{Cell, Resolution};
use domain::deed::Deed;
use domain::edit::{Change, EditChange, EditedPosition, TimeChange};
use domain::job::Stage;
use domain::user::UserRole;
use domain::{AssetId, FolderId, LibraryId, UserId};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use store::{Edited, InFolder, NewLocation, Store};
use tokio::task::JoinSet;

use crate::house::{House, describe, new, taken};

/// Close to each other and far apart, so that cells of every resolution are shared and exchanged.
const SPOTS: [Option<(f64, f64)>; 7] = [
    None,
    Some((38.71, -9.13)),
    Some((38.711, -9.131)),
    Some((38.9, -9.4)),
    Some((52.52, 13.405)),
    Some((-33.86, 151.21)),
    Some((89.9, 179.9)),
];

/// What the tables should say, counted by the rows of the assets. A cell's parent is a matter of bits: the
/// resolution is written over, and all finer digits are set.
const DAYS: &str = "SELECT library_id || ' ' || day || ' ' || count(*) FROM assets \
    WHERE state = 'active' AND day IS NOT NULL GROUP BY library_id, day ORDER BY 1";
const CELLS: &str = "SELECT concat_ws(' ', library_id, r, parent, count(*), sum(round(latitude::numeric * 1e7))::bigint, \
    sum(round(longitude::numeric * 1e7))::bigint, max(id), min(day), max(day)) \
    FROM assets, generate_series(1, 9) r, LATERAL (SELECT (cell & ~(15::bigint << 52)) | (r::bigint << 52) \
        | ((1::bigint << (3 * (15 - r))) - 1) AS parent) p \
    WHERE state = 'active' AND day IS NOT NULL AND cell IS NOT NULL GROUP BY library_id, r, parent ORDER BY 1";
const KEPT_DAYS: &str = "SELECT library_id || ' ' || day || ' ' || count FROM day_counts ORDER BY 1";
const KEPT_CELLS: &str = "SELECT concat_ws(' ', library_id, resolution, cell, count, latitude, longitude, cover_id, \
    first_day, last_day) FROM map_cells ORDER BY 1";

/// Those that are read before everything is folded: numbers only, for a cover may lag.
const CELL_NUMBERS: &str = "SELECT concat_ws(' ', library_id, r, parent, count(*)) \
    FROM assets, generate_series(1, 9) r, LATERAL (SELECT (cell & ~(15::bigint << 52)) | (r::bigint << 52) \
        | ((1::bigint << (3 * (15 - r))) - 1) AS parent) p \
    WHERE state = 'active' AND day IS NOT NULL AND cell IS NOT NULL GROUP BY library_id, r, parent ORDER BY 1";

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn counts_equal_a_recount_after_everything_at_once() {
    let house = Arc::new(House::new().await);
    let mut libraries = Vec::new();
    for name in ["one", "two"] {
        let library = house.library(name).await;
        let folder = house.store.add_folder(library, format!("/{name}").as_bytes(), true).await.unwrap();
        libraries.push((library, folder.id));
    }
    let mut tasks = JoinSet::new();
    for task in 0..6 {
        tasks.spawn(work(Arc::clone(&house), libraries.clone(), task));
    }
    let store = house.store.clone();
    let folding = tokio::spawn(async move {
        loop {
            store.fold_map().await.unwrap();
            tokio::task::yield_now().await;
        }
    });
    tasks.join_all().await;
    folding.abort();

    assert!(house.db.number("SELECT count(DISTINCT day) FROM assets").await.unwrap() > 3);
    for state in ["active", "archived", "trashed", "locked"] {
        let sql = format!("SELECT count(*) FROM assets WHERE state = '{state}'");
        assert!(house.db.number(&sql).await.unwrap() > 3, "{state}");
    }
    // What stands alone is where its own row says.
    let astray = "SELECT count(*) FROM assets WHERE stack_id IS NULL AND state <> CASE WHEN locked_at IS NOT NULL THEN 'locked' \
        WHEN trashed_at IS NOT NULL THEN 'trashed' WHEN archived THEN 'archived' ELSE 'active' END";
    assert_eq!(house.db.number(astray).await.unwrap(), 0);
    let ids: Vec<LibraryId> = libraries.iter().map(|(library, _)| *library).collect();
    assert_eq!(read_cells(&house.store, &ids).await, house.db.texts(CELL_NUMBERS).await.unwrap());
    check(&house).await;
    // Made anew, they say the same.
    house.store.recount().await.unwrap();
    check(&house).await;
}

async fn check(house: &House) {
    while house.store.fold_map().await.unwrap() > 0 {}
    assert_eq!(house.db.number("SELECT count(*) FROM map_deltas").await.unwrap(), 0);
    assert_eq!(house.db.texts(KEPT_DAYS).await.unwrap(), house.db.texts(DAYS).await.unwrap());
    assert_eq!(house.db.texts(KEPT_CELLS).await.unwrap(), house.db.texts(CELLS).await.unwrap());
}

async fn read_cells(store: &Store, libraries: &[LibraryId]) -> Vec<String> {
    let mut cells = Vec::new();
    for resolution in Resolution::MAP {
        let world: Vec<_> = Cell::roots().filter_map(|root| root.span(resolution)).collect();
        for library in libraries {
            let found = store.map_cells(&[*library], resolution, &world, 10_000).await.unwrap();
            let number = resolution.number();
            cells.extend(found.iter().map(|c| format!("{} {number} {} {}", library.0, c.cell, c.count)));
        }
    }
    cells.sort();
    cells
}

/// One of several who do whatever comes to mind: bring files, describe them, describe them again elsewhere and on
/// another day, change them where they lie, lose and find them, trash them before anything is known of them; say
/// themselves when and where they were taken, and take it back; favour, archive, trash, restore, lock and delete them.
async fn work(house: Arc<House>, libraries: Vec<(LibraryId, FolderId)>, task: u64) {
    let mut random = StdRng::seed_from_u64(task);
    let user = house.user(&format!("task{task}"), UserRole::User).await;
    let store = &house.store;
    let mut mine: Vec<(AssetId, LibraryId, FolderId, Vec<u8>)> = Vec::new();
    for round in 0..60 {
        let (library, folder) = *libraries.choose(&mut random).unwrap();
        let path = format!("{task}/{round}.jpg").into_bytes();
        let mut file = new(library, task * 10_000 + round);
        file.location = NewLocation::InFolder(InFolder { folder, path: path.clone() });
        let what = random.random_range(0..16);
        match mine.choose(&mut random).cloned() {
            Some((asset, ..)) if what < 5 => {
                store.redo(asset, Stage::Metadata).await.unwrap();
                let described =
                    taken(random.random_range(0..5), round as u32, *SPOTS.choose(&mut random).unwrap());
                describe(store, asset, &described).await;
            }
            Some((asset, library, folder, path)) if what == 5 => {
                let mut changed = new(library, task * 10_000 + 5_000 + round);
                changed.location = NewLocation::InFolder(InFolder { folder, path });
                store.content_changed(asset, &changed).await.unwrap();
            }
            Some(_) if what == 10 || what == 11 => {
                let some: Vec<AssetId> =
                    mine.choose_multiple(&mut random, 3).map(|(asset, ..)| *asset).collect();
                edit(&house, user, &some, &mut random).await;
            }
            Some((_, library, folder, path)) if what == 6 => {
                store.mark_missing(folder, library, std::slice::from_ref(&path)).await.unwrap();
                store.mark_found(folder, library, &[path]).await.unwrap();
            }
            Some(_) if (7..10).contains(&what) => {
                let some: Vec<AssetId> =
                    mine.choose_multiple(&mut random, 4).map(|(asset, ..)| *asset).collect();
                let deleted = shelve(&house, user, &some, &mut random).await;
                mine.retain(|(asset, ..)| !deleted.contains(asset));
            }
            _ => {
                let asset = store.insert_asset(&file).await.unwrap().asset();
                if what == 15 {
                    house.act(user, Deed::Trash, &[asset]).await;
                }
                mine.push((asset, library, folder, path));
            }
        }
    }
}

/// Puts some aside, or brings them back; takes that back now and then; and deletes what is in the trash for good, which it
/// answers.
async fn shelve(house: &House, user: UserId, assets: &[AssetId], random: &mut StdRng) -> Vec<AssetId> {
    let deed = *Deed::ALL.choose(random).unwrap();
    let (act, _) = house.act(user, deed, assets).await;
    if random.random_bool(0.3) {
        house.undo(user, act).await;
    }
    if random.random_bool(0.15) { house.store.delete_assets(&assets[..1]).await.unwrap() } else { Vec::new() }
}

async fn edit(house: &House, user: UserId, assets: &[AssetId], random: &mut StdRng) {
    let position = match SPOTS.choose(random).copied().flatten() {
        Some((latitude, longitude)) => Change::Set(EditedPosition::at(latitude, longitude).unwrap()),
        None if random.random() => Change::Set(EditedPosition::Nowhere),
        None => Change::Revert,
    };
    let shift = TimeDelta::days(random.random_range(-2..3));
    let change = EditChange {
        position,
        taken: Change::Set(TimeChange { shift, ..TimeChange::default() }),
        ..EditChange::default()
    };
    let edited = house.store.edit(user, assets, &change, Utc::now(), &|_| None).await.unwrap();
    if let (Edited::Done(edit), true) = (edited, random.random()) {
        house.store.undo_edit(user, edit, &|_| None).await.unwrap().unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_assets_that_exchange_places_or_days_do_not_wait_in_a_circle() {
    let house = House::new().await;
    let library = house.library("one").await;
    for (here, there) in [
        (taken(1, 0, SPOTS[1]), taken(1, 0, SPOTS[4])),
        (taken(1, 0, None), taken(2, 0, None)),
        (taken(1, 0, SPOTS[1]), taken(2, 0, SPOTS[4])),
    ] {
        let one = house.described(library, &here).await;
        let other = house.described(library, &there).await;
        for round in 0..60 {
            let (first, second) = if round % 2 == 0 { (&there, &here) } else { (&here, &there) };
            for asset in [one, other] {
                assert!(house.store.redo(asset, Stage::Metadata).await.unwrap());
            }
            let (store, second) = (house.store.clone(), second.clone());
            let others = tokio::spawn(async move { describe(&store, other, &second).await });
            assert!(describe(&house.store, one, first).await && others.await.unwrap());
        }
    }
    check(&house).await;
}
