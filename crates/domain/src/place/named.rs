//! Cities by the beginning of any of their names or by how many people live there, read where they lie in the program file.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::layout::NAMED;
use super::{country, other, table};
use crate::filter::text::fold;
use crate::metadata::Position;

static BY_NAME: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/by_name.bin"));

/// Longest beginning that is looked for, in characters: no city has a longer name.
pub const LONGEST_NAME: usize = 100;

/// A city, town or village, found by its name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NamedCity {
    /// GeoNames' main name.
    pub name: &'static str,
    /// The name that it was found by, if that is another one.
    pub other_name: Option<&'static str>,
    /// The first-level division that it lies in; empty where there is none.
    pub region: &'static str,
    /// ISO 3166-1 code of two capital letters.
    pub country_code: &'static str,
    /// The country's common English name.
    pub country: &'static str,
    /// Its middle.
    pub position: Position,
    /// How many people live there; known of all with 50,000 or more.
    pub people: Option<u32>,
}

/// The largest cities of which a name in some language begins so, whatever case and accents: first those of which it is
/// known how many people live there, largest first, then the others by name. Nothing for no letters or too many.
pub fn named(beginning: &str, most: usize) -> Vec<NamedCity> {
    let typed = beginning.trim_start();
    let beginning = fold(typed);
    if beginning.is_empty() || beginning.chars().count() > LONGEST_NAME {
        return Vec::new();
    }
    let entries = BY_NAME.as_chunks::<NAMED>().0;
    let start = entries.partition_point(|entry| folded(entry) < beginning);
    let rest = entries.get(start..).unwrap_or_default();
    let end = rest.partition_point(|entry| folded(entry).starts_with(&beginning));
    let mut found: Vec<(u32, &Entry, Option<&'static str>)> =
        rest.iter().take(end).map(|entry| (people(entry), entry, None)).collect();
    found.extend(otherwise(typed, &beginning));
    // They lie in the order of their names, and stay in it where nobody knows which is larger.
    found.sort_by_key(|(people, ..)| Reverse(*people));
    let found = found.into_iter().take(most);
    found.filter_map(|(_, entry, other_name)| Some(NamedCity { other_name, ..city(entry)? })).collect()
}

/// Cities of which another name begins so, but not the main one, each once with the first of those names.
fn otherwise(typed: &str, folded: &str) -> Vec<(u32, &'static Entry, Option<&'static str>)> {
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    for (name, number) in other::cities(typed) {
        let main = table::numbered(number).map(|city| fold(city.name)).unwrap_or_default();
        if seen.insert(number)
            && !main.starts_with(folded)
            && let Some(entry) = entry_of(number, &main)
        {
            found.push((people(entry), entry, Some(name)));
        }
    }
    found
}

/// The entry of this city, by its folded main name.
fn entry_of(number: u32, main: &str) -> Option<&'static Entry> {
    let entries = BY_NAME.as_chunks::<NAMED>().0;
    let start = entries.partition_point(|entry| folded(entry).as_str() < main);
    entries
        .get(start..)?
        .iter()
        .take_while(|entry| folded(entry) == main)
        .find(|entry| self::number(entry) == number)
}

/// Fewest people of a city of which it is known how many they are.
pub const FEWEST_PEOPLE: u32 = 50_000;

/// All cities in which at least so many people live, the largest first, then by name. Those with fewer than
/// [`FEWEST_PEOPLE`] are in none of these.
pub fn large(people_at_least: u32) -> Vec<NamedCity> {
    let entries = BY_NAME.as_chunks::<NAMED>().0;
    let least = people_at_least.max(FEWEST_PEOPLE);
    let mut found: Vec<&Entry> = entries.iter().filter(|entry| people(entry) >= least).collect();
    found.sort_by_key(|entry| Reverse(people(entry)));
    found.into_iter().filter_map(city).collect()
}

type Entry = [u8; NAMED];

fn folded(entry: &Entry) -> String {
    table::numbered(number(entry)).map(|city| fold(city.name)).unwrap_or_default()
}

fn number(entry: &Entry) -> u32 {
    let [a, b, c, d, ..] = *entry;
    u32::from_le_bytes([a, b, c, d])
}

fn people(entry: &Entry) -> u32 {
    let [.., a, b, c, d] = *entry;
    u32::from_le_bytes([a, b, c, d])
}

fn city(entry: &Entry) -> Option<NamedCity> {
    let table::City { name, region, country: country_code, position } = table::numbered(number(entry))?;
    let people = Some(people(entry)).filter(|people| *people > 0);
    let country = country::name(country_code)?;
    Some(NamedCity { name, other_name: None, region, country_code, country, position, people })
}

#[cfg(test)]
mod tests {
    use cities_json::CITIES;

    use super::*;

    /// What a walk over the source of the table finds.
    fn walked(beginning: &str) -> usize {
        CITIES.iter().filter(|city| fold(city.name.trim()).starts_with(beginning)).count()
    }

