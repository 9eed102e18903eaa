//! What belongs together is shown as one, in whatever order it comes, and stays apart once a person took it apart.

use std::sync::Arc;
use std::time::Duration;

use chrono::{TimeDelta, Utc};
use domain::edit::{Change, Clock, EditChange, TimeChange};
use domain::metadata::{Format, Metadata};
use domain::stack::Tie;
use domain::user::UserRole;
use domain::{AssetId, LibraryId};
use store::{Described, Edited};
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::house::{House, describe, new, taken};

/// A file of a moment: its kind, and what it has in common with others.
fn of(format: Format, second: u32, ties: &[Tie]) -> Described {
    let plain = taken(1, second, Some((38.71, -9.13)));
    let metadata = Metadata { position: plain.metadata.position, ..Metadata::silent(format) };
    Described { metadata, ties: ties.to_vec(), ..plain }
}

impl House {
    async fn add(&self, library: LibraryId, content: u64, described: &Described) -> AssetId {
        let asset = self.store.insert_asset(&new(library, content)).await.unwrap().asset();
        assert!(describe(&self.store, asset, described).await);
        asset
    }

    async fn states(&self) -> Vec<String> {
        let sql = "SELECT id || ' ' || state FROM assets ORDER BY id";
        self.db.texts(sql).await.unwrap()
    }

    /// The counts of days and of the map are those of what is shown.
    async fn counts_are_level(&self) {
        let shown = "SELECT count(*) FROM assets WHERE state = 'active' AND day IS NOT NULL";
        let days = "SELECT coalesce(sum(count), 0)::bigint FROM day_counts";
        let cells = "SELECT coalesce(sum(count), 0)::bigint FROM map_cells WHERE resolution = 9";
        let shown = self.db.number(shown).await.unwrap();
        assert_eq!(self.db.number(days).await.unwrap(), shown);
        assert_eq!(self.db.number(cells).await.unwrap(), shown);
    }
}

fn live() -> Tie {
    Tie::Film("7A7D4193".to_owned())
}

/// When each was taken, by its clock.
const DATES: &str =
    "SELECT to_char(local_at, 'DD HH24:MI:SS') || ' ' || offset_minutes FROM assets ORDER BY id";

#[tokio::test]
async fn a_stack_moves_in_time_as_one_and_back() {
    let house = House::new().await;
    let user = house.user("ann", UserRole::User).await;
    let library = house.library("one").await;
    let shot = Tie::Shot("img_1".to_owned(), taken(1, 0, None).taken.local);
    let cover = house.add(library, 0, &of(Format::Heic, 0, &[live(), shot.clone()])).await;
    let film = house.add(library, 1, &of(Format::Mp4, 1, &[live()])).await;
    let raw = house.add(library, 2, &of(Format::Raw, 0, &[shot])).await;
    let alone = house.add(library, 3, &of(Format::Jpeg, 0, &[])).await;
    let before = house.db.texts(DATES).await.unwrap();
    assert_eq!(before, ["02 00:00:00 0", "02 00:00:01 0", "02 00:00:00 0", "02 00:00:00 0"]);

    let noon = taken(4, 0, None).taken.local + TimeDelta::hours(12);
    let clock = Some(Clock::Offset(60));
    let time = TimeChange { local: Some(noon), clock, ..TimeChange::default() };
    let change = EditChange { taken: Change::Set(time), ..EditChange::default() };
    let edited = house.store.edit(user, &[cover], &change, Utc::now(), &|_| None).await.unwrap();
    let edit = if let Edited::Done(edit) = edited { Some(edit) } else { None };
    let moved = ["05 12:00:00 60", "05 12:00:01 60", "05 12:00:00 60", "02 00:00:00 0"];
    assert_eq!(house.db.texts(DATES).await.unwrap(), moved);
    house.counts_are_level().await;

    let undone = house.store.undo_edit(user, edit.unwrap(), &|_| None).await.unwrap().unwrap();
    assert_eq!((undone.assets, undone.later), (vec![cover, film, raw], 0));
    assert_eq!(house.db.texts(DATES).await.unwrap(), before);

    // One that lies beneath, and other things than the date, are of one asset alone.
    let shift = TimeChange { shift: TimeDelta::hours(1), ..TimeChange::default() };
    let change = EditChange { taken: Change::Set(shift), ..EditChange::default() };
    house.store.edit(user, &[raw], &change, Utc::now(), &|_| None).await.unwrap();
    let change = EditChange { caption: Change::Set("mine".to_owned()), ..EditChange::default() };
    house.store.edit(user, &[cover], &change, Utc::now(), &|_| None).await.unwrap();
    let raw_alone = ["02 00:00:00 0", "02 00:00:01 0", "02 01:00:00 0", "02 00:00:00 0"];
    assert_eq!(house.db.texts(DATES).await.unwrap(), raw_alone);
    let captions = house.db.number("SELECT count(*) FROM assets WHERE caption IS NOT NULL").await.unwrap();
    assert_eq!((captions, house.store.stacks_of(&[alone]).await.unwrap().len()), (1, 0));
}

