//! Equal content in one library is one asset (law 4), however many bring it at once.

use std::time::Duration;

use domain::asset::ContentHash;
use domain::job::Stage;
use domain::{AssetId, FolderId, LibraryId};
use store::{Blame, InFolder, Inserted, KnownAsset, NewAsset, NewLocation, Refusal, Rendered};
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::house::{House, claim, describe, hash, new, taken};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_who_bring_the_same_content_at_once_make_one_asset() {
    let house = House::new().await;
    let (library, other) = (house.library("one").await, house.library("other").await);
    let folder = house.store.add_folder(library, b"/pictures", true).await.unwrap().id;
    let mut tasks = JoinSet::new();
    for number in 0..20 {
        let (store, mut file) = (house.store.clone(), new(library, 1));
        if number % 2 == 0 {
            let path = format!("{number}.jpg").into_bytes();
            file.location = NewLocation::InFolder(InFolder { folder, path });
        }
        tasks.spawn(async move { store.insert_asset(&file).await.unwrap() });
    }
    let outcomes = tasks.join_all().await;
    let new_ones: Vec<_> = outcomes.iter().filter(|one| matches!(one, Inserted::New(_))).collect();
    assert_eq!(new_ones.len(), 1);
    assert!(outcomes.iter().all(|one| one.asset() == new_ones[0].asset()));
    for (table, rows) in [("assets", 1), ("versions", 1), ("stages", 1), ("locations", 11)] {
        assert_eq!(house.db.number(&format!("SELECT count(*) FROM {table}")).await.unwrap(), rows, "{table}");
    }
    // In another library it is another asset.
    assert!(matches!(house.store.insert_asset(&new(other, 1)).await.unwrap(), Inserted::New(_)));
}

#[tokio::test]
async fn a_library_is_asked_by_either_hash_and_tells_of_no_other() {
    let house = House::new().await;
    let (library, other) = (house.library("one").await, house.library("other").await);
    let asset = house.store.insert_asset(&new(library, 1)).await.unwrap().asset();
    let ContentHash { blake3, sha1 } = hash(1);
    let asked = [sha1.to_vec(), hash(2).blake3.to_vec(), blake3.to_vec(), sha1.to_vec()];
    let found = house.store.assets_with_content(library, &asked).await.unwrap();
    assert_eq!(found, [Some(asset), None, Some(asset), Some(asset)]);
    assert_eq!(house.store.assets_with_content(other, &asked).await.unwrap(), [None; 4]);
}

/// A library with a folder, and what is found in it.
struct Shelf {
    house: House,
    library: LibraryId,
    folder: FolderId,
}

impl Shelf {
    async fn new() -> Self {
        let house = House::new().await;
        let library = house.library("one").await;
        let folder = house.store.add_folder(library, b"/pictures", true).await.unwrap().id;
        Self { house, library, folder }
    }

    fn file(&self, path: &str, content: u64) -> NewAsset {
        let place = InFolder { folder: self.folder, path: path.into() };
        NewAsset { location: NewLocation::InFolder(place), ..new(self.library, content) }
    }

    fn copied(&self, path: &str, content: u64) -> NewAsset {
        let place = InFolder { folder: self.folder, path: path.into() };
        NewAsset { location: NewLocation::Copied(place), ..new(self.library, content) }
    }

    async fn put(&self, file: &NewAsset) -> AssetId {
        self.house.store.insert_asset(file).await.unwrap().asset()
    }

    async fn missing(&self, path: &str) {
        self.house.store.mark_missing(self.folder, self.library, &[path.into()]).await.unwrap();
    }

    async fn changed(&self, known: AssetId, file: &NewAsset) -> Inserted {
        self.house.store.content_changed(known, file).await.unwrap()
    }

    async fn has(&self, content: u64) -> Option<AssetId> {
        let asked = [hash(content).blake3.to_vec()];
        self.house.store.assets_with_content(self.library, &asked).await.unwrap()[0]
    }

    /// Each content that lies somewhere, with the asset that shows it.
    async fn shown(&self) -> Vec<String> {
        let sql = "SELECT DISTINCT get_byte(v.blake3, 0) || ' ' || v.asset_id || ' ' || v.current
                   FROM versions v JOIN locations l ON l.version_id = v.id WHERE l.missing_since IS NULL ORDER BY 1";
        self.house.db.texts(sql).await.unwrap()
    }
}

#[tokio::test]
async fn a_name_that_is_used_again_after_its_file_was_moved_takes_nothing_away() {
    let shelf = Shelf::new().await;
    let first = shelf.put(&shelf.file("a.jpg", 1)).await;
    assert_eq!(shelf.put(&shelf.file("b.jpg", 1)).await, first);
    shelf.missing("a.jpg").await;
    let Inserted::New(second) = shelf.changed(first, &shelf.file("a.jpg", 2)).await else { panic!() };
    assert_ne!(second, first);
    assert_eq!(shelf.shown().await, [format!("1 {} true", first.0), format!("2 {} true", second.0)]);
}

