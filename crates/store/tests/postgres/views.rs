//! What the map of a viewer shows is what lies within the box of the view, counted by the positions alone: whatever has
//! been brought, moved, stacked, trashed and taken back, and whoever may see it by now.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use chrono::Utc;
use domain::access::{Permission, UserViewer, Viewer};
use domain::deed::Deed;
use domain::edit::{Change, EditChange, EditedPosition};
use domain::job::Stage;
use domain::mapview::{self, Detail};
use domain::place::Bounds;
use domain::user::UserRole;
use domain::{AssetId, LibraryId, SessionId, UserId};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};

use crate::house::{House, describe, taken};

/// Where pictures are taken, in degrees. The first two towns are 25 km apart, all others some thousand; one lies across
/// the antimeridian and one near the pole.
const TOWNS: [(f64, f64); 6] =
    [(38.71, -9.13), (38.70, -9.42), (52.52, 13.4), (-33.86, 151.2), (-16.8, 180.0), (89.5, 40.0)];
/// A town has corners at so many degrees from each other, two to each side of its middle.
const CORNER: f64 = 0.01;
const STEPS: u32 = 240;

/// A box, and zooms at which the cells that cover it reach no other town or corner: there the counts are exact.
struct View {
    name: &'static str,
    bounds: Bounds,
    zooms: RangeInclusive<u8>,
}

fn views() -> Vec<View> {
    let around = |name, (latitude, longitude): (f64, f64), reach: f64, zooms| {
        let (west, east) = (longitude - reach, longitude + reach);
        let bounds = Bounds::new(west, latitude - reach, east, latitude + reach).unwrap();
        View { name, bounds, zooms }
    };
    vec![
        View { name: "the world", bounds: Bounds::WORLD, zooms: 0..=22 },
        around("both near towns", (38.705, -9.275), 1.0, 0..=22),
        around("one of them", TOWNS[0], 0.05, 9..=22),
        around("the other", TOWNS[1], 0.05, 9..=22),
        around("a corner", TOWNS[0], 0.002, 13..=22),
        around("pictures by themselves", TOWNS[1], 0.002, 15..=22),
        around("inland", TOWNS[2], 1.0, 0..=22),
        around("down under", TOWNS[3], 1.0, 0..=22),
        around("the antimeridian", TOWNS[4], 1.0, 0..=22),
        around("the pole", TOWNS[5], 1.0, 0..=22),
        around("the sea", (0.0, -30.0), 1.0, 0..=22),
    ]
}

/// What a view shows, or should: enough to find any asset that is counted too often, not at all or elsewhere.
#[derive(Debug, Default, PartialEq)]
struct Seen {
    count: i64,
    /// Sums over the positions, in 1e-7 degrees.
    latitude: i64,
    longitude: i64,
}

/// What is told of a view besides, which may lag until changes have been folded.
#[derive(Debug, PartialEq)]
struct Told {
    days: Option<(String, String)>,
    /// Single assets, or one for each cell.
    assets: BTreeSet<i64>,
    all: bool,
}

#[tokio::test]
async fn a_view_shows_what_lies_in_its_box_whatever_was_done_and_whoever_asks() {
    for seed in 0..2 {
        let town = Town::new(seed).await;
        let (all_views, mut most) = (views(), BTreeMap::new());
        let mut random = StdRng::seed_from_u64(seed);
        let mut assets = Vec::new();
        for step in 0..STEPS {
            town.act(&mut assets, step, &mut random).await;
            if step % 12 != 11 {
                continue;
            }
            for folded in [false, true] {
                while folded && town.house.store.fold_map().await.unwrap() > 0 {}
                for view in &all_views {
                    let zoom = random.random_range(view.zooms.clone());
                    let count = town.look(view, zoom, folded, &format!("seed {seed}, step {step}")).await;
                    let known = most.entry(view.name).or_insert(0);
                    *known = count.max(*known);
                }
            }
        }
        let empty: Vec<&str> = most.iter().filter(|(_, count)| **count == 0).map(|(name, _)| *name).collect();
        assert_eq!(empty, ["the sea"], "{most:?}");
    }
}

/// A house with libraries, and those who look at them.
struct Town {
    house: House,
    libraries: Vec<LibraryId>,
    viewers: Vec<(UserId, UserRole)>,
}

