//! Places and zones beside what exiftool's own gazetteer says of the test library.
#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "a test may fail")]

mod common;

use cities_json::CITIES;
use domain::metadata::Position;
use domain::place::near::metres;
use domain::place::{Atlas, CITY_WITHIN, Place, country_name, locate};
use domain::zone;

/// What exiftool's own gazetteer says of a file.
struct Answer {
    path: String,
    position: Position,
    city: String,
    country_code: String,
    zone: String,
    /// Kilometres from the picture to its city.
    city_km: f64,
}

/// The lines of `geo.tsv` with a place, but for two: one has a latitude of 213°, and of one (a sidecar in Seattle)
/// the table has lost the sign of its longitude.
fn answers() -> Option<Vec<Answer>> {
    let text = common::testdata("geo.tsv")?;
    let rows = text.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
    let answers = rows.filter(|row| row.len() == 9 && !row[6].is_empty()).map(|row| Answer {
        path: row[0].to_owned(),
        position: Position {
            latitude: row[1].parse().unwrap(),
            longitude: row[2].parse().unwrap(),
            altitude: None,
        },
        city: row[3].to_owned(),
        country_code: row[6].to_owned(),
        zone: row[8].to_owned(),
        city_km: row[7].parse().unwrap(),
    });
    let fit =
        |answer: &Answer| answer.position.latitude.abs() <= 90.0 && !answer.path.ends_with("date.heic.xmp");
    Some(answers.filter(fit).collect())
}

fn at(latitude: f64, longitude: f64) -> Position {
    Position { latitude, longitude, altitude: None }
}

fn place(latitude: f64, longitude: f64) -> Option<Place> {
    locate(&Atlas::open().unwrap(), at(latitude, longitude))
}

fn words(latitude: f64, longitude: f64) -> String {
    place(latitude, longitude).map_or("nowhere".to_owned(), |p| {
        format!("{}, {}, {}", p.city.as_deref().unwrap_or("-"), p.region.as_deref().unwrap_or("-"), p.country)
    })
}

#[test]
fn well_known_places() {
    for (latitude, longitude, expected) in [
        (38.7167, -9.1333, "Lisbon, Lisbon, Portugal"),
        (50.0877, 14.4045, "Malá Strana, Prague, Czechia"),
        (56.1538, 10.1993, "Århus, Central Jutland, Denmark"),
        // enclaves and borders: Büsingen lies in Switzerland, Campione in Switzerland's Ticino
        (47.6973, 8.6910, "Büsingen, Baden-Wurttemberg, Germany"),
        (45.9683, 8.9712, "Campione, Lombardy, Italy"),
        (41.9033, 12.4534, "Vatican City, -, Vatican City"),
        // a part with a code of its own is named by it
        (22.2819, 114.1582, "Central, Central and Western, Hong Kong"),
        (42.6629, 21.1655, "Pristina, Pristina, Kosovo"),
        // islands that no country code of two letters is assigned to belong to their state
        (28.4636, -16.2518, "Santa Cruz de Tenerife, Canary Islands, Spain"),
        // far from any town
        (64.4, -17.3, "-, -, Iceland"),
        (-75.1, 123.35, "-, -, Antarctica"),
        (-16.8, 179.999, "-, -, Fiji"),
        // a pier that the outlines leave out, and the open sea
        (70.4692, -68.5914, "Clyde River, Nunavut, Canada"),
        (0.0, 0.0, "nowhere"),
        (38.0, -45.0, "nowhere"),
        (90.0, 0.0, "nowhere"),
        (f64::NAN, 0.0, "nowhere"),
        (213.64, 103.48, "nowhere"),
    ] {
        assert_eq!(words(latitude, longitude), expected, "{latitude}, {longitude}");
    }
}

/// Where a city of that name lies, the nearest to the picture if there are several.
fn city_position(name: &str, country_code: &str, from: Position) -> Option<Position> {
    let named = CITIES.iter().filter(|city| city.country == country_code && city.name == name);
    named.map(|city| at(city.lat, city.lng)).min_by(|a, b| metres(*a, from).total_cmp(&metres(*b, from)))
}

#[test]
fn countries_are_all_as_exiftool_says_and_cities_within_20_km() {
    let Some(answers) = answers() else { return };
    let atlas = Atlas::open().unwrap();
    let mut wrong = Vec::new();
    let mut compared = 0;
    for answer in &answers {
        let found = locate(&atlas, answer.position).unwrap();
        let city =
            found.city.as_deref().and_then(|name| city_position(name, &found.country_code, answer.position));
        // exiftool names some quarters that GeoNames has given up since: then the picture itself must be near.
        let theirs =
            city_position(&answer.city, &answer.country_code, answer.position).unwrap_or(answer.position);
        let agrees = match city {
            // Ours may also be a place that exiftool's older list does not have, nearer to the picture.
            Some(city) => {
                metres(city, theirs) <= 20_000.0 || metres(city, answer.position) < answer.city_km * 1000.0
            }
            // Beyond 50 km no city is named, rather than a wrong one.
            None => answer.city_km * 1000.0 > CITY_WITHIN,
        };
        compared += usize::from(city.is_some());
        if found.country_code != answer.country_code || !agrees {
            wrong.push(format!(
                "{}: {found:?}, exiftool {} {}",
                answer.path, answer.city, answer.country_code
            ));
        }
    }
    assert!(compared >= 115, "{compared}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn zones_are_all_as_exiftool_says() {
    let Some(answers) = answers() else { return };
    let atlas = Atlas::open().unwrap();
    // In Xinjiang two clocks are in use; the picture's own offset is that of Shanghai.
    let answers = answers.iter().filter(|answer| !answer.path.ends_with("2022-07/exif.avif"));
    let zones = answers.map(|answer| (answer, zone::at(&atlas, answer.position).unwrap()));
    let wrong: Vec<_> = zones
        .filter(|(answer, zone)| zone.name() != answer.zone)
        .map(|(answer, zone)| (&answer.path, zone.name(), &answer.zone))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(zone::at(&atlas, at(0.0, 0.0)).unwrap().name(), "Etc/GMT");
    assert_eq!(zone::at(&atlas, at(40.0, -30.0)).unwrap().name(), "Etc/GMT+2");
}

#[test]
fn a_place_is_never_named_after_a_town_across_the_border() {
    // Along the German border, every 300 m from Basel to Konstanz, whatever side a point lies on.
    let atlas = Atlas::open().unwrap();
    let mut seen = std::collections::BTreeSet::new();
    for step in 0..400 {
        let found =
            locate(&atlas, at(47.56 + f64::from(step % 20) * 0.01, 7.58 + f64::from(step) * 0.004)).unwrap();
        let region = found.region.unwrap();
        let german = region == "Baden-Wurttemberg";
        assert_eq!(german, found.country_code == "DE", "{region}");
        seen.insert(found.country_code);
    }
    assert!(seen.len() >= 2, "{seen:?}");
}

#[test]
fn names_of_countries() {
    assert_eq!(country_name("GB"), Some("United Kingdom"));
    assert_eq!(country_name("ZW"), Some("Zimbabwe"));
    assert_eq!((country_name("gb"), country_name("XX"), country_name("")), (None, None, None));
}

#[test]
fn the_atlas_is_shared_between_threads() {
    fn check<T: Send + Sync>(_: &T) {}
    check(&Atlas::open().unwrap());
}