#[tokio::test]
async fn a_card_that_was_copied_emptied_and_filled_again_takes_nothing_away() {
    let shelf = Shelf::new().await;
    let first = shelf.put(&shelf.copied("a.jpg", 1)).await;
    shelf.missing("a.jpg").await;
    let second = shelf.changed(first, &shelf.copied("a.jpg", 2)).await.asset();
    assert_eq!(shelf.shown().await, [format!("1 {} true", first.0), format!("2 {} true", second.0)]);
}

#[tokio::test]
async fn only_what_is_there_and_shown_need_not_be_sent_again() {
    let shelf = Shelf::new().await;
    let asset = shelf.put(&shelf.file("a.jpg", 1)).await;
    assert_eq!(shelf.has(1).await, Some(asset));
    assert_eq!(shelf.changed(asset, &shelf.file("a.jpg", 2)).await, Inserted::New(asset));
    assert_eq!(
        (shelf.has(1).await, shelf.has(2).await),
        (None, Some(asset)),
        "an earlier content is nowhere"
    );
    shelf.missing("a.jpg").await;
    assert_eq!(shelf.has(2).await, None, "the file is gone");
    assert_eq!(shelf.put(&new(shelf.library, 2)).await, asset);
    assert_eq!(shelf.has(2).await, Some(asset), "it was sent and is stored");
}

#[tokio::test]
async fn an_earlier_content_that_comes_beside_the_current_one_is_shown_too() {
    let shelf = Shelf::new().await;
    let asset = shelf.put(&shelf.file("a.jpg", 1)).await;
    shelf.changed(asset, &shelf.file("a.jpg", 2)).await;
    let Inserted::New(own) = shelf.house.store.insert_asset(&new(shelf.library, 1)).await.unwrap() else {
        panic!()
    };
    assert_eq!(shelf.shown().await, [format!("1 {} true", own.0), format!("2 {} true", asset.0)]);
    // and where the current one is nowhere, it is the current one again
    shelf.changed(asset, &shelf.file("a.jpg", 3)).await;
    shelf.missing("a.jpg").await;
    assert_eq!(shelf.put(&new(shelf.library, 2)).await, asset);
    assert_eq!(shelf.shown().await, [format!("1 {} true", own.0), format!("2 {} true", asset.0)]);
    let waits = "SELECT count(*) FROM stages WHERE state = 'pending' AND stage = 'metadata'";
    assert_eq!(shelf.house.db.number(waits).await.unwrap(), 2);
}

#[tokio::test]
async fn what_comes_back_under_another_name_has_that_name() {
    let shelf = Shelf::new().await;
    let asset = shelf.house.store.insert_asset(&shelf.file("old.jpg", 1)).await.unwrap().asset();
    let renamed = NewAsset { name: "new.jpg".to_owned(), ..shelf.file("new.jpg", 1) };
    let name = async || shelf.house.store.assets_by_ids(&[asset]).await.unwrap().remove(0).name;
    // As long as it lies elsewhere, too, it keeps its name.
    let before = name().await;
    shelf.house.store.insert_asset(&renamed).await.unwrap();
    assert_eq!(name().await, before);
    shelf.missing("old.jpg").await;
    shelf.missing("new.jpg").await;
    let back = shelf.house.store.insert_asset(&renamed).await.unwrap();
    assert_eq!((back.asset(), name().await.as_str()), (asset, "new.jpg"));
}

#[tokio::test]
async fn a_folder_waits_for_what_lies_in_it_and_is_due() {
    let shelf = Shelf::new().await;
    let pending = async || shelf.house.store.folder_pending(shelf.folder).await.unwrap();
    shelf.house.asset(shelf.library).await;
    assert_eq!(pending().await, 0, "an upload is no concern of the folder's");
    let shown = shelf.put(&shelf.file("a.jpg", 101)).await;
    let postponed = shelf.put(&shelf.file("b.jpg", 102)).await;
    shelf.put(&shelf.file("c.jpg", 103)).await;
    assert_eq!(pending().await, 3);
    let later = claim(&shelf.house.store, postponed, Stage::Metadata).await.unwrap();
    assert_eq!(pending().await, 3, "what is being done counts");
    shelf.house.store.retry_later(&later, 60.0, "the disk is away", Blame::Machine).await.unwrap();
    assert_eq!(pending().await, 2);
    shelf.missing("c.jpg").await;
    assert_eq!(pending().await, 1);
    assert!(describe(&shelf.house.store, shown, &taken(0, 0, None)).await);
    assert_eq!(pending().await, 1, "it can't be seen yet");
    let rendering = claim(&shelf.house.store, shown, Stage::Renditions).await.unwrap();
    let rendered = Rendered { tag: 1, thumbhash: vec![1], width: 1, height: 1, notes: Vec::new() };
    assert!(shelf.house.store.rendered(&rendering, &rendered).await.unwrap());
    assert_eq!(pending().await, 0);
}