    #[test]
    fn a_beginning_finds_all_that_begin_so_and_nothing_else() {
        for beginning in ["paris", "sao ", "z", "mun", "xq", "東", "l'"] {
            let found = named(beginning, usize::MAX);
            let (others, main): (Vec<_>, Vec<_>) =
                found.into_iter().partition(|city| city.other_name.is_some());
            assert!(main.iter().all(|city| fold(city.name).starts_with(beginning)), "{beginning}");
            assert_eq!(main.len(), walked(beginning), "{beginning}");
            assert!(others.iter().all(|city| !fold(city.name).starts_with(beginning)), "{beginning}");
        }
        assert!(named(" ", 9).is_empty() && named(&"a".repeat(LONGEST_NAME + 1), 9).is_empty());
    }

    /// Names that people of other countries know them by, looked up by hand.
    #[test]
    fn a_city_is_found_by_any_of_its_names() {
        for (text, name, code, other_name) in [
            ("Aarhus", "Århus", "DK", Some("Aarhus")),
            ("lisboa", "Lisbon", "PT", Some("Lisboa")),
            ("Lissab", "Lisbon", "PT", Some("Lissabon")),
            ("wien", "Vienna", "AT", Some("Wien")),
            ("Muenchen", "Munich", "DE", Some("Muenchen")),
            ("munchen", "Munich", "DE", Some("München")),
            ("Cologne", "Köln", "DE", Some("Cologne")),
            ("köln", "Köln", "DE", None),
            ("Torino", "Turin", "IT", Some("Torino")),
            ("firenze", "Florence", "IT", Some("Firenze")),
            ("Praha", "Prague", "CZ", Some("Praha")),
            ("Warszawa", "Warsaw", "PL", Some("Warszawa")),
            ("Kopenhagen", "Copenhagen", "DK", Some("Kopenhagen")),
            ("東京", "Tokyo", "JP", Some("東京")),
            ("东京", "Tokyo", "JP", Some("东京")),
            ("서울", "Seoul", "KR", Some("서울")),
            ("北京", "Beijing", "CN", Some("北京")),
            ("Москва", "Moscow", "RU", Some("Москва")),
            ("київ", "Kyiv", "UA", Some("Київ")),
            ("Αθηνα", "Athens", "GR", Some("Αθήνα")),
            ("القاهرة", "Cairo", "EG", Some("القاهرة")),
            ("תל אביב", "Tel Aviv", "IL", Some("תל אביב")),
        ] {
            let found = named(text, 5);
            let first = found.first().map(|city| (city.name, city.country_code, city.other_name));
            assert_eq!(first, Some((name, code, other_name)), "{text}: {found:?}");
        }
        assert_eq!(named("zzzz", 5), []);
    }

    #[test]
    fn large_cities_come_first_whatever_case_and_accents() {
        for (text, name, code) in [
            ("Par", "Paris", "FR"),
            ("LISB", "Lisbon", "PT"),
            ("sao pau", "São Paulo", "BR"),
            ("  lódz", "Łódź", "PL"),
            ("new york", "New York City", "US"),
            ("munich", "Munich", "DE"),
            ("san f", "San Francisco", "US"),
        ] {
            let found = named(text, 5);
            assert_eq!((found[0].name, found[0].country_code), (name, code), "{text}: {found:?}");
            assert!(found.is_sorted_by_key(|city| Reverse(city.people)), "{found:?}");
        }
        let lisbon = named("lisbon", 1)[0];
        assert_eq!((lisbon.country, lisbon.people), ("Portugal", Some(517_802)));
        assert!(
            crate::place::near::metres(
                lisbon.position,
                Position { latitude: 38.72, longitude: -9.14, altitude: None }
            ) < 5_000.0
        );
    }

    /// `data/sizes.tsv` has a line for each; two places that lie at one point count as one there.
    #[test]
    fn the_large_ones_are_those_of_the_list_in_its_order() {
        let sizes = include_str!("../../data/sizes.tsv");
        let listed = |least: u32| {
            let people = sizes.lines().filter_map(|line| line.rsplit('\t').next()?.parse::<u32>().ok());
            people.filter(|people| *people >= least).count()
        };
        for least in [FEWEST_PEOPLE, 500_000, 2_000_000] {
            let found = large(least);
            assert!(found.is_sorted_by_key(|city| Reverse(city.people)), "{least}");
            assert!(found.iter().all(|city| city.people >= Some(least)), "{least}");
            assert!(found.len().abs_diff(listed(least)) <= listed(least) / 50, "{least}: {}", found.len());
        }
        let names: Vec<&str> = large(1_000_000).iter().map(|city| city.name).collect();
        assert!(["Shanghai", "Cairo", "Vienna"].iter().all(|name| names.contains(name)), "{names:?}");
        assert!(!names.contains(&"Lisbon"));
        assert_eq!(large(0).len(), large(FEWEST_PEOPLE).len());
    }

    #[test]
    fn it_is_known_how_large_the_large_ones_are() {
        let known = BY_NAME.as_chunks::<NAMED>().0.iter().filter(|entry| people(entry) > 0).count();
        assert!(known > 11_000, "{known}: do data/sizes.tsv and the cities fit?");
    }
}
