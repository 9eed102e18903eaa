//! Views of the map beside a naive search.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::collections::BTreeSet;

use domain::cells::{Cell, Resolution, Span, cell};
use domain::mapview::{self, Detail, MOST_CELLS, Plan, cover, cover_at, plan};
use domain::metadata::Position;
use domain::place::{Bounds, near};
use proptest::prelude::*;

/// Points of a grid over the view, sides and corners included.
fn grid(view: Bounds, steps: u32) -> impl Iterator<Item = Position> {
    let part = move |step: u32| f64::from(step) / f64::from(steps);
    (0..=steps).flat_map(move |row| (0..=steps).map(move |column| (row, column))).map(move |(row, column)| {
        let longitude = view.west() + view.width() * part(column);
        Position {
            latitude: (view.south() + (view.north() - view.south()) * part(row)).min(view.north()),
            longitude: if longitude > 180.0 { longitude - 360.0 } else { longitude },
            altitude: None,
        }
    })
}

fn resolution_of(plan: &Plan) -> Resolution {
    match plan.detail {
        Detail::Counts(resolution) | Detail::Points(resolution) => resolution,
    }
}

fn holds(spans: &[Span], cell: Cell) -> bool {
    spans.iter().any(|span| span.contains(cell))
}

/// A view as a screen shows it: `zoom`, a middle, and a width and height in pixels.
fn screen(latitude: f64, longitude: f64, zoom: f64, width: f64, height: f64) -> Bounds {
    let degrees = 360.0 / (512.0 * zoom.exp2());
    let (half_width, half_height) =
        (width * degrees / 2.0, height * degrees / 2.0 * latitude.to_radians().cos());
    Bounds::new(
        longitude - half_width,
        latitude - half_height,
        longitude + half_width,
        latitude + half_height,
    )
    .unwrap()
}