impl Town {
    async fn new(seed: u64) -> Self {
        let house = House::new().await;
        let mut libraries = Vec::new();
        for name in ["one", "two", "three"] {
            libraries.push(house.library(name).await);
        }
        let mut viewers = Vec::new();
        for (name, role) in [("ann", UserRole::User), ("guest", UserRole::Guest)] {
            viewers.push((house.user(&format!("{name}{seed}"), role).await, role));
        }
        house.member(libraries[0], viewers[0].0, "owner").await;
        house.member(libraries[1], viewers[0].0, "viewer").await;
        house.member(libraries[1], viewers[1].0, "viewer").await;
        Self { house, libraries, viewers }
    }

    /// One of the things that happen to a library.
    async fn act(&self, assets: &mut Vec<(AssetId, LibraryId)>, step: u32, random: &mut StdRng) {
        let (store, what) = (&self.house.store, random.random_range(0..16));
        let described = taken(random.random_range(0..9), step, spot(random));
        let some: Vec<(AssetId, LibraryId)> = assets.choose_multiple(random, 3).copied().collect();
        let Some((asset, library)) = some.first().copied().filter(|_| what > 4) else {
            let library = *self.libraries.choose(random).unwrap();
            assets.push((self.house.described(library, &described).await, library));
            return;
        };
        let of_one: Vec<AssetId> = some.iter().filter(|(_, of)| *of == library).map(|(id, _)| *id).collect();
        match what {
            5..=7 => {
                store.redo(asset, Stage::Metadata).await.unwrap();
                describe(store, asset, &described).await;
            }
            8 => self.edit(asset, random).await,
            9 => self.stack(library, &of_one).await,
            10 => store.unstack(library, &of_one).await.unwrap(),
            11..=13 => self.shelve(&of_one, random).await,
            14 => self.change_member(random).await,
            _ => _ = store.fold_map().await.unwrap(),
        }
    }

    /// Puts together what is neither in the trash nor locked.
    async fn stack(&self, library: LibraryId, assets: &[AssetId]) {
        let ids: Vec<String> = assets.iter().map(|asset| asset.0.to_string()).collect();
        let sql = format!(
            "SELECT id::text FROM assets WHERE id IN ({}) AND state NOT IN ('trashed', 'locked') ORDER BY id",
            ids.join(", ")
        );
        let found = self.house.db.texts(&sql).await.unwrap();
        let found: Vec<AssetId> = found.iter().map(|id| AssetId(id.parse().unwrap())).collect();
        if found.len() > 1 {
            self.house.store.stack(library, &found).await.unwrap();
        }
    }

    /// Somebody says where it was taken, or takes that back.
    async fn edit(&self, asset: AssetId, random: &mut StdRng) {
        let position = spot(random).map_or(Change::Revert, |(latitude, longitude)| {
            Change::Set(EditedPosition::at(latitude, longitude).unwrap())
        });
        let change = EditChange { position, ..EditChange::default() };
        self.house.store.edit(self.viewers[0].0, &[asset], &change, Utc::now(), &|_| None).await.unwrap();
    }

    /// Somebody favours, archives, trashes or locks them, or brings them back; and undoes that now and then.
    async fn shelve(&self, assets: &[AssetId], random: &mut StdRng) {
        let (user, _) = self.viewers[0];
        let (act, _) = self.house.act(user, *Deed::ALL.choose(random).unwrap(), assets).await;
        if random.random_bool(0.3) {
            self.house.undo(user, act).await;
        }
    }

    /// Somebody leaves a library, and perhaps comes in again as something else.
    async fn change_member(&self, random: &mut StdRng) {
        let library = *self.libraries.choose(random).unwrap();
        let (user, _) = *self.viewers.choose(random).unwrap();
        let membership = format!("library_id = {} AND user_id = {}", library.0, user.0);
        self.house.db.execute(&format!("DELETE FROM library_members WHERE {membership}")).await.unwrap();
        let role = [None, Some("viewer"), Some("editor"), Some("owner")].choose(random).copied().flatten();
        if let Some(role) = role {
            self.house.member(library, user, role).await;
        }
    }

    /// Compares a view with a recount for each viewer; answers the most that one of them sees.
    async fn look(&self, view: &View, zoom: u8, folded: bool, when: &str) -> i64 {
        let mut most = 0;
        for (user, role) in &self.viewers {
            let viewer = Viewer::User(UserViewer::signed_in(*user, *role, SessionId(1)));
            let (seen, told) = self.shown(&viewer, view, zoom).await;
            let (right, truth) = self.recounted(*user, view).await;
            let context = format!("{} at zoom {zoom} for {role}, {when}, folded {folded}", view.name);
            assert_eq!(seen, right, "{context}");
            most = most.max(seen.count);
            if folded {
                assert_eq!(told.days, truth.days, "{context}");
                assert!(told.assets.is_subset(&truth.assets), "{context}: {told:?} {truth:?}");
                assert!(!told.all || told.assets == truth.assets, "{context}: {told:?} {truth:?}");
            }
        }
        most
    }

