//! Cells of the map beside another implementation of H3: what Uber's own code says (`tests/web/cells.mjs`) of ten
//! thousand points, poles, antimeridian and pentagons among them, and of the cells above them.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::collections::BTreeSet;

use domain::cells::{self, Cell, Resolution};
use domain::metadata::Position;

const POINTS: usize = 10_000;
/// In millionths of a degree.
const POLE: i64 = 90_000_000;
const ANTIMERIDIAN: i64 = 180_000_000;

/// What the other implementation says.
#[derive(Default)]
struct Theirs {
    /// Where pentagons lie, in millionths of a degree: latitude, longitude.
    pentagons: Vec<(i64, i64)>,
    /// Of each resolution, sums over the parents, and over their first and last descendants.
    parents: Vec<(u8, [u64; 3])>,
    /// The cell of each point.
    cells: Vec<i64>,
}

impl Theirs {
    fn read() -> Self {
        let mut theirs = Self::default();
        for line in include_str!("h3/cells.txt").lines().filter(|line| !line.starts_with('#')) {
            let words: Vec<&str> = line.split(' ').collect();
            match words[..] {
                ["pentagon", north, east] => {
                    theirs.pentagons.push((north.parse().unwrap(), east.parse().unwrap()));
                }
                ["parents", resolution, above, first, last] => {
                    let sums = [above, first, last].map(|sum| sum.parse().unwrap());
                    theirs.parents.push((resolution.parse().unwrap(), sums));
                }
                _ => theirs.cells.push(i64::from_str_radix(line, 16).unwrap()),
            }
        }
        theirs
    }
}

/// Numbers that have nothing to do with each other (the last steps of MurmurHash3).
fn scattered(number: u32) -> i64 {
    let mut bits = number.wrapping_mul(0x9e37_79b1);
    bits ^= bits >> 16;
    bits = bits.wrapping_mul(0x85eb_ca6b);
    bits ^= bits >> 13;
    bits = bits.wrapping_mul(0xc2b2_ae35);
    i64::from(bits ^ (bits >> 16))
}

/// Of ten points five lie anywhere, one near each pole, one near the antimeridian, two near a pentagon. How near varies
/// from being there to ten degrees.
fn point(number: u32, pentagons: &[(i64, i64)]) -> Position {
    let (a, b) = (scattered(2 * number), scattered(2 * number + 1));
    let step = number / 10;
    let reach = 10_i64.pow(step % 8);
    let mut latitude = a % (2 * POLE + 1) - POLE;
    let mut longitude = b % (2 * ANTIMERIDIAN + 1) - ANTIMERIDIAN;
    match number % 10 {
        5 => latitude = POLE - a % reach,
        6 => latitude = a % reach - POLE,
        7 => longitude = (ANTIMERIDIAN - b % reach) * if step.is_multiple_of(3) { -1 } else { 1 },
        8 | 9 => {
            let (north, east) = pentagons[step as usize % pentagons.len()];
            latitude = (north + a % (2 * reach - 1) - reach + 1).clamp(-POLE, POLE);
            longitude = east + b % (2 * reach - 1) - reach + 1;
            if longitude.abs() > ANTIMERIDIAN {
                longitude -= 2 * ANTIMERIDIAN * longitude.signum();
            }
        }
        _ => {}
    }
    let degrees = |micro: i64| micro as f64 / 1e6;
    Position { latitude: degrees(latitude), longitude: degrees(longitude), altitude: None }
}

/// Cells of one resolution as one number, in which each has its place.
fn sum(cells: &[Cell]) -> u64 {
    let numbers = cells.iter().map(|cell| i64::from(*cell).cast_unsigned());
    (1..).zip(numbers).fold(0, |sum: u64, (place, number)| sum.wrapping_add(number.wrapping_mul(place)))
}

#[test]
fn ten_thousand_cells_are_those_of_another_implementation() {
    let theirs = Theirs::read();
    assert_eq!((theirs.pentagons.len(), theirs.cells.len()), (12, POINTS));
    let points: Vec<Position> = (0..).take(POINTS).map(|number| point(number, &theirs.pentagons)).collect();
    let ours: Vec<Cell> = points.iter().map(|at| cells::cell(*at).unwrap()).collect();
    let pairs = points.iter().zip(&ours).zip(&theirs.cells);
    let wrong: Vec<String> = pairs
        .filter(|((_, ours), theirs)| i64::from(**ours) != **theirs)
        .map(|((at, ours), theirs)| format!("{at:?}: ours {:x}, theirs {theirs:x}", i64::from(*ours)))
        .collect();
    assert!(wrong.is_empty(), "{} cells differ:\n{}", wrong.len(), wrong.join("\n"));

    let there = |holds: fn(&Position) -> bool| points.iter().filter(|at| holds(at)).count();
    assert!(there(|at| at.latitude == 90.0) > 50 && there(|at| at.latitude == -90.0) > 50);
    assert!(there(|at| at.longitude == 180.0) > 20 && there(|at| at.longitude == -180.0) > 20);
    assert!(ours.iter().collect::<BTreeSet<_>>().len() > 8_000);
}

#[test]
fn the_cells_above_them_and_all_that_belongs_to_these_are_the_same() {
    let theirs = Theirs::read();
    let stored: Vec<Cell> = theirs.cells.iter().map(|number| Cell::try_from(*number).unwrap()).collect();
    let counted: Vec<u8> = theirs.parents.iter().map(|(resolution, _)| *resolution).collect();
    assert_eq!(counted, Resolution::MAP.map(Resolution::number));
    for (number, sums) in theirs.parents {
        let resolution = Resolution::new(number).unwrap();
        let above: Vec<Cell> = stored.iter().map(|cell| cell.parent(resolution).unwrap()).collect();
        let spans = above.iter().map(|cell| cell.span(Resolution::STORED).unwrap());
        let (first, last): (Vec<Cell>, Vec<Cell>) = spans.map(|span| (span.first, span.last)).unzip();
        assert_eq!([sum(&above), sum(&first), sum(&last)], sums, "at resolution {number}");
    }
}