/// Waits until so many transactions of this database wait for locks.
async fn waiting(house: &House, many: i64) {
    let sql = "SELECT count(DISTINCT l.pid) FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
               WHERE NOT l.granted AND a.datname = current_database()";
    while house.db.number(sql).await.unwrap() < many {
        sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_content_that_is_sent_while_its_only_file_changes_is_shown() {
    for sent_first in [false, true] {
        let shelf = Shelf::new().await;
        let asset = shelf.put(&shelf.file("a.jpg", 1)).await;
        let (store, next) = (shelf.house.store.clone(), shelf.file("a.jpg", 2));
        let change = async move { store.content_changed(asset, &next).await.unwrap() };
        let (store, sent) = (shelf.house.store.clone(), new(shelf.library, 1));
        let send = async move { store.insert_asset(&sent).await.unwrap() };
        // Both have written all but what they tell the feed before either is over.
        let feed = format!("SELECT FROM changes WHERE kind = 'asset' AND object_id = {} FOR UPDATE", asset.0);
        let held = shelf.house.db.hold(&feed).await.unwrap();
        let (changed, sent) = if sent_first {
            let sending = tokio::spawn(send);
            waiting(&shelf.house, 1).await;
            let changing = tokio::spawn(change);
            waiting(&shelf.house, 2).await;
            drop(held);
            (changing.await.unwrap(), sending.await.unwrap())
        } else {
            let changing = tokio::spawn(change);
            waiting(&shelf.house, 1).await;
            let sending = tokio::spawn(send);
            waiting(&shelf.house, 2).await;
            drop(held);
            (changing.await.unwrap(), sending.await.unwrap())
        };
        assert_ne!(changed.asset(), sent.asset(), "sent first: {sent_first}");
        let shown = [(1, sent.asset()), (2, changed.asset())];
        assert_eq!(shelf.shown().await, shown.map(|(content, asset)| format!("{content} {} true", asset.0)));
        assert_eq!(shelf.has(1).await, Some(sent.asset()), "who was told that it is stored finds it");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn contents_that_change_places_do_not_wait_for_each_other_for_ever() {
    let shelf = Shelf::new().await;
    let (first, second) =
        (shelf.put(&shelf.file("a.jpg", 1)).await, shelf.put(&shelf.file("b.jpg", 2)).await);
    for round in 0..20 {
        let (one, other) = if round % 2 == 0 { (2, 1) } else { (1, 2) };
        let (a, b) = (shelf.file("a.jpg", one), shelf.file("b.jpg", other));
        let (known_a, known_b) = if round % 2 == 0 { (first, second) } else { (second, first) };
        tokio::join!(shelf.changed(known_a, &a), shelf.changed(known_b, &b));
        assert_eq!(shelf.shown().await, [format!("1 {} true", first.0), format!("2 {} true", second.0)]);
    }
}

#[tokio::test]
async fn what_is_known_of_a_folder_comes_in_pages_in_the_order_of_paths() {
    let shelf = Shelf::new().await;
    let asset = shelf.put(&shelf.file("a/b.jpg", 1)).await;
    shelf.put(&shelf.file("a.jpg", 2)).await;
    shelf.put(&shelf.file("c.jpg", 3)).await;
    shelf.missing("c.jpg").await;
    for path in ["a.jpg", "a b.jpg", "d.jpg", ""] {
        let refusal = Refusal { path: path.into(), size: 5, mtime_ns: 6, reason: "no picture".to_owned() };
        shelf.house.store.refuse(shelf.folder, &refusal).await.unwrap();
    }
    let page =
        async |from: &[u8], most| shelf.house.store.known_files(shelf.folder, from, most).await.unwrap();
    let all = page(b"", 100).await;
    let told = all.iter().map(|known| {
        let path = str::from_utf8(&known.path).unwrap();
        (path, known.asset.map(|asset| asset.missing), known.refused)
    });
    let refused = Some((5, 6));
    assert_eq!(
        told.collect::<Vec<_>>(),
        [
            ("", None, refused),
            ("a b.jpg", None, refused),
            ("a.jpg", Some(false), refused),
            ("a/b.jpg", Some(false), None),
            ("c.jpg", Some(true), None),
            ("d.jpg", None, refused),
        ]
    );
    assert_eq!(all[3].asset, Some(KnownAsset { asset, size: 1_000, mtime_ns: 0, missing: false }));
    for most in 1..8 {
        let (mut read, mut from) = (Vec::new(), Vec::new());
        loop {
            let next = page(&from, most).await;
            let Some(last) = next.last() else { break };
            from = [&last.path[..], b"\0"].concat();
            read.extend(next);
        }
        assert_eq!(read, all, "{most} at once");
    }
}
