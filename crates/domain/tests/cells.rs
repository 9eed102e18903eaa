//! Cells beside H3's own tree.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use domain::cells::{Cell, Resolution, cell, parents};
use domain::metadata::Position;
use proptest::prelude::*;

fn resolution(number: u8) -> Resolution {
    Resolution::new(number).unwrap()
}

fn at(latitude: f64, longitude: f64) -> Position {
    Position { latitude, longitude, altitude: None }
}

fn descendants(cell: Cell, to: Resolution) -> Vec<Cell> {
    if cell.resolution() == to {
        vec![cell]
    } else {
        cell.children().flat_map(|child| descendants(child, to)).collect()
    }
}

fn all(resolution: Resolution) -> Vec<Cell> {
    Cell::roots().flat_map(|root| descendants(root, resolution)).collect()
}

/// Every cell of resolutions 0 to 4 and all its descendants three steps down, the twelve pentagons of each
/// resolution among them: at that resolution no number of another cell lies between them.
#[test]
fn what_belongs_to_a_cell_is_one_stretch_of_numbers() {
    for number in 0..=1 {
        let (coarse, fine) = (resolution(number), resolution(number + 3));
        let cells = all(fine);
        assert_eq!(cells.len(), 2 + 120 * 7_usize.pow(u32::from(number) + 3));
        assert!(cells.is_sorted());
        for parent in all(coarse) {
            let span = parent.span(fine).unwrap();
            let inside: Vec<Cell> = cells.iter().copied().filter(|cell| span.contains(*cell)).collect();
            assert_eq!(inside, descendants(parent, fine));
            assert_eq!((inside.first(), inside.last()), (Some(&span.first), Some(&span.last)));
        }
    }
}

fn anywhere() -> impl Strategy<Value = Position> {
    // Even on the sphere, and every fourth time at the middle of a pentagon, or near it.
    let even =
        (-1.0..1.0_f64, -180.0..180.0_f64).prop_map(|(z, longitude)| at(z.asin().to_degrees(), longitude));
    let pentagons =
        all(resolution(1)).into_iter().filter(|cell| cell.children().count() == 6).map(Cell::centre);
    let pentagons = prop::sample::select(pentagons.collect::<Vec<_>>());
    let near =
        (pentagons, -1.0..1.0_f64, -1.0..1.0_f64, 0..7_i32).prop_map(|(middle, north, east, exponent)| {
            let degrees = 10_f64.powi(-exponent);
            at((middle.latitude + north * degrees).clamp(-90.0, 90.0), middle.longitude + east * degrees)
        });
    prop_oneof![3 => even, 1 => near]
}

proptest! {
    #[test]
    fn a_stored_cell_lies_in_the_span_of_its_parent_and_of_no_other(here in anywhere(), there in anywhere(), number in 0..12_u8) {
        let (cell, other) = (cell(here).unwrap(), cell(there).unwrap());
        let parent = cell.parent(resolution(number)).unwrap();
        let span = parent.span(Resolution::STORED).unwrap();
        prop_assert!(span.contains(cell));
        prop_assert_eq!(span.contains(other), other.parent(resolution(number)) == Some(parent));
        prop_assert_eq!(parent.span(resolution(number)), Some(domain::cells::Span { first: parent, last: parent }));
        prop_assert_eq!(cell.span(resolution(number)), None);
    }

    #[test]
    fn the_mask_makes_the_parent(here in anywhere(), number in 0..=12_u8) {
        let cell = cell(here).unwrap();
        let (keep, set) = resolution(number).mask();
        prop_assert_eq!(Some((i64::from(cell) & keep) | set), cell.parent(resolution(number)).map(i64::from));
    }

    #[test]
    fn numbers_read_back(here in anywhere()) {
        let cell = cell(here).unwrap();
        prop_assert_eq!(Cell::try_from(i64::from(cell)), Ok(cell));
        prop_assert!(i64::from(cell) > 0);
        prop_assert!(domain::place::near::within(cell.centre(), here, 15.0));
        let parents: Vec<u8> = parents(cell).map(|parent| parent.resolution().number()).collect();
        prop_assert_eq!(parents, (1..=9).collect::<Vec<u8>>());
    }
}

#[test]
fn a_published_index_comes_out_and_what_is_none_is_refused() {
    // The Brandenburg Gate at resolution 8, as databases with H3 built in give it in their manuals.
    let cell = cell(at(52.516_262, 13.377_704)).unwrap();
    assert_eq!(cell.parent(resolution(8)).map(i64::from), Some(613_036_919_424_548_863));
    assert_eq!(domain::cells::cell(at(f64::NAN, 0.0)), None);
    for number in [0, -1, i64::MAX, i64::from(cell) + 1] {
        assert!(Cell::try_from(number).is_err(), "{number}");
    }
}
