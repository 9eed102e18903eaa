//! The nearest city, by a walk over the compiled table.

use super::layout::{BANDS, RECORD, REGION, UNIT, band};
use super::{country, near};
use crate::metadata::Position;

static CITIES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/cities.bin"));
static BAND_STARTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/bands.bin"));
static REGIONS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/regions.bin"));
static NAMES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/names.bin"));

/// Most positions have a city this near, and a small first circle keeps the walk short.
const FIRST_CIRCLE: f64 = 5_000.0;

/// A city of the table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct City {
    pub name: &'static str,
    pub region: &'static str,
    pub country: &'static str,
    pub position: Position,
}

/// The nearest city within so many metres, of one country where given. Between equally near ones the first of
/// the table wins.
pub(super) fn nearest(from: Position, within: f64, country: Option<&str>) -> Option<City> {
    let circle = |metres: f64| nearest_record(from, metres, country).map(city);
    if within > FIRST_CIRCLE { circle(FIRST_CIRCLE).or_else(|| circle(within)) } else { circle(within) }
}

/// The city of this record.
pub(super) fn numbered(number: u32) -> Option<City> {
    CITIES.as_chunks::<RECORD>().0.get(number as usize).copied().map(city)
}

/// Name and country of the region of this record.
pub(super) fn region_numbered(number: u32) -> Option<(&'static str, &'static str)> {
    let &[a, b, offset @ ..] = REGIONS.as_chunks::<REGION>().0.get(number as usize)?;
    let country = country::known(str::from_utf8(&[a, b]).ok()?)?;
    Some((name(offset), country))
}

fn nearest_record(from: Position, within: f64, country: Option<&str>) -> Option<Record> {
    let country = country.map(str::as_bytes);
    let mut best = (within, None);
    for records in near_bands(from, within) {
        // The circle shrinks with each find.
        let circle = near::bounds(from, best.0);
        for (west, east) in circle.longitudes() {
            let (west, east) = (units(west).saturating_sub(1), units(east).saturating_add(1));
            let start = records.partition_point(|record| longitude(record) < west);
            for record in records.iter().skip(start).take_while(|record| longitude(record) <= east) {
                let distance = near::metres(from, position(record));
                if distance < best.0 && country.is_none_or(|code| code == country_of(record)) {
                    best = (distance, Some(*record));
                }
            }
        }
    }
    best.1
}

/// The records of each band that a circle touches, the middle ones first.
fn near_bands(centre: Position, metres: f64) -> impl Iterator<Item = &'static [Record]> {
    let circle = near::bounds(centre, metres);
    let (low, high) = (band(units(circle.south())), band(units(circle.north())));
    let middle = band(units(centre.latitude));
    // Upwards and downwards by turns, and what is left of the longer way.
    let (mut up, mut down) = (middle..=high, (low..middle).rev());
    let mut upwards = false;
    std::iter::from_fn(move || {
        upwards = !upwards;
        if upwards { up.next().or_else(|| down.next()) } else { down.next().or_else(|| up.next()) }
    })
    .map(records_of)
}

type Record = [u8; RECORD];

fn records_of(band: usize) -> &'static [Record] {
    let (starts, _) = BAND_STARTS.as_chunks::<4>();
    let start =
        |band: usize| starts.get(band.min(BANDS)).map_or(0, |bytes| u32::from_le_bytes(*bytes) as usize);
    CITIES.as_chunks::<RECORD>().0.get(start(band)..start(band + 1)).unwrap_or_default()
}

fn units(degrees: f64) -> i32 {
    (degrees / UNIT).round() as i32
}

fn latitude(record: &Record) -> i32 {
    let [a, b, c, d, ..] = *record;
    i32::from_le_bytes([a, b, c, d])
}

fn longitude(record: &Record) -> i32 {
    let [_, _, _, _, a, b, c, d, ..] = *record;
    i32::from_le_bytes([a, b, c, d])
}

