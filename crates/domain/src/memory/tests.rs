use chrono::DateTime;

use super::*;
use crate::cells::{Resolution, cell};
use crate::filter::{Clock, parse};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn memory(kind: MemoryKind, from: &str, to: &str) -> Memory {
    Memory { kind, from: day(from), to: day(to) }
}

const BERLIN: (f64, f64) = (52.52, 13.40);
const POTSDAM: (f64, f64) = (52.39, 13.06);
const LISBON: (f64, f64) = (38.72, -9.14);
const MUNICH: (f64, f64) = (48.14, 11.58);

fn spent(day: NaiveDate, at: (f64, f64), count: i64) -> DaySpent {
    let at = Position { latitude: at.0, longitude: at.1, altitude: None };
    let cell = cell(at).unwrap().parent(Resolution::AWAY).unwrap();
    DaySpent { day, cell, count }
}

/// Every third day of so many at a place.
fn living(from: &str, days: u64, at: (f64, f64)) -> Vec<DaySpent> {
    (0..days).step_by(3).map(|n| spent(day(from) + Days::new(n), at, 5)).collect()
}

#[test]
fn days_far_from_home_in_a_row_are_a_trip() {
    let mut days = living("2024-01-01", 120, BERLIN);
    // A day out near home, a week in Lisbon with two days without pictures, and one far day alone.
    days.push(spent(day("2024-05-05"), POTSDAM, 90));
    for at in ["2024-05-10", "2024-05-11", "2024-05-14", "2024-05-16"] {
        days.push(spent(day(at), LISBON, 20));
    }
    days.push(spent(day("2024-05-20"), BERLIN, 1));
    days.push(spent(day("2024-06-01"), MUNICH, 50));
    days.extend(living("2024-06-03", 60, BERLIN));
    let found: Vec<Memory> = trips(&days).iter().map(|trip| trip.memory).collect();
    assert_eq!(found, [memory(MemoryKind::Trip, "2024-05-10", "2024-05-16")]);
}

#[test]
fn who_moves_is_not_on_a_trip() {
    let mut days = living("2022-01-01", 700, BERLIN);
    days.extend(living("2024-01-01", 700, MUNICH));
    let found = trips(&days);
    // The first half year is still looked at from where most days around it were: not longer than that.
    assert!(found.iter().all(|trip| (trip.memory.to - trip.memory.from).num_days() <= 181), "{found:?}");
    let at_home = trips(&living("2022-01-01", 700, BERLIN));
    assert!(at_home.is_empty(), "{at_home:?}");
    assert!(trips(&living("2022-01-01", 6, LISBON)).is_empty(), "nobody knows where they live");
}

#[test]
fn the_same_day_of_earlier_years_comes_round_again() {
    let days = on_this_day(day("2026-05-17"));
    assert_eq!(days[0], memory(MemoryKind::Day, "2025-05-17", "2025-05-17"));
    assert_eq!(days.len(), 100);
    // A leap day is remembered each year.
    let short = on_this_day(day("2026-02-28"));
    assert_eq!(short[1], memory(MemoryKind::Day, "2024-02-28", "2024-02-29"));
    let leap = on_this_day(day("2024-02-29"));
    assert_eq!(leap[0], memory(MemoryKind::Day, "2020-02-29", "2020-02-29"));
    assert_eq!(on_this_day(day("2024-02-28"))[3], memory(MemoryKind::Day, "2020-02-28", "2020-02-28"));
}

#[test]
fn a_trip_is_shown_after_it_and_on_its_days_in_later_years() {
    let trip = memory(MemoryKind::Trip, "2023-12-28", "2024-01-05");
    for (at, shown) in [
        ("2024-01-05", false),
        ("2024-01-06", true),
        ("2024-01-19", true),
        ("2024-01-20", false),
        ("2024-12-27", false),
        ("2024-12-28", true),
        ("2026-01-05", true),
        ("2026-01-06", false),
    ] {
        assert_eq!(is_shown(&trip, day(at)), shown, "{at}");
    }
}

#[test]
fn keys_are_read_as_they_are_written() {
    let trip = memory(MemoryKind::Trip, "2023-12-28", "2024-01-05");
    assert_eq!(trip.to_string(), "trip-2023-12-28-2024-01-05");
    assert_eq!(trip.to_string().parse(), Ok(trip));
    for text in
        ["", "trip", "trip-2024-01-05-2023-12-28", "day-2024-01-05", "day-2024-1-5-2024-1-5", "é-2024"]
    {
        assert_eq!(text.parse::<Memory>(), Err(MemoryError), "{text}");
    }
    assert!(trip.meets(&memory(MemoryKind::Trip, "2024-01-05", "2024-01-09")));
    assert!(!trip.meets(&memory(MemoryKind::Trip, "2024-01-06", "2024-01-09")));
    assert!(!trip.meets(&memory(MemoryKind::Day, "2024-01-05", "2024-01-05")));
}

#[test]
fn what_finds_a_memory_is_a_search_that_can_be_read() {
    let clock = Clock { now: DateTime::UNIX_EPOCH, zone: chrono_tz::UTC };
    let trip = memory(MemoryKind::Trip, "2024-05-10", "2024-05-16");
    let home = Position { latitude: 52.52, longitude: -13.4, altitude: None };
    let text = trip.text(Some(home));
    assert_eq!(text, "taken:2024-05-10..2024-05-16 -near:52.520,-13.400,80km");
    assert!(parse(&text, &clock).is_ok());
    assert_eq!(memory(MemoryKind::Day, "2024-05-10", "2024-05-10").text(None), "taken:2024-05-10");
}

#[test]
fn a_memory_is_called_after_where_it_was() {
    let place = |city: Option<&str>, country: &str, count| PlaceShare {
        city: city.map(str::to_owned),
        country: country.to_owned(),
        count,
    };
    for (places, name) in [
        (vec![], None),
        (vec![place(Some("Lisbon"), "Portugal", 8), place(Some("Sintra"), "Portugal", 7)], Some("Lisbon")),
        (vec![place(Some("Lisbon"), "Portugal", 4), place(Some("Porto"), "Portugal", 4)], Some("Portugal")),
        (vec![place(None, "Portugal", 9)], Some("Portugal")),
        (
            vec![
                place(Some("Vigo"), "Spain", 4),
                place(Some("Porto"), "Portugal", 4),
                place(None, "France", 1),
            ],
            Some("Portugal, Spain"),
        ),
    ] {
        assert_eq!(place_name(&places).as_deref(), name, "{places:?}");
    }
}
