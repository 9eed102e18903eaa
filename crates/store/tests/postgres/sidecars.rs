//! What lies beside a picture is read with it, in whatever order the two come, move and go.

use domain::job::Stage;
use domain::{AssetId, FolderId, LibraryId};
use store::{InFolder, Inserted, NewAsset, NewLocation, Sidecar};

use crate::house::{House, claim, describe, new, taken};

const SAID: &[u8] = b"<x/>";

/// A library with a folder that is looked through.
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

    fn file(&self, path: &str) -> NewAsset {
        let place = InFolder { folder: self.folder, path: path.into() };
        NewAsset { location: NewLocation::InFolder(place), ..new(self.library, 1) }
    }

    async fn picture(&self, path: &str) -> Inserted {
        self.house.store.insert_asset(&self.file(path)).await.unwrap()
    }

    async fn sidecar(&self, path: &str) -> Vec<AssetId> {
        let sidecar = Sidecar { path: path.into(), size: 4, mtime_ns: 1 };
        self.house.store.keep_sidecar(self.folder, self.library, &sidecar, SAID).await.unwrap()
    }

    async fn missing(&self, path: &str) {
        self.house.store.mark_missing(self.folder, self.library, &[path.into()]).await.unwrap();
    }

    async fn found(&self, path: &str) {
        self.house.store.mark_found(self.folder, self.library, &[path.into()]).await.unwrap();
    }

    /// How many sidecars are read, if the metadata are to be read again; they are, then.
    async fn read_again(&self, asset: AssetId) -> Option<usize> {
        let said = self.house.store.sidecars_of(asset).await.unwrap().len();
        describe(&self.house.store, asset, &taken(0, 0, None)).await.then_some(said)
    }
}

#[tokio::test]
async fn a_second_copy_brings_its_sidecar_in_whichever_order_they_come() {
    for sidecar_first in [true, false] {
        let shelf = Shelf::new().await;
        let asset = shelf.picture("a/IMG.jpg").await.asset();
        assert_eq!(shelf.read_again(asset).await, Some(0));
        if sidecar_first {
            assert_eq!(shelf.sidecar("b/IMG.jpg.xmp").await, []);
            assert_eq!(shelf.read_again(asset).await, None, "it speaks of nothing that is known");
        }
        assert_eq!(shelf.picture("b/IMG.jpg").await, Inserted::Duplicate(asset));
        if !sidecar_first {
            assert_eq!(shelf.read_again(asset).await, None, "nothing lies beside it");
            assert_eq!(shelf.sidecar("b/IMG.jpg.xmp").await, [asset]);
        }
        assert_eq!(shelf.read_again(asset).await, Some(1), "sidecar first: {sidecar_first}");
        // A third place says nothing new, and neither does one that it is known to lie at.
        shelf.picture("c/IMG.jpg").await;
        shelf.picture("b/IMG.jpg").await;
        assert_eq!(shelf.read_again(asset).await, None);
    }
}

#[tokio::test]
async fn a_picture_that_moves_leaves_one_sidecar_and_finds_another() {
    let shelf = Shelf::new().await;
    let asset = shelf.picture("a/IMG.jpg").await.asset();
    shelf.sidecar("a/IMG.xmp").await;
    assert_eq!(shelf.read_again(asset).await, Some(1));
    // Moved away from one that stays:
    shelf.picture("b/IMG.jpg").await;
    assert_eq!(shelf.read_again(asset).await, None, "as long as it lies there, too");
    shelf.missing("a/IMG.jpg").await;
    assert_eq!(shelf.read_again(asset).await, Some(0));
    // and back to it.
    shelf.found("a/IMG.jpg").await;
    assert_eq!(shelf.read_again(asset).await, Some(1));
    shelf.missing("b/IMG.jpg").await;
    assert_eq!(shelf.read_again(asset).await, None);
    // Another picture takes its place: what lies beside it speaks of that one.
    shelf.found("b/IMG.jpg").await;
    let other = NewAsset { hash: crate::house::hash(2), ..shelf.file("a/IMG.jpg") };
    let other = shelf.house.store.content_changed(asset, &other).await.unwrap().asset();
    assert_ne!(other, asset);
    assert_eq!((shelf.read_again(asset).await, shelf.read_again(other).await), (Some(0), Some(1)));
}