fn position(record: &Record) -> Position {
    let degrees = |units: i32| f64::from(units) * UNIT;
    Position { latitude: degrees(latitude(record)), longitude: degrees(longitude(record)), altitude: None }
}

fn region(record: &Record) -> &'static [u8; REGION] {
    let [.., a, b] = *record;
    let number = usize::from(u16::from_le_bytes([a, b]));
    REGIONS.as_chunks::<REGION>().0.get(number).unwrap_or(&[0; REGION])
}

fn country_of(record: &Record) -> &'static [u8] {
    &region(record)[..2]
}

/// The name that is written at this offset.
pub(super) fn name(offset: [u8; 4]) -> &'static str {
    let rest = NAMES.get(u32::from_le_bytes(offset) as usize..).unwrap_or_default();
    let text = rest.split_first().and_then(|(&length, text)| text.get(..usize::from(length)));
    text.and_then(|text| str::from_utf8(text).ok()).unwrap_or_default()
}

fn city(record: Record) -> City {
    let [_, _, _, _, _, _, _, _, a, b, c, d, ..] = record;
    let &[_, _, e, f, g, h] = region(&record);
    City {
        name: name([a, b, c, d]),
        region: name([e, f, g, h]),
        country: str::from_utf8(country_of(&record)).unwrap_or_default(),
        position: position(&record),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all() -> &'static [Record] {
        CITIES.as_chunks::<RECORD>().0
    }

    /// Looks at every city.
    fn reference(from: Position, within: f64, country: Option<&str>) -> Option<f64> {
        let of_country = all().iter().filter(|r| country.is_none_or(|code| code.as_bytes() == country_of(r)));
        of_country.map(|r| near::metres(from, position(r))).filter(|d| *d < within).min_by(f64::total_cmp)
    }

    /// Near a city, anywhere, and on either side of the antimeridian.
    fn positions() -> impl Strategy<Value = Position> {
        let near_city = (0..all().len(), -2.0..2.0_f64, -2.0..2.0_f64).prop_map(|(number, north, east)| {
            let city = position(&all()[number]);
            (city.latitude + north, city.longitude + east)
        });
        let anywhere = (-90.0..=90.0_f64, -180.0..=180.0_f64);
        let fiji = (-19.0..-15.0_f64, 177.0..183.0_f64);
        prop_oneof![near_city, anywhere, fiji].prop_map(|(latitude, longitude)| Position {
            latitude: latitude.clamp(-90.0, 90.0),
            longitude: (longitude + 540.0).rem_euclid(360.0) - 180.0,
            altitude: None,
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(120))]
        #[test]
        fn the_nearest_is_the_nearest(from in positions(), country in prop::option::of(0..6_usize)) {
            let country = country.map(|i| ["US", "FR", "FJ", "CN", "NO", "AQ"][i]);
            let distance = reference(from, f64::MAX, country);
            // A circle that just holds it, one that just misses it, and the usual one.
            for within in [distance.unwrap_or(1e8) + 0.5, distance.unwrap_or(1e8) - 0.5, 50_000.0] {
                let found = nearest(from, within, country).map(|city| near::metres(from, city.position));
                prop_assert_eq!(found, distance.filter(|distance| *distance < within));
            }
        }
    }

    #[test]
    fn every_record_reads_back_whole() {
        assert!(all().len() > 150_000);
        let mut without_region = 0;
        for (band_number, records) in (0..BANDS).map(|number| (number, records_of(number))) {
            assert!(records.is_sorted_by_key(longitude));
            for record in records {
                let city = city(*record);
                assert_eq!(band(latitude(record)), band_number);
                assert!(!city.name.is_empty() && country::name(city.country).is_some(), "{city:?}");
                without_region += usize::from(city.region.is_empty());
            }
        }
        assert_eq!((0..BANDS).map(|number| records_of(number).len()).sum::<usize>(), all().len());
        assert!(
            without_region < 500,
            "{without_region} cities have no region: do data/regions.tsv and the cities fit?"
        );
    }
}
