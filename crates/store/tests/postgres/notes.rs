//! What was odd about a file: kept by each stage for itself, and gone with the content that it was said of.

use domain::AssetId;
use domain::job::Stage;
use domain::metadata::Metadata;
use store::{Described, InFolder, NewAsset, NewLocation, Rendered, Settled};

use crate::house::{House, claim, describe, new, taken};

impl House {
    async fn notes(&self, asset: AssetId) -> Vec<String> {
        let paths = self.store.folder_paths(&[asset]).await.unwrap().into_iter().map(|(_, path)| path);
        let paths: Vec<String> = paths.collect();
        self.store.assets_by_ids(&[asset]).await.unwrap().remove(0).notes(&paths)
    }

    /// Does a stage again from the beginning.
    async fn anew(&self, stage: Stage) {
        let sql = format!("UPDATE stages SET state = 'pending' WHERE stage = '{}'", stage.as_str());
        self.db.execute(&sql).await.unwrap();
    }

    async fn render(&self, asset: AssetId, notes: &[&str]) {
        let claim = claim(&self.store, asset, Stage::Renditions).await.unwrap();
        let notes = notes.iter().map(|note| (*note).to_owned()).collect();
        let rendered = Rendered { tag: 1, thumbhash: vec![1], width: 1, height: 1, notes };
        assert!(self.store.rendered(&claim, &rendered).await.unwrap());
    }
}

fn read(notes: &[&str]) -> Described {
    let described = taken(0, 0, None);
    let notes = notes.iter().map(|note| (*note).to_owned()).collect();
    Described { metadata: Metadata { notes, ..described.metadata }, ..described }
}

#[tokio::test]
async fn each_stage_replaces_what_it_has_noted_itself() {
    let house = House::new().await;
    let library = house.library("one").await;
    let asset = house.described(library, &read(&["a date is odd", "it is damaged"])).await;
    assert_eq!(house.notes(asset).await, ["a date is odd", "it is damaged"]);
    house.render(asset, &["it is damaged", "its pixels are odd"]).await;
    // What both say is said once.
    assert_eq!(house.notes(asset).await, ["a date is odd", "it is damaged", "its pixels are odd"]);
    house.anew(Stage::Metadata).await;
    assert!(describe(&house.store, asset, &read(&[])).await);
    assert_eq!(house.notes(asset).await, ["it is damaged", "its pixels are odd"]);
    house.anew(Stage::Renditions).await;
    house.render(asset, &[]).await;
    assert!(house.notes(asset).await.is_empty());
    // What can't be shown says why, and nothing of the pictures that were there.
    house.anew(Stage::Renditions).await;
    house.render(asset, &["its pixels are odd"]).await;
    house.anew(Stage::Renditions).await;
    let claim = claim(&house.store, asset, Stage::Renditions).await.unwrap();
    assert!(house.store.not_rendered(&claim, &Settled::Buried("it is damaged".into())).await.unwrap());
    assert!(house.notes(asset).await.is_empty());
}

#[tokio::test]
async fn another_content_has_none_of_the_notes_of_the_first() {
    let house = House::new().await;
    let library = house.library("one").await;
    let folder = house.store.add_folder(library, b"/pictures", true).await.unwrap().id;
    let file = |content| NewAsset {
        location: NewLocation::InFolder(InFolder { folder, path: b"a.jpg".to_vec() }),
        ..new(library, content)
    };
    let asset = house.store.insert_asset(&file(1)).await.unwrap().asset();
    assert!(describe(&house.store, asset, &read(&["a date is odd"])).await);
    house.render(asset, &["its pixels are odd"]).await;
    assert_eq!(house.notes(asset).await.len(), 2);
    house.store.content_changed(asset, &file(2)).await.unwrap();
    assert!(house.notes(asset).await.is_empty());
}

#[tokio::test]
async fn a_name_is_odd_as_long_as_it_is_the_name() {
    let house = House::new().await;
    let library = house.library("one").await;
    let asset = house.described(library, &read(&[])).await;
    house.db.execute("UPDATE assets SET name = 'a.png'").await.unwrap();
    let odd = "its name ends in .png, but it is a JPEG, and is treated as one";
    assert_eq!(house.notes(asset).await, [odd]);
    house.db.execute("UPDATE assets SET name = 'a.jpg'").await.unwrap();
    assert!(house.notes(asset).await.is_empty());
}

#[tokio::test]
async fn the_name_of_a_copy_is_odd_too() {
    let house = House::new().await;
    let library = house.library("one").await;
    let folder = house.store.add_folder(library, b"/pictures", true).await.unwrap().id;
    let at = |path: &str| NewAsset {
        name: path.to_owned(),
        location: NewLocation::InFolder(InFolder { folder, path: path.as_bytes().to_vec() }),
        ..new(library, 1)
    };
    let asset = house.store.insert_asset(&at("a.jpg")).await.unwrap().asset();
    assert!(describe(&house.store, asset, &read(&[])).await);
    let noted = async || house.store.search_docs(&[asset]).await.unwrap().remove(0).file.noted;
    assert!(house.notes(asset).await.is_empty() && !noted().await);
    for path in ["b.png", "c/b.png"] {
        assert_eq!(house.store.insert_asset(&at(path)).await.unwrap().asset(), asset);
    }
    let odd = "a copy of it is called b.png, but it is a JPEG, and is treated as one";
    assert_eq!(house.notes(asset).await, [odd]);
    assert!(noted().await);
    let gone = ["b.png", "c/b.png"].map(|path| path.as_bytes().to_vec());
    house.store.mark_missing(folder, library, &gone).await.unwrap();
    assert!(house.notes(asset).await.is_empty() && !noted().await);
}