fn views() -> impl Strategy<Value = (Bounds, u8)> {
    let middle = prop_oneof![
        3 => (-85.0..85.0_f64, -180.0..180.0_f64),
        1 => (-85.0..85.0_f64, prop_oneof![Just(180.0), Just(-180.0), Just(179.9999)]),
        1 => (prop_oneof![Just(89.9), Just(-89.9), Just(90.0), Just(-90.0)], -180.0..180.0_f64),
    ];
    (middle, 0.0..20.0_f64, 200.0..2600.0_f64, 200.0..1500.0_f64).prop_map(
        |((latitude, longitude), zoom, width, height)| {
            (screen(latitude, longitude, zoom, width, height), zoom as u8)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_point_of_a_view_lies_in_a_planned_cell((view, zoom) in views()) {
        let plan = plan(&view, zoom);
        let (resolution, stored) = (resolution_of(&plan), plan.stored());
        prop_assert!(plan.spans.len() <= MOST_CELLS);
        prop_assert!(plan.spans.windows(2).all(|pair| pair[0].last < pair[1].first));
        for point in grid(view, 12) {
            let cell = cell(point).unwrap();
            prop_assert!(holds(&stored, cell), "{point:?}");
            match plan.detail {
                Detail::Counts(_) => prop_assert!(holds(&plan.spans, cell.parent(resolution).unwrap())),
                Detail::Points(_) => prop_assert_eq!(&stored, &plan.spans),
            }
        }
    }

    #[test]
    fn planned_cells_lie_in_the_view_or_at_its_edge((view, zoom) in views()) {
        let resolution = resolution_of(&plan(&view, zoom));
        let (_, cells) = cover(&view, resolution, MOST_CELLS);
        prop_assert!(cells.len() <= MOST_CELLS);
        let (finest, _) = cover(&view, Resolution::STORED, MOST_CELLS);
        let finer = Resolution::new(finest.number() + 1).unwrap();
        prop_assert!(finest == Resolution::STORED || cover_at(&view, finer, MOST_CELLS).is_none());
        let edge = resolution.edge_metres();
        // The naive answer: the cells of many points, and everything that touches their hexagons.
        let needed: BTreeSet<Cell> = grid(view, 60).filter_map(|p| cell(p)?.parent(resolution)).collect();
        for cell in cells.iter().filter(|cell| !needed.contains(cell)) {
            let reach = near::bounds(cell.centre(), 1.8 * edge);
            prop_assert!(needed.iter().any(|n| reach.contains(n.centre()) || near::within(n.centre(), cell.centre(), 2.6 * edge)), "{cell:?}");
        }
    }

    #[test]
    fn bounds_of_a_circle_hold_it_and_little_more(
        z in -1.0..1.0_f64, longitude in -180.0..180.0_f64, exponent in 0.0..6.9_f64, bearing in 0.0..360.0_f64, part in 0.0..1.0_f64,
    ) {
        let centre = Position { latitude: z.asin().to_degrees(), longitude, altitude: None };
        let radius = 10_f64.powf(exponent);
        let bounds = near::bounds(centre, radius);
        let there = travel(centre, bearing, radius * part);
        prop_assert!(bounds.contains(there) && near::within(there, centre, radius * 1.000_001 + 0.01));
        // Each side is touched.
        prop_assert!(!bounds.contains(travel(centre, 0.0, radius * 1.01 + 0.1)) || bounds.width() == 360.0);
        prop_assert!(!bounds.contains(travel(centre, 180.0, radius * 1.01 + 0.1)) || bounds.width() == 360.0);
        if bounds.width() < 360.0 {
            let corner = Position { latitude: centre.latitude, longitude: bounds.east(), altitude: None };
            prop_assert!(near::metres(centre, corner) < radius * 1.6 + 0.1);
        }
    }
}

/// Where one comes to on a great circle.
fn travel(from: Position, bearing: f64, metres: f64) -> Position {
    let (angle, bearing) = (metres / 6_371_008.8, bearing.to_radians());
    let (latitude, longitude) = (from.latitude.to_radians(), from.longitude.to_radians());
    let to = (latitude.sin() * angle.cos() + latitude.cos() * angle.sin() * bearing.cos()).asin();
    let east = (bearing.sin() * angle.sin() * latitude.cos()).atan2(angle.cos() - latitude.sin() * to.sin());
    let longitude = (longitude + east).to_degrees();
    Position {
        latitude: to.to_degrees(),
        longitude: (longitude + 540.0).rem_euclid(360.0) - 180.0,
        altitude: None,
    }
}

#[test]
fn resolutions_follow_the_zoom_and_screens_need_few_cells() {
    let mut most = 0;
    for (zoom, expected) in
        [(0, 1), (3, 2), (4, 3), (6, 4), (7, 5), (9, 6), (10, 7), (12, 8), (14, 9), (16, 11), (19, 12)]
    {
        let phone = plan(&screen(45.0, 10.0, zoom.into(), 400.0, 700.0), zoom);
        assert_eq!(resolution_of(&phone).number(), expected, "zoom {zoom}");
        assert_eq!(matches!(phone.detail, Detail::Points(_)), zoom >= 15, "zoom {zoom}");
        let desktop = plan(&screen(45.0, 10.0, zoom.into(), 1440.0, 900.0), zoom);
        most = most.max(desktop.spans.len());
    }
    assert!((50..=400).contains(&most), "{most}");
}

#[test]
fn a_view_that_would_need_too_many_cells_gets_coarser_ones() {
    assert_eq!(plan(&Bounds::WORLD, 22).detail, Detail::Counts(Resolution::new(1).unwrap()));
    assert_eq!(plan(&Bounds::WORLD, 0).spans.len(), 1, "all cells of the Earth are one stretch");
    // At the pole a view is narrow but spans all longitudes.
    assert_eq!(
        plan(&Bounds::new(-180.0, 89.99, 180.0, 90.0).unwrap(), 9).detail,
        Detail::Counts(Resolution::new(6).unwrap())
    );
}

#[test]
fn bounds_are_checked_and_wrapped() {
    let sides = |w, s, e, n| Bounds::new(w, s, e, n).map(|b| (b.west(), b.south(), b.east(), b.north())).ok();
    assert_eq!(sides(170.0, -10.0, 190.0, 10.0), Some((170.0, -10.0, -170.0, 10.0)));
    assert_eq!(sides(-190.0, -99.0, -170.0, 99.0), Some((170.0, -90.0, -170.0, 90.0)));
    assert_eq!(sides(-200.0, 0.0, 200.0, 1.0), Some((-180.0, 0.0, 180.0, 1.0)));
    assert_eq!(sides(180.0, 0.0, -180.0, 1.0), Some((-180.0, 0.0, 180.0, 1.0)));
    assert_eq!(sides(-180.0, 0.0, -170.0, 1.0), Some((-180.0, 0.0, -170.0, 1.0)));
    assert_eq!(
        (sides(0.0, 1.0, 1.0, 0.0), sides(f64::NAN, 0.0, 1.0, 1.0), sides(0.0, 0.0, f64::INFINITY, 1.0)),
        (None, None, None)
    );
    let at = |longitude| Position { latitude: 0.5, longitude, altitude: None };
    let pacific = Bounds::new(170.0, 0.0, -170.0, 1.0).unwrap();
    for (longitude, inside) in
        [(170.0, true), (180.0, true), (-180.0, true), (-170.0, true), (-169.9, false), (0.0, false)]
    {
        assert_eq!(pacific.contains(at(longitude)), inside, "{longitude}");
    }
    assert!(pacific.intersects(&Bounds::new(-180.0, 0.5, -179.0, 2.0).unwrap()));
    assert!(!pacific.intersects(&Bounds::new(-160.0, 0.5, 160.0, 2.0).unwrap()));
}

#[test]
fn a_number_stands_in_its_cell_also_across_the_antimeridian() {
    let at = |latitude, longitude| Position { latitude, longitude, altitude: None };
    for resolution in Resolution::MAP {
        // Of two pictures on either side, and of two that are near each other.
        let fiji = cell(at(-16.8, 179.999_99)).and_then(|cell| cell.parent(resolution)).unwrap();
        let stands = mapview::stand(fiji, at(-16.8, 0.0));
        assert!(near::metres(stands, fiji.centre()) < 1.0, "{resolution:?} {stands:?}");
        let lisbon = at(38.71, -9.13);
        let here = cell(lisbon).and_then(|cell| cell.parent(resolution)).unwrap();
        assert_eq!(mapview::stand(here, lisbon), lisbon, "{resolution:?}");
    }
}