#[tokio::test]
async fn a_picture_covers_its_film_and_its_raw_in_any_order() {
    for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
        let house = House::new().await;
        let library = house.library("one").await;
        let shot = Tie::Shot("img_1".to_owned(), taken(1, 0, None).taken.local);
        let files = [
            of(Format::Heic, 0, &[live(), shot.clone()]),
            of(Format::Mp4, 1, &[live()]),
            of(Format::Raw, 0, &[shot]),
        ];
        let mut ids = [AssetId(0); 3];
        for at in order {
            ids[at] = house.add(library, at as u64, &files[at]).await;
        }
        let stacks = house.store.stacks_of(&ids).await.unwrap();
        assert_eq!(stacks.len(), 3, "{order:?}");
        assert!(
            stacks.iter().all(|stack| stack.members[0] == ids[0] && stack.members.len() == 3),
            "{order:?}"
        );
        house.counts_are_level().await;

        // What a person takes apart stays apart, also when its metadata are read once more.
        house.store.unstack(library, &ids[2..]).await.unwrap();
        house.store.redo(ids[2], domain::job::Stage::Metadata).await.unwrap();
        assert!(describe(&house.store, ids[2], &files[2]).await);
        assert_eq!(house.store.stacks_of(&ids).await.unwrap().len(), 2);
        house.counts_are_level().await;

        // And what a person puts together stays together, the first on top.
        house.store.stack(library, &[ids[2], ids[1]]).await.unwrap();
        house.store.redo(ids[0], domain::job::Stage::Metadata).await.unwrap();
        assert!(describe(&house.store, ids[0], &files[0]).await);
        let stacks = house.store.stacks_of(&ids).await.unwrap();
        assert!(stacks.iter().all(|stack| stack.members[0] == ids[2]), "{stacks:?}");
        house.counts_are_level().await;
    }
}

#[tokio::test]
async fn a_film_of_another_picture_is_let_go() {
    let house = House::new().await;
    let library = house.library("one").await;
    let picture = house.add(library, 1, &of(Format::Heic, 0, &[live()])).await;
    let film = house.add(library, 2, &of(Format::Mp4, 0, &[live()])).await;
    assert_eq!(house.states().await, [format!("{} active", picture.0), format!("{} stacked", film.0)]);
    house.store.redo(film, domain::job::Stage::Metadata).await.unwrap();
    assert!(describe(&house.store, film, &of(Format::Mp4, 0, &[Tie::Film("other".to_owned())])).await);
    assert!(house.store.stacks_of(&[picture, film]).await.unwrap().is_empty());
    assert!(house.states().await.iter().all(|state| state.ends_with("active")));
    house.counts_are_level().await;
}

#[tokio::test]
async fn where_the_one_that_all_had_in_common_goes_the_rest_parts() {
    let house = House::new().await;
    let library = house.library("one").await;
    let shot = |second| Tie::Shot("img_1".to_owned(), taken(1, second, None).taken.local);
    let raw = of(Format::Raw, 0, &[shot(0)]);
    let files = [
        raw.clone(),
        of(Format::Jpeg, 0, &[shot(0), live()]),
        of(Format::Heic, 0, &[shot(0)]),
        of(Format::Mp4, 0, &[live()]),
    ];
    let mut ids = Vec::new();
    for (content, file) in (1..).zip(&files) {
        ids.push(house.add(library, content, file).await);
    }
    let of_the_jpeg = || async {
        let stacks = house.store.stacks_of(&ids).await.unwrap();
        stacks.into_iter().find(|stack| stack.asset == ids[1]).map(|stack| stack.members)
    };
    assert_eq!(of_the_jpeg().await.unwrap().len(), 4);

    // The raw is of another moment; it comes back; a person takes it away.
    house.store.redo(ids[0], domain::job::Stage::Metadata).await.unwrap();
    assert!(describe(&house.store, ids[0], &of(Format::Raw, 5, &[shot(5)])).await);
    assert_eq!(of_the_jpeg().await.unwrap(), [ids[1], ids[3]]);
    let alone = house.states().await.into_iter().filter(|state| state.ends_with("active")).count();
    assert_eq!(alone, 3);
    house.counts_are_level().await;
    house.store.redo(ids[0], domain::job::Stage::Metadata).await.unwrap();
    assert!(describe(&house.store, ids[0], &raw).await);
    assert_eq!(of_the_jpeg().await.unwrap().len(), 4);
    house.store.unstack(library, &[ids[0], ids[3]]).await.unwrap();
    assert!(house.store.stacks_of(&ids).await.unwrap().is_empty());
    assert!(house.states().await.iter().all(|state| state.ends_with("active")));
    assert_eq!(house.db.number("SELECT count(*) FROM stacks").await.unwrap(), 0);
    house.counts_are_level().await;
}