    /// As the API answers it.
    async fn shown(&self, viewer: &Viewer, view: &View, zoom: u8) -> (Seen, Told) {
        let store = &self.house.store;
        let [libraries] = store.libraries_for(viewer, [Permission::AssetRead]).await.unwrap();
        let plan = mapview::plan(&view.bounds, zoom);
        let mut seen = Seen::default();
        let (mut days, mut assets, mut all) = (Vec::new(), BTreeSet::new(), false);
        let mut add = |count: i64, latitude: f64, longitude: f64| {
            seen.count += count;
            seen.latitude += e7(latitude * count as f64);
            seen.longitude += e7(longitude * count as f64);
        };
        match plan.detail {
            Detail::Counts(resolution) => {
                for cell in store.map_cells(&libraries, resolution, &plan.spans, 1_000).await.unwrap() {
                    assert!(cell.count > 0, "{cell:?}");
                    add(cell.count, cell.latitude, cell.longitude);
                    days.extend([cell.first_day, cell.last_day]);
                    assets.insert(cell.cover.0);
                }
            }
            Detail::Points(_) => {
                all = true;
                let points = store.map_points(&libraries, &plan.spans, 1_000).await.unwrap();
                let ids: Vec<AssetId> = points.iter().map(|point| point.id).collect();
                let allowed = store.allowed_assets(viewer, Permission::AssetRead, &ids).await.unwrap();
                for point in points.iter().filter(|point| allowed.contains(&point.id)) {
                    add(1, point.latitude, point.longitude);
                    days.push(point.day);
                    assets.insert(point.id.0);
                }
            }
        }
        let ends = days.iter().min().zip(days.iter().max());
        (seen, Told { days: ends.map(|(first, last)| (first.to_string(), last.to_string())), assets, all })
    }

    /// Counted by positions and memberships alone.
    async fn recounted(&self, user: UserId, view: &View) -> (Seen, Told) {
        let (west, east) = (view.bounds.west(), view.bounds.east());
        let either = if west > east { "OR" } else { "AND" };
        let from = format!(
            "FROM assets a JOIN library_members m ON m.library_id = a.library_id AND m.user_id = {}
             WHERE a.state = 'active' AND a.local_at IS NOT NULL AND a.latitude BETWEEN {} AND {}
                AND (a.longitude >= {west} {either} a.longitude <= {east})",
            user.0,
            view.bounds.south(),
            view.bounds.north()
        );
        let sum = async |what: &str| {
            let sql = format!("SELECT coalesce(sum({what}), 0)::bigint {from}");
            self.house.db.number(&sql).await.unwrap()
        };
        let latitude = sum("round(a.latitude::numeric * 1e7)").await;
        let longitude = sum("round(a.longitude::numeric * 1e7)").await;
        let seen = Seen { count: sum("1").await, latitude, longitude };
        let listed = format!("SELECT concat_ws(' ', a.id, a.local_at::date) {from}");
        let lines = self.house.db.texts(&listed).await.unwrap();
        let rows: Vec<(&str, &str)> = lines.iter().map(|line| line.split_once(' ').unwrap()).collect();
        let days = || rows.iter().map(|(_, day)| (*day).to_owned());
        let assets = rows.iter().map(|(id, _)| id.parse().unwrap()).collect();
        (seen, Told { days: days().min().zip(days().max()), assets, all: true })
    }
}

/// A corner of a town, often the middle one; or nowhere.
fn spot(random: &mut StdRng) -> Option<(f64, f64)> {
    let (latitude, longitude) = *TOWNS.choose(random)?;
    let corner =
        |random: &mut StdRng| -> i32 { if random.random() { 0 } else { random.random_range(-2..=2) } };
    let (north, east) = (f64::from(corner(random)) * CORNER, f64::from(corner(random)) * CORNER);
    let near = |random: &mut StdRng| -> f64 { random.random_range(-1e-4..1e-4) };
    let longitude = longitude + east + near(random);
    let there =
        (latitude + north + near(random), if longitude > 180.0 { longitude - 360.0 } else { longitude });
    random.random_bool(0.9).then_some(there)
}

fn e7(degrees: f64) -> i64 {
    (degrees * 1e7).round() as i64
}
