//! What people say survives reading the file again, and what they take back is as it was.

use chrono::{TimeDelta, Utc};
use domain::edit::{Change, EditChange, EditError, EditedPosition, Telling, TimeChange};
use domain::job::Stage;
use domain::place::Place;
use domain::user::UserRole;
use domain::{AssetId, EditId, UserId};
use store::{Described, Edited, Settled, Underneath, Undone, Written};

use crate::house::{House, claim, describe, taken};

const ROW: &str = "SELECT concat_ws(' ', id, local_at, taken_source, latitude, city, caption, rating) FROM assets ORDER BY id";

fn place() -> Option<Place> {
    let country = "Japan".to_owned();
    Some(Place { city: Some("Tokyo".to_owned()), region: None, country, country_code: "JP".to_owned() })
}

fn captioned(text: &str) -> EditChange {
    EditChange { caption: Change::Set(text.to_owned()), ..EditChange::default() }
}

fn moved() -> EditChange {
    EditChange {
        taken: Change::Set(TimeChange { shift: TimeDelta::days(2), ..TimeChange::default() }),
        position: Change::Set(EditedPosition::at(35.68, 139.69).unwrap()),
        rating: Change::Set(5),
        ..captioned("mine")
    }
}

impl House {
    async fn rows(&self) -> Vec<String> {
        self.db.texts(ROW).await.unwrap()
    }

    async fn edit(&self, user: UserId, assets: &[AssetId], change: &EditChange) -> EditId {
        let edited = self.store.edit(user, assets, change, Utc::now(), &|_| place()).await.unwrap();
        let done = if let Edited::Done(edit) = edited { Some(edit) } else { None };
        done.unwrap()
    }

    async fn undo_edit(&self, user: UserId, edit: EditId) -> Option<Undone> {
        self.store.undo_edit(user, edit, &|_| place()).await.unwrap()
    }
}

/// As the indexer does it: the file's own words beneath, what people say over them.
async fn read_again(house: &House, asset: AssetId, file: &Described) -> Written {
    house.store.redo(asset, Stage::Metadata).await.unwrap();
    let claim = claim(&house.store, asset, Stage::Metadata).await.unwrap();
    let said = house.store.said_of(asset).await.unwrap().unwrap();
    let told = Telling::of(&file.metadata, file.taken.clone());
    let shown = told.edited(&said.edit);
    let described = Described {
        ties: Vec::new(),
        metadata: file.metadata.clone().telling(&shown),
        taken: shown.taken,
        place: place(),
        edited: Some(Underneath { told, revision: said.revision }),
    };
    house.store.describe(&claim, &described, &Settled::Done).await.unwrap()
}

#[tokio::test]
async fn an_edit_survives_reading_again_and_can_be_taken_back() {
    let house = House::new().await;
    let user = house.user("ann", UserRole::User).await;
    let library = house.library("one").await;
    let file = taken(1, 0, Some((38.71, -9.13)));
    let asset = house.described(library, &file).await;
    let other = house.described(library, &file).await;
    let before = house.rows().await;

    let edit = house.edit(user, &[other, asset], &moved()).await;
    let said = house.rows().await;
    assert_eq!(said[0], format!("{} 2024-01-04 00:00:00 edited 35.68 Tokyo mine 5", asset.0));
    assert_eq!(house.db.texts("SELECT day || ' ' || count FROM day_counts").await.unwrap(), ["2024-01-04 2"]);

    // The file says something else by now; what people said stands, and what they did not is new.
    let changed = taken(9, 5, None);
    assert_eq!(read_again(&house, asset, &changed).await, Written::Done);
    assert_eq!(house.rows().await, said);

    assert_eq!(house.undo_edit(user, edit).await.unwrap().assets, [asset, other]);
    let rows = house.rows().await;
    assert_eq!(rows[0], format!("{} 2024-01-10 00:00:05 gps", asset.0), "the file as it is now");
    assert_eq!(rows[1].replace(" Tokyo", ""), before[1]);
    assert_eq!(house.undo_edit(user, edit).await, None, "once");
}

