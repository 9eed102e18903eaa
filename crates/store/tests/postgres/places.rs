//! Places in words are counted as a recount counts them; what a track may place is found, and placed as one edit.

use chrono::{TimeDelta, Utc};
use domain::AssetId;
use domain::deed::Deed;
use domain::edit::{Change, EditChange, EditedPosition};
use domain::place::Place;
use domain::user::UserRole;
use store::{Described, Edited, TakenWithin};

use crate::house::{House, taken};

fn taken_in(city: Option<&str>, region: Option<&str>, code: &str) -> Described {
    let text = |text: Option<&str>| text.map(str::to_owned);
    let place = Place {
        city: text(city),
        region: text(region),
        country_code: code.to_owned(),
        country: "Somewhere".to_owned(),
    };
    Described { place: Some(place), ..taken(1, 0, Some((38.71, -9.13))) }
}

#[tokio::test]
async fn places_of_libraries_are_counted_together_and_trash_is_not() {
    let house = House::new().await;
    let (one, two, other) =
        (house.library("one").await, house.library("two").await, house.library("other").await);
    for (library, described) in [
        (one, taken_in(Some("Lisbon"), Some("Lisbon"), "PT")),
        (two, taken_in(Some("Lisbon"), Some("Lisbon"), "PT")),
        (two, taken_in(None, Some("Lisbon"), "PT")),
        (one, taken_in(Some("Vatican City"), None, "VA")),
        (one, taken(1, 0, None)),
        (other, taken_in(Some("Lisbon"), Some("Lisbon"), "PT")),
    ] {
        house.described(library, &described).await;
    }
    let trashed = house.described(one, &taken_in(Some("Lisbon"), Some("Lisbon"), "PT")).await;
    let archived = house.described(one, &taken_in(Some("Lisbon"), Some("Lisbon"), "PT")).await;
    let user = house.user("ann", UserRole::User).await;
    house.act(user, Deed::Trash, &[trashed]).await;
    house.act(user, Deed::Archive, &[archived]).await;
    let counts = house.store.snapshot().await.unwrap().place_counts(&[one, two]).await.unwrap();
    let mut told: Vec<String> = counts
        .into_iter()
        .map(|it| format!("{} {:?} {:?} {} {}", it.country_code, it.region, it.city, it.count, it.cover.0))
        .collect();
    told.sort();
    assert_eq!(
        told,
        [
            "PT Some(\"Lisbon\") None 1 3",
            "PT Some(\"Lisbon\") Some(\"Lisbon\") 2 2",
            "VA None Some(\"Vatican City\") 1 4",
        ]
    );
}

#[tokio::test]
async fn what_was_taken_within_a_time_is_placed_each_elsewhere_and_that_is_one_edit() {
    let house = House::new().await;
    let user = house.user("ann", UserRole::User).await;
    let (library, other) = (house.library("one").await, house.library("other").await);
    let early = house.described(library, &taken(1, 10, None)).await;
    let late = house.described(library, &taken(1, 20, None)).await;
    let placed = house.described(library, &taken(1, 15, Some((38.71, -9.13)))).await;
    let mut guess = taken(1, 15, None);
    guess.taken.guessed = true;
    let guessed = house.described(library, &guess).await;
    let after = house.described(library, &taken(1, 21, None)).await;
    let elsewhere = house.described(other, &taken(1, 15, None)).await;
    let from = taken(1, 10, None).taken.utc;
    let within = |without_position| TakenWithin {
        from,
        to: from + TimeDelta::seconds(10),
        without_position,
        limit: 10,
    };
    let ids = |found: Vec<store::TakenAt>| -> Vec<AssetId> { found.iter().map(|it| it.id).collect() };
    let of_library =
        async |without| ids(house.store.taken_within(&[library], &within(without)).await.unwrap());
    assert_eq!(of_library(true).await, [early, late]);
    assert_eq!(of_library(false).await, [early, placed, late]);
    let all = [late, guessed, after, elsewhere, early];
    assert_eq!(
        ids(house.store.these_taken_within(&all, &within(true)).await.unwrap()),
        [early, elsewhere, late]
    );

    let there = |latitude| EditChange {
        position: Change::Set(EditedPosition::at(latitude, 1.0).unwrap()),
        ..EditChange::default()
    };
    let (first, second) = (there(1.0), there(2.0));
    let changes = [(late, &second), (early, &first)];
    let edited = house.store.edit_each(user, &changes, Utc::now(), &|_| None).await.unwrap();
    let done = if let Edited::Done(edit) = edited { Some(edit) } else { None };
    let latitudes = "SELECT latitude::text FROM assets WHERE latitude < 10 ORDER BY id";
    assert_eq!(house.db.texts(latitudes).await.unwrap(), ["1", "2"]);
    assert!(of_library(true).await.is_empty());
    house.store.undo_edit(user, done.unwrap(), &|_| None).await.unwrap().unwrap();
    assert_eq!(of_library(true).await, [early, late]);
    // What somebody has said of a position stands, also that there is none to be known.
    let nowhere = EditChange { position: Change::Set(EditedPosition::Nowhere), ..EditChange::default() };
    house.store.edit(user, &[early], &nowhere, Utc::now(), &|_| None).await.unwrap();
    assert_eq!(of_library(true).await, [late]);
}