#[tokio::test]
async fn names_of_another_case_are_found_where_there_is_no_other() {
    for (picture, sidecar) in [("a/IMG_C.jpg", "a/img_c.xmp"), ("a/img_\u{e4}.JPG", "a/IMG_\u{e4}.jpg.XMP")] {
        for sidecar_first in [true, false] {
            let shelf = Shelf::new().await;
            if sidecar_first {
                assert_eq!(shelf.sidecar(sidecar).await, []);
            }
            let asset = shelf.picture(picture).await.asset();
            if !sidecar_first {
                assert_eq!(shelf.read_again(asset).await, Some(0));
                assert_eq!(shelf.sidecar(sidecar).await, [asset]);
            }
            assert_eq!(shelf.read_again(asset).await, Some(1), "{sidecar}, first: {sidecar_first}");
        }
    }
    let shelf = Shelf::new().await;
    let asset = shelf.picture("a/IMG.jpg").await.asset();
    for (sidecar, concerned, read) in [
        ("A/img.xmp", false, 0),
        ("a/img.xmp", true, 1),
        ("a/IMG.xmp", true, 1),
        ("a/img.JPG.xmp", true, 2),
        ("a/IMG_2.xmp", false, 2),
    ] {
        assert_eq!(shelf.sidecar(sidecar).await.contains(&asset), concerned, "{sidecar}");
        assert_eq!(shelf.house.store.sidecars_of(asset).await.unwrap().len(), read, "{sidecar}");
    }
    let speaking = shelf.house.store.sidecars_of(asset).await.unwrap();
    let of_several: Vec<bool> = speaking.iter().map(|one| one.one_of_several.is_some()).collect();
    assert_eq!(of_several, [false, true], "the one that names it first");
}

#[tokio::test]
async fn a_folder_that_is_away_takes_no_words_with_it() {
    let shelf = Shelf::new().await;
    let asset = shelf.picture("a/IMG.jpg").await.asset();
    shelf.sidecar("a/IMG.jpg.xmp").await;
    assert_eq!(shelf.read_again(asset).await, Some(1));
    shelf.missing("a/IMG.jpg").await;
    assert_eq!(shelf.read_again(asset).await, None);
    shelf.house.store.redo(asset, Stage::Metadata).await.unwrap();
    assert_eq!(shelf.read_again(asset).await, Some(1), "as of a copied file, whose folder is not needed");
    shelf.found("a/IMG.jpg").await;
    assert_eq!(shelf.read_again(asset).await, None);
    // Found again at another place than the one that was spoken of, it is not that any more.
    shelf.missing("a/IMG.jpg").await;
    shelf.picture("b/IMG.jpg").await;
    assert_eq!(shelf.read_again(asset).await, Some(0));
}

#[tokio::test]
async fn a_name_that_ties_is_read_again() {
    let shelf = Shelf::new().await;
    let asset = shelf.picture("a/IMG_1.jpg").await.asset();
    shelf.read_again(asset).await;
    for (name, again) in [("IMG_2.jpg", true), ("IMG_2.jpeg", false), ("img_2.JPG", false), ("x.jpg", true)] {
        shelf.house.store.rename_asset(shelf.library, asset, name).await.unwrap();
        assert_eq!(shelf.read_again(asset).await.is_some(), again, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_sidecar_and_a_copy_that_come_at_once_see_each_other() {
    let shelf = Shelf::new().await;
    let asset = shelf.picture("a/IMG.jpg").await.asset();
    shelf.read_again(asset).await;
    for round in 0..40 {
        let (path, beside) = (format!("{round}/IMG.jpg"), format!("{round}/IMG.jpg.xmp"));
        let (store, file) = (shelf.house.store.clone(), shelf.file(&path));
        let copy = tokio::spawn(async move { store.insert_asset(&file).await.unwrap() });
        shelf.sidecar(&beside).await;
        copy.await.unwrap();
        assert!(claim(&shelf.house.store, asset, Stage::Metadata).await.is_some(), "{beside} was overlooked");
        shelf.house.db.execute("UPDATE stages SET state = 'done', lease_by = NULL").await.unwrap();
    }
}