#[tokio::test]
async fn what_others_changed_since_stays_and_only_ones_own_is_undone() {
    let house = House::new().await;
    let (ann, bob) = (house.user("ann", UserRole::User).await, house.user("bob", UserRole::User).await);
    let library = house.library("one").await;
    let (one, two) = (
        house.described(library, &taken(1, 0, None)).await,
        house.described(library, &taken(1, 1, None)).await,
    );
    let first = house.edit(ann, &[one, two], &captioned("ann's")).await;
    let second = house.edit(bob, &[two], &captioned("bob's")).await;
    assert_eq!(house.undo_edit(bob, first).await, None);
    assert_eq!(house.undo_edit(ann, first).await.unwrap(), Undone { assets: vec![one], later: 1 });
    let captions = "SELECT coalesce(caption, '-') FROM assets ORDER BY id";
    assert_eq!(house.db.texts(captions).await.unwrap(), ["-", "bob's"]);
    house.undo_edit(bob, second).await.unwrap();
    assert_eq!(house.db.texts(captions).await.unwrap(), ["-", "ann's"]);
    assert_eq!(house.undo_edit(ann, first).await.unwrap(), Undone { assets: vec![two], later: 0 });
    assert_eq!(house.db.texts(captions).await.unwrap(), ["-", "-"]);
    assert_eq!(house.undo_edit(ann, first).await, None, "all of it is undone");
}

#[tokio::test]
async fn what_was_changed_of_something_else_is_no_hindrance() {
    let house = House::new().await;
    let user = house.user("ann", UserRole::User).await;
    let library = house.library("one").await;
    let asset = house.described(library, &taken(1, 0, None)).await;
    let row = || async { house.rows().await.remove(0) };
    let before = row().await;
    let shift = |days| EditChange {
        taken: Change::Set(TimeChange { shift: TimeDelta::days(days), ..TimeChange::default() }),
        ..EditChange::default()
    };
    let first = house.edit(user, &[asset], &shift(2)).await;
    house.edit(user, &[asset], &captioned("mine")).await;
    assert_eq!(house.undo_edit(user, first).await.unwrap(), Undone { assets: vec![asset], later: 0 });
    assert_eq!(row().await, format!("{before} mine"), "the date is the file's, the caption stays");
    assert_eq!(house.undo_edit(user, first).await, None);

    let second = house.edit(user, &[asset], &shift(3)).await;
    let third = house.edit(user, &[asset], &shift(1)).await;
    for _ in 0..2 {
        let nothing = Undone { assets: Vec::new(), later: 1 };
        assert_eq!(house.undo_edit(user, second).await.unwrap(), nothing, "it is not used up");
    }
    for edit in [third, second] {
        assert_eq!(house.undo_edit(user, edit).await.unwrap(), Undone { assets: vec![asset], later: 0 });
    }
    assert_eq!(row().await, format!("{before} mine"));
}

#[tokio::test]
async fn all_or_none_and_nothing_that_was_not_read() {
    let house = House::new().await;
    let user = house.user("ann", UserRole::User).await;
    let library = house.library("one").await;
    let old = house.described(library, &taken(1, 0, None)).await;
    let new = house.described(library, &taken(700, 0, None)).await;
    let rows = house.rows().await;
    let shift = TimeChange { shift: TimeDelta::days(365), ..TimeChange::default() };
    let change = EditChange { taken: Change::Set(shift), ..EditChange::default() };
    let now = taken(720, 0, None).taken.utc;
    let refused = house.store.edit(user, &[old, new], &change, now, &|_| None).await.unwrap();
    assert!(matches!(refused, Edited::Refused(asset, EditError::Date(_)) if asset == new), "{refused:?}");
    let unread = house.asset(library).await;
    let refused = house.store.edit(user, &[old, unread], &captioned("x"), now, &|_| None).await.unwrap();
    assert_eq!(refused, Edited::Unread(unread));
    assert_eq!(house.rows().await[..2], rows);
    assert_eq!(house.db.number("SELECT count(*) FROM asset_edits").await.unwrap(), 0);
}

#[tokio::test]
async fn a_result_that_knows_nothing_of_an_edit_is_not_written() {
    let house = House::new().await;
    let user = house.user("ann", UserRole::User).await;
    let library = house.library("one").await;
    let file = taken(1, 0, None);
    let asset = house.described(library, &file).await;
    house.store.redo(asset, Stage::Metadata).await.unwrap();
    let claim = claim(&house.store, asset, Stage::Metadata).await.unwrap();
    house.edit(user, &[asset], &captioned("mine")).await;
    let written = house.store.describe(&claim, &file, &Settled::Done).await.unwrap();
    assert_eq!(written, Written::Edited);
    let said = house.store.said_of(asset).await.unwrap().unwrap();
    let told = Telling::of(&file.metadata, file.taken.clone());
    let metadata = file.metadata.clone().telling(&told.edited(&said.edit));
    let edited = Some(Underneath { told, revision: said.revision });
    let described = Described { metadata, edited, ..file };
    let written = house.store.describe(&claim, &described, &Settled::Done).await.unwrap();
    assert_eq!(written, Written::Done, "the lease is still there");
    assert!(!describe(&house.store, asset, &described).await, "and it is settled");
    assert!(house.rows().await[0].contains("mine"));
}