#[tokio::test]
async fn who_comes_from_another_stack_does_not_bring_it_along() {
    let house = House::new().await;
    let library = house.library("one").await;
    let burst = |id: &str| [Tie::Burst(id.to_owned())];
    let mut ids = Vec::new();
    for (content, id) in [(1, "a"), (2, "a"), (3, "a"), (4, "b"), (5, "b")] {
        ids.push(house.add(library, content, &of(Format::Jpeg, 0, &burst(id))).await);
    }
    house.store.redo(ids[2], domain::job::Stage::Metadata).await.unwrap();
    assert!(describe(&house.store, ids[2], &of(Format::Jpeg, 0, &burst("b"))).await);
    let stacks = house.store.stacks_of(&[ids[0], ids[2]]).await.unwrap();
    let mut sizes: Vec<usize> = stacks.iter().map(|stack| stack.members.len()).collect();
    sizes.sort_unstable();
    assert_eq!(sizes, [2, 3], "{stacks:?}");
    house.counts_are_level().await;
}

#[tokio::test]
async fn a_raw_of_another_camera_is_another_shot() {
    let house = House::new().await;
    let library = house.library("one").await;
    let shot = Tie::Shot("img_1".to_owned(), taken(1, 0, None).taken.local);
    let by = |format, model: &str| {
        let mut described = of(format, 0, std::slice::from_ref(&shot));
        described.metadata.camera.model = Some(model.to_owned());
        described
    };
    let jpeg = house.add(library, 1, &by(Format::Jpeg, "EOS 5D")).await;
    let other = house.add(library, 2, &by(Format::Raw, "EOS 6D")).await;
    assert!(house.store.stacks_of(&[jpeg, other]).await.unwrap().is_empty());
    let same = house.add(library, 3, &by(Format::Raw, "EOS 5D")).await;
    assert_eq!(house.store.stacks_of(&[jpeg]).await.unwrap()[0].members, [jpeg, same]);
    assert!(house.store.stacks_of(&[other]).await.unwrap().is_empty());
    house.counts_are_level().await;
}

#[tokio::test]
async fn who_pairs_waits_for_no_stack_of_others_and_leaves_none_empty() {
    let house = House::new().await;
    let library = house.library("one").await;
    // Somebody is at a stack that nothing below has to do with.
    house.db.execute(&format!("INSERT INTO stacks (library_id) VALUES ({})", library.0)).await.unwrap();
    let _held = house.db.hold("SELECT FROM stacks FOR UPDATE").await.unwrap();
    let pairs = async {
        let mut ids = Vec::new();
        for (content, name) in [(1, "a"), (2, "b"), (3, "c")] {
            let tie = [Tie::Film(name.to_owned())];
            ids.push(house.add(library, content, &of(Format::Heic, 0, &tie)).await);
            ids.push(house.add(library, content + 10, &of(Format::Mp4, 0, &tie)).await);
        }
        // One is let go by itself, the others are put together.
        house.store.redo(ids[1], domain::job::Stage::Metadata).await.unwrap();
        assert!(describe(&house.store, ids[1], &of(Format::Mp4, 0, &[])).await);
        house.store.stack(library, &[ids[2], ids[4]]).await.unwrap();
        ids
    };
    let ids = timeout(Duration::from_secs(20), pairs).await.unwrap();
    assert_eq!(house.store.stacks_of(&ids[..2]).await.unwrap(), []);
    assert_eq!(house.store.stacks_of(&ids[5..]).await.unwrap()[0].members.len(), 4);
    assert_eq!(house.db.number("SELECT count(*) FROM stacks").await.unwrap(), 2, "that one, and theirs");
    house.store.unstack(library, &ids[2..]).await.unwrap();
    assert_eq!(house.db.number("SELECT count(*) FROM stacks").await.unwrap(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_burst_that_is_read_at_once_becomes_one_stack() {
    let house = Arc::new(House::new().await);
    let library = house.library("one").await;
    let mut tasks = JoinSet::new();
    for n in 0..12 {
        let house = Arc::clone(&house);
        let described = of(Format::Heic, n, &[Tie::Burst("B1".to_owned())]);
        tasks.spawn(async move { house.add(library, n.into(), &described).await });
    }
    let ids = tasks.join_all().await;
    let stacks = house.store.stacks_of(&ids).await.unwrap();
    assert!(stacks.len() == 12 && stacks.iter().all(|stack| stack.members.len() == 12), "{stacks:?}");
    let shown = house.states().await.into_iter().filter(|state| state.ends_with("active")).count();
    assert_eq!(shown, 1);
    house.counts_are_level().await;
}
